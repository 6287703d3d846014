// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// A term of the linearised polynomial is a polynomial times a number, with the commitment
// to it, which makes the sum's commitment a sum of a dozen points.
type term struct {
	factor fr.Element
	digest curve.G1Affine
	vector accel.Vector // the coefficients, on the device
	f      []fr.Element // or here
}

// linearised returns the terms of
//
//	r = a·q_L + b·q_R + a·b·q_M + c·q_O + q_C + ∑ⱼ q_Pⱼ·πⱼ
//	  + α·(a + β·S₁ + γ)·(b + β·S₂ + γ)·β·z(ωζ)·S₃
//	  + (α²·L₁(ζ) − α·∏(wⱼ + β·kʲ⁻¹·ζ + γ))·z
//	  − (ζⁿ − 1)·(t₁ + ζⁿ⁺²·t₂ + ζ²⁽ⁿ⁺²⁾·t₃)
//
// where all but q_L, …, q_C, πⱼ, S₃, z, t₁, t₂, t₃ stand for values at ζ.
func (p *prover) linearised() []term {
	k, vk, at := p.place, p.place.vk, &p.opened
	a, b, c := at.w[0], at.w[1], at.w[2]
	one := fr.One()
	var ab fr.Element
	ab.Mul(&a, &b)

	var sigma, x fr.Element // the factor of S₃
	sigma.Mul(&p.alpha, &at.zOmega).Mul(&sigma, &p.betas[0])
	for j := range at.s {
		x.Mul(&p.betas[0], &at.s[j]).Add(&x, &at.w[j]).Add(&x, &p.gamma)
		sigma.Mul(&sigma, &x)
	}
	var product fr.Element // the factor of z
	product.Neg(&p.alpha)
	for j := range at.w {
		x.Mul(&p.betas[j], &p.zeta).Add(&x, &at.w[j]).Add(&x, &p.gamma)
		product.Mul(&product, &x)
	}
	var power, vanishing, first fr.Element // ζⁿ, ζⁿ − 1, α²·L₁(ζ)
	power.Exp(p.zeta, big.NewInt(int64(k.n)))
	vanishing.Sub(&power, &one)
	first.Sub(&p.zeta, &one).Inverse(&first).Mul(&first, &vanishing).Mul(&first, &vk.SizeInv)
	first.Mul(&first, &p.alpha).Mul(&first, &p.alpha)
	product.Add(&product, &first)

	terms := []term{
		{factor: a, digest: vk.Ql, vector: k.fixed[qL]},
		{factor: b, digest: vk.Qr, vector: k.fixed[qR]},
		{factor: ab, digest: vk.Qm, vector: k.fixed[qM]},
		{factor: c, digest: vk.Qo, vector: k.fixed[qO]},
		{factor: one, digest: vk.Qk, vector: k.fixed[qC]},
		{factor: sigma, digest: vk.S[2], vector: k.fixed[s3]},
		{factor: product, digest: p.proof.Z, f: p.z},
	}
	for j := range p.pi {
		terms = append(terms, term{factor: at.qP[j], digest: p.committed[j].digest, vector: p.pi[j]})
	}
	power.Mul(&power, &p.zeta).Mul(&power, &p.zeta)
	factor := vanishing
	factor.Neg(&factor)
	for i, part := range p.parts {
		terms = append(terms, term{factor: factor, digest: p.proof.H[i], f: part})
		factor.Mul(&factor, &power)
	}
	return terms
}

// sum returns the sum of terms, and the commitment to it.
func (p *prover) sum(terms []term) ([]fr.Element, curve.G1Affine, error) {
	k, o := p.place, p.ops
	var sum accel.Vector
	var factors []fr.Element
	var points []curve.G1Affine
	out := make([]fr.Element, k.n+productBlinding)
	for _, t := range terms {
		factors, points = append(factors, t.factor), append(points, t.digest)
		if t.vector == nil {
			continue
		}
		x := o.copy(t.vector)
		o.scale(x, &t.factor)
		if sum == nil {
			sum = x
			continue
		}
		o.add(sum, x)
		o.free(x)
	}
	o.read(sum, out[:k.n])
	o.free(sum)
	chunks(len(out), func(from, to int) {
		part := make(fr.Vector, to-from)
		for _, t := range terms {
			if m := min(to, len(t.f)); from < m {
				x, y := part[:m-from], fr.Vector(out[from:m])
				x.ScalarMul(t.f[from:m], &t.factor)
				y.Add(y, x)
			}
		}
	})
	var digest curve.G1Affine
	_, err := digest.MultiExp(points, factors, ecc.MultiExpConfig{})
	return out, digest, err
}
