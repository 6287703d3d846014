// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"errors"
	"fmt"
	"slices"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/verifier"
)

// Lengths of an encoded proof, without and with a commitment. The first bytes of a PLONK proof, all but
// the last 32, are what the contract takes; the rest is a value that the contract computes itself.
const (
	groth16ProofBytes          = 2*g1Bytes + g2Bytes
	groth16ProofBytesCommitted = groth16ProofBytes + 2*g1Bytes
	plonkCalldataBytes         = 9*g1Bytes + 6*frBytes
	plonkCalldataCommitted     = plonkCalldataBytes + frBytes + g1Bytes
)

// ProofBytes returns the length of the encoding of a proof for a circuit without a commitment.
func (s System) ProofBytes() int {
	if s == Plonk {
		return plonkCalldataBytes + frBytes
	}
	return groth16ProofBytes
}

// numPlonkOpenings is the number of claimed values at ζ without commitments: of the linearized
// polynomial, l, r, o, s₁ and s₂.
const numPlonkOpenings = 6

// A Proof is a proof for a circuit with at most one commitment, its points in their groups. It is
// immutable. The zero value is a proof of nothing, which Verify rejects.
//
// NB! A Groth16 proof is malleable: whoever sees (A, B, C) can write (−A, −B, C), which proves the same
// statement. Tell statements apart, never proofs.
type Proof struct {
	groth16 *groth16.Proof
	plonk   *plonk.Proof
}

// NewGroth16Proof returns a copy of a proof of gnark's prover. It is an error if the proof has more than
// one commitment or a point outside its group.
func NewGroth16Proof(p *groth16.Proof) (*Proof, error) {
	if p == nil {
		return nil, errors.New("no groth16 proof")
	}
	if len(p.Commitments) > MaxCommitments {
		return nil, fmt.Errorf("groth16 proof with %d commitments, at most %d", len(p.Commitments), MaxCommitments)
	}
	if len(p.Commitments) == 0 && !p.CommitmentPok.IsInfinity() {
		return nil, errors.New("groth16 proof of knowledge without a commitment")
	}
	c := *p
	c.Commitments = slices.Clone(p.Commitments)
	return checked(&Proof{groth16: &c})
}

// NewPlonkProof returns a copy of a proof of gnark's prover. It is an error if the proof has more than
// one commitment, a number of openings that does not fit, or a point outside its group.
func NewPlonkProof(p *plonk.Proof) (*Proof, error) {
	if p == nil {
		return nil, errors.New("no plonk proof")
	}
	commitments := len(p.Bsb22Commitments)
	if commitments > MaxCommitments {
		return nil, fmt.Errorf("plonk proof with %d commitments, at most %d", commitments, MaxCommitments)
	}
	if got, want := len(p.BatchedProof.ClaimedValues), numPlonkOpenings+commitments; got != want {
		return nil, fmt.Errorf("plonk proof with %d openings, want %d", got, want)
	}
	c := *p
	c.BatchedProof.ClaimedValues = slices.Clone(p.BatchedProof.ClaimedValues)
	c.Bsb22Commitments = slices.Clone(p.Bsb22Commitments)
	return checked(&Proof{plonk: &c})
}

// checked returns p if its encoding decodes.
func checked(p *Proof) (*Proof, error) {
	data, err := p.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return UnmarshalProof(p.System(), data)
}

// System returns the proof system, or "" for the zero value.
func (p *Proof) System() System {
	switch {
	case p.groth16 != nil:
		return Groth16
	case p.plonk != nil:
		return Plonk
	}
	return ""
}

// NumCommitments returns the number of BSB22 commitments in the proof, 0 or 1.
func (p *Proof) NumCommitments() int {
	switch {
	case p.groth16 != nil:
		return len(p.groth16.Commitments)
	case p.plonk != nil:
		return len(p.plonk.Bsb22Commitments)
	}
	return 0
}

// Groth16 returns a copy of the proof in gnark's form, or nil if it is of another system.
func (p *Proof) Groth16() *groth16.Proof {
	if p.groth16 == nil {
		return nil
	}
	c := *p.groth16
	c.Commitments = slices.Clone(c.Commitments)
	return &c
}

// Plonk returns a copy of the proof in gnark's form, or nil if it is of another system.
func (p *Proof) Plonk() *plonk.Proof {
	if p.plonk == nil {
		return nil
	}
	c := *p.plonk
	c.BatchedProof.ClaimedValues = slices.Clone(c.BatchedProof.ClaimedValues)
	c.Bsb22Commitments = slices.Clone(c.Bsb22Commitments)
	return &c
}

