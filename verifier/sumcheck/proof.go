// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/snark"
)

// A Proof is a wrapped proof.
type Proof struct {
	// Columns are the commitments to the columns of the proof, the mask first.
	Columns []curve.G1Affine
	Opening *pcs.Proof
	// V is the combination of the columns by Rho at the point of the opening, of which
	// At tells what the opening needs.
	V, Rho fr.Element
	At     pcs.Point[fr.Element]
	// WrapZ is the challenge of the wrap, see WrapWords.
	WrapZ fr.Element
	Wrap  *snark.Proof
}

const scalarBytes = 7 * fr.Bytes

// MarshalBinary returns the only encoding of the proof: the columns, the opening, V, ρ,
// P₁(ζ), P₁(1/ζ), P₂(ζ), P₂(1/ζ), the wrap's challenge and the wrap.
func (p *Proof) MarshalBinary() ([]byte, error) {
	wrap, err := p.Wrap.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return append(p.head(), wrap...), nil
}

// Calldata returns what contracts take: the encoding with the wrap as they take it.
func (p *Proof) Calldata() []byte { return append(p.head(), p.Wrap.Calldata()...) }

// head returns what comes before the wrap.
func (p *Proof) head() []byte {
	out := marshalPoints(p.Columns)
	out = append(out, p.Opening.Bytes()...)
	return append(out, marshalScalars(p.V, p.Rho, p.At.P1, p.At.P1Inv, p.At.P2, p.At.P2Inv, p.WrapZ)...)
}

// UnmarshalProof decodes what MarshalBinary returns, for a key. An error wraps
// verifier.ErrRejected.
func UnmarshalProof(vk *VerifyingKey, data []byte) (*Proof, error) {
	p, err := decodeProof(vk.wrap.System(), vk.numWitness, data)
	if err != nil {
		return nil, fmt.Errorf("proof: %w", rejected(err))
	}
	return p, nil
}

func decodeProof(system snark.System, columns int, data []byte) (p *Proof, err error) {
	if want := columns*g1Bytes + pcs.ProofBytes + scalarBytes + system.ProofBytes(); len(data) != want {
		return nil, fmt.Errorf("%d bytes, want %d", len(data), want)
	}
	take := func(n int) []byte {
		part := data[:n]
		data = data[n:]
		return part
	}
	p = &Proof{}
	if p.Columns, err = unmarshalPoints(take(columns*g1Bytes), columns); err != nil {
		return nil, err
	}
	if p.Opening, err = pcs.DecodeProof(take(pcs.ProofBytes)); err != nil {
		return nil, err
	}
	if err = unmarshalScalars(take(scalarBytes), &p.V, &p.Rho, &p.At.P1, &p.At.P1Inv, &p.At.P2, &p.At.P2Inv, &p.WrapZ); err != nil {
		return nil, err
	}
	p.Wrap, err = snark.UnmarshalProof(system, data)
	return p, err
}

// Words returns the words of the wrap, given those that the proof does not hold: the
// seed and the statement's Z and E.
func (p *Proof) Words(seed, z, e fr.Element) *WrapWords {
	zeta := pcs.Derive(pcs.Statement{D: seed, Rho: p.Rho, V: p.V}, p.Opening).Zeta
	return &WrapWords{seed, z, e, p.Rho, zeta, p.V, p.At.P1, p.At.P1Inv, p.At.P2, p.At.P2Inv}
}

// Verify checks that proof proves the claim, made by model in context, with the
// statement's challenge z. It returns nil or an error that wraps verifier.ErrRejected,
// and never panics.
func Verify(vk *VerifyingKey, model, context [32]byte, claim *statement.Claim, z fr.Element, proof *Proof) error {
	if vk == nil || vk.wrap == nil {
		return reject("no verifying key")
	}
	if claim == nil || proof == nil || proof.Opening == nil || proof.Wrap == nil {
		return reject("no claim or no proof")
	}
	if got := len(proof.Columns); got != vk.numWitness {
		return reject("%d columns, want %d", got, vk.numWitness)
	}
	if err := checkColumns(claim.Commitments, proof.Columns); err != nil {
		return err
	}
	seed := Seed(claim.Digest(model, context), proof.Columns)
	e := statement.Evaluate(claim.Words(), z)
	if err := snark.Verify(vk.wrap, proof.Wrap, proof.Words(seed, z, e).Public(proof.WrapZ)); err != nil {
		return err
	}
	s := pcs.Statement{D: seed, Rho: proof.Rho, V: proof.V}
	columns := append(clone(proof.Columns), vk.model...)
	return rejected(pcs.VerifyPoint(pcs.Params{Vars: vk.vars}, &vk.srs, columns, s, proof.At, proof.Opening))
}
