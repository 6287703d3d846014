// SPDX-License-Identifier: Apache-2.0

package pcs

import (
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/statement"
)

// A Statement is what an opening is of, besides the commitments: D hashes everything that
// was committed to, Rho combines the columns, V is ∑ ρ^(k−1)·f_k(u).
type Statement struct{ D, Rho, V fr.Element }

// Challenges are the verifier's messages.
type Challenges struct{ Alpha, Gamma, Zeta, Beta, Y, Delta fr.Element }

// A Transcript is the Fiat–Shamir state of an opening: 32 bytes
//
//	s₀ = keccak256(keccak256("zkml.mercury.v1") ‖ d ‖ ρ ‖ v),  sᵢ₊₁ = keccak256(sᵢ ‖ messages)
//
// and a challenge is sᵢ as a big-endian number, mod r.
type Transcript struct{ state [32]byte }

// NewTranscript returns the state s₀.
func NewTranscript(s Statement) *Transcript {
	tag := statement.Keccak([]byte("zkml.mercury.v1"))
	d, rho, v := s.D.Bytes(), s.Rho.Bytes(), s.V.Bytes()
	return &Transcript{statement.Keccak(tag[:], d[:], rho[:], v[:])}
}

// challenge absorbs parts of a proof's encoding.
func (t *Transcript) challenge(parts ...[]byte) fr.Element {
	t.state = statement.Keccak(append([][]byte{t.state[:]}, parts...)...)
	var c fr.Element
	c.SetBigInt(new(big.Int).SetBytes(t.state[:]))
	return c
}

// Alpha absorbs C_h.
func (t *Transcript) Alpha(p *Proof) fr.Element { return t.challenge(EncodePoint(&p.Ch)) }

// Gamma absorbs C_q, C_g and h(α).
func (t *Transcript) Gamma(p *Proof) fr.Element {
	return t.challenge(EncodePoint(&p.Cq), EncodePoint(&p.Cg), scalars(&p.HAlpha))
}

// Zeta absorbs C_S and C_D.
func (t *Transcript) Zeta(p *Proof) fr.Element {
	return t.challenge(EncodePoint(&p.CS), EncodePoint(&p.CD))
}

// Beta absorbs the six evaluations and C_H.
func (t *Transcript) Beta(p *Proof) fr.Element {
	return t.challenge(scalars(&p.G, &p.GInv, &p.H, &p.HInv, &p.S, &p.SInv), EncodePoint(&p.CH))
}

// Y absorbs C_m.
func (t *Transcript) Y(p *Proof) fr.Element { return t.challenge(EncodePoint(&p.Cm)) }

// Delta absorbs C_L.
func (t *Transcript) Delta(p *Proof) fr.Element { return t.challenge(EncodePoint(&p.CL)) }

// Derive returns the challenges of a proof.
func Derive(s Statement, p *Proof) Challenges {
	t := NewTranscript(s)
	return Challenges{Alpha: t.Alpha(p), Gamma: t.Gamma(p), Zeta: t.Zeta(p), Beta: t.Beta(p), Y: t.Y(p), Delta: t.Delta(p)}
}

func scalars(xs ...*fr.Element) []byte {
	var out []byte
	for _, x := range xs {
		b := x.Bytes()
		out = append(out, b[:]...)
	}
	return out
}

// Combine returns C_f = ∑ ρ^(k−1)·C_k.
func Combine(columns []curve.G1Affine, rho fr.Element) curve.G1Affine {
	var sum curve.G1Jac
	r := new(big.Int)
	rho.BigInt(r)
	for i := len(columns) - 1; i >= 0; i-- {
		sum.ScalarMultiplication(&sum, r)
		sum.AddMixed(&columns[i])
	}
	var out curve.G1Affine
	out.FromJacobian(&sum)
	return out
}