// MarshalBinary returns the only encoding of the proof: 256 bytes for Groth16 and 800 for PLONK, with a
// commitment 384 and 896. It fails for the zero value only.
//
//	Groth16: A, B, C, then the commitment and its proof of knowledge.
//	PLONK:   [l], [r], [o], [h₀], [h₁], [h₂], l(ζ), r(ζ), o(ζ), s₁(ζ), s₂(ζ), [z], z(ωζ), the quotients
//	         of the openings at ζ and ωζ, then qcp(ζ) and the commitment, then the linearized polynomial
//	         at ζ.
func (p *Proof) MarshalBinary() ([]byte, error) {
	var e encoder
	switch {
	case p.groth16 != nil:
		q := p.groth16
		e.g1(&q.Ar)
		e.g2(&q.Bs)
		e.g1(&q.Krs)
		for i := range q.Commitments {
			e.g1(&q.Commitments[i])
			e.g1(&q.CommitmentPok)
		}
	case p.plonk != nil:
		q := p.plonk
		for i := range q.LRO {
			e.g1(&q.LRO[i])
		}
		for i := range q.H {
			e.g1(&q.H[i])
		}
		openings := q.BatchedProof.ClaimedValues
		for i := 1; i < numPlonkOpenings; i++ {
			e.scalar(&openings[i])
		}
		e.g1(&q.Z)
		e.scalar(&q.ZShiftedOpening.ClaimedValue)
		e.g1(&q.BatchedProof.H)
		e.g1(&q.ZShiftedOpening.H)
		for i := range q.Bsb22Commitments {
			e.scalar(&openings[numPlonkOpenings+i])
			e.g1(&q.Bsb22Commitments[i])
		}
		e.scalar(&openings[0])
	default:
		return nil, errors.New("empty proof")
	}
	return e.data, nil
}

// Calldata returns the proof as the contracts take it: the encoding, for PLONK without the last 32
// bytes. It returns nil for the zero value.
func (p *Proof) Calldata() []byte {
	data, err := p.MarshalBinary()
	if err != nil {
		return nil
	}
	if p.plonk != nil {
		data = data[:len(data)-frBytes]
	}
	return data
}

// UnmarshalProof decodes what MarshalBinary returns. Data that are no proof are rejected, with an error
// that wraps verifier.ErrRejected: a length that fits no circuit, coordinates or values that are not
// reduced, points outside their groups.
func UnmarshalProof(system System, data []byte) (*Proof, error) {
	var p *Proof
	var err error
	switch system {
	case Groth16:
		p, err = decodeGroth16Proof(data)
	case Plonk:
		p, err = decodePlonkProof(data)
	default:
		return nil, fmt.Errorf("unknown proof system %q", system)
	}
	if err != nil {
		return nil, &verifier.RejectError{Reason: fmt.Sprintf("malformed %s proof: %v", system, err)}
	}
	return p, nil
}

func decodeGroth16Proof(data []byte) (*Proof, error) {
	q := new(groth16.Proof)
	switch len(data) {
	case groth16ProofBytes:
	case groth16ProofBytesCommitted:
		q.Commitments = make([]curve.G1Affine, 1)
	default:
		return nil, fmt.Errorf("%d bytes, want %d or %d", len(data), groth16ProofBytes, groth16ProofBytesCommitted)
	}
	d := decoder{data: data}
	d.g1("A", &q.Ar)
	d.g2("B", &q.Bs)
	d.g1("C", &q.Krs)
	for i := range q.Commitments {
		d.g1("commitment", &q.Commitments[i])
		d.g1("proof of knowledge", &q.CommitmentPok)
	}
	return finishProof(&d, data, &Proof{groth16: q})
}

func decodePlonkProof(data []byte) (*Proof, error) {
	q := new(plonk.Proof)
	switch len(data) - frBytes {
	case plonkCalldataBytes:
	case plonkCalldataCommitted:
		q.Bsb22Commitments = make([]curve.G1Affine, 1)
	default:
		return nil, fmt.Errorf("%d bytes, want %d or %d",
			len(data), plonkCalldataBytes+frBytes, plonkCalldataCommitted+frBytes)
	}
	openings := make([]fr.Element, numPlonkOpenings+len(q.Bsb22Commitments))
	q.BatchedProof.ClaimedValues = openings
	d := decoder{data: data}
	for i, name := range [...]string{"[l]", "[r]", "[o]"} {
		d.g1(name, &q.LRO[i])
	}
	for i, name := range [...]string{"[h0]", "[h1]", "[h2]"} {
		d.g1(name, &q.H[i])
	}
	for i, name := range [...]string{"l(zeta)", "r(zeta)", "o(zeta)", "s1(zeta)", "s2(zeta)"} {
		d.scalar(name, &openings[1+i])
	}
	d.g1("[z]", &q.Z)
	d.scalar("z(omega zeta)", &q.ZShiftedOpening.ClaimedValue)
	d.g1("quotient at zeta", &q.BatchedProof.H)
	d.g1("quotient at omega zeta", &q.ZShiftedOpening.H)
	for i := range q.Bsb22Commitments {
		d.scalar("qcp(zeta)", &openings[numPlonkOpenings+i])
		d.g1("commitment", &q.Bsb22Commitments[i])
	}
	d.scalar("linearized polynomial at zeta", &openings[0])
	return finishProof(&d, data, &Proof{plonk: q})
}

func finishProof(d *decoder, data []byte, p *Proof) (*Proof, error) {
	encoded, err := p.MarshalBinary()
	if err != nil {
		return nil, err
	}
	if err := d.finish(data, encoded); err != nil {
		return nil, err
	}
	return p, nil
}
