// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"math/big"
	"slices"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// round3 commits to the quotient t, in three parts.
func (p *prover) round3() error {
	p.transcript.absorb(alpha, p.proof.Bsb22Commitments...)
	p.transcript.absorb(alpha, p.proof.Z)
	p.alpha = p.transcript.draw(alpha)
	t, err := p.quotient()
	if err != nil {
		return err
	}
	p.parts = p.divide(t)
	sums, err := Committer{p.place.monomial}.commit(p.parts[:]...)
	if err != nil {
		return err
	}
	copy(p.proof.H[:], sums)
	p.blindParts()
	return nil
}

// divide cuts t = t₁ + Xⁿ⁺²·t₂ + X²⁽ⁿ⁺²⁾·t₃.
func (p *prover) divide(t []fr.Element) (parts [3][]fr.Element) {
	n := p.place.n + 2
	for i := range parts {
		parts[i] = t[i*n : (i+1)*n : (i+1)*n]
	}
	return parts
}

// blindParts adds a random multiple of Xⁿ⁺² to t₁ that t₂ gives back as a constant, and one
// to t₂ that t₃ gives back, with statistical zero knowledge. The parts that the device
// committed to are left as they are: a call that hangs may still read them.
func (p *prover) blindParts() {
	n := p.place.n + 2
	var factor big.Int
	for i := range p.partBlindings {
		x := &p.partBlindings[i]
		p.parts[i] = append(p.parts[i][:n:n], *x)
		p.parts[i+1] = slices.Clone(p.parts[i+1])
		p.parts[i+1][0].Sub(&p.parts[i+1][0], x)

		x.BigInt(&factor)
		var high, low curve.G1Affine
		high.ScalarMultiplication(&p.place.powers[n], &factor)
		low.ScalarMultiplication(&p.place.powers[0], &factor)
		p.proof.H[i].Add(&p.proof.H[i], &high)
		p.proof.H[i+1].Sub(&p.proof.H[i+1], &low)
	}
}

// quotient returns the 3n + 6 coefficients of
//
//	t = (gates + α·(order + α·start)) / (Xⁿ − 1)
//	gates = q_L·a + q_R·b + q_M·a·b + q_O·c + q_C + PI + ∑ⱼ q_Pⱼ·πⱼ
//	order = z(ωX)·∏(wⱼ + β·Sⱼ + γ) − z·∏(wⱼ + β·kʲ⁻¹·X + γ)
//	start = (z − 1)·L₁
func (p *prover) quotient() ([]fr.Element, error) {
	n, o := p.place.n, p.ops
	t := make([]fr.Element, 3*n+blinded)
	constant := make([]fr.Element, n)
	for i := range constant {
		constant[i] = p.gamma
	}
	shift := o.vector(constant)
	constants := o.vector(p.publicInputs()) // q_C + PI
	o.intt(constants, plain)
	o.add(constants, p.place.fixed[qC])
	for i, c := range cosets {
		q := p.gates(c, constants)
		o.add(q.sum, p.orderAndStart(q, shift))
		scale := c.power()
		one := fr.One()
		scale.Sub(&scale, &one).Inverse(&scale)
		o.scale(q.sum, &scale)
		p.place.interpolate(o, q.sum, c)
		o.read(q.sum, t[i*n:(i+1)*n])
		o.free(q.sum, q.order)
		if o.err != nil {
			return nil, o.err
		}
	}
	o.free(shift, constants)
	o.trim() // the sums that follow need the memory
	p.highest(t[3*n:])
	interpolate(t, n)
	return t, nil
}

// numerator is values on a coset.
type numerator struct {
	coset coset
	w     [3]accel.Vector // the wires
	sum   accel.Vector
	order accel.Vector
}

// publicInputs returns PI on H: the public inputs and the challenges of commitments.
func (p *prover) publicInputs() []fr.Element {
	out := make([]fr.Element, p.place.n)
	copy(out, p.public)
	for j, info := range p.place.commitments {
		out[p.place.public+info.CommitmentIndex] = p.committed[j].challenge
	}
	return out
}

// gates evaluates the wires and the gates on a coset.
func (p *prover) gates(c coset, constants accel.Vector) *numerator {
	k, o := p.place, p.ops
	q := &numerator{coset: c}
	for j := range q.w {
		q.w[j] = k.evaluateBlinded(o, p.wires[j], c)
	}
	q.sum = o.copy(constants)
	k.evaluate(o, q.sum, c)

	// a·(q_L + q_M·b) + q_R·b + q_O·c
	x, y := k.column(o, qM, c), k.column(o, qL, c)
	o.mul(x, q.w[1])
	o.add(x, y)
	o.free(y)
	o.addMul(q.sum, x, q.w[0])
	o.addMul(q.sum, k.column(o, qR, c), q.w[1])
	o.addMul(q.sum, k.column(o, qO, c), q.w[2])
	for j, pi := range p.pi {
		y := o.copy(pi)
		k.evaluate(o, y, c)
		o.addMul(q.sum, k.column(o, qP+j, c), y)
		o.free(y)
	}
	return q
}

// orderAndStart returns α·(order + α·start) on a coset. It frees the wires.
func (p *prover) orderAndStart(q *numerator, shift accel.Vector) accel.Vector {
	k, o, c := p.place, p.ops, q.coset
	z := k.evaluateBlinded(o, p.z, c)

	// z(ωX) has the values of z on the coset, one place on.
	values := make([]fr.Element, k.n+1)
	o.read(z, values[:k.n])
	values[k.n] = values[0]
	q.order = o.vector(values[1:])
	for j, w := range q.w {
		o.add(w, shift)
		x := k.column(o, s1+j, c)
		o.scale(x, &p.betas[0])
		o.add(x, w)
		o.mul(q.order, x)
		o.free(x)
	}
	// w[j] becomes wⱼ + γ + β·kʲ⁻¹·X, and the first the product of all.
	x := o.copy(k.x)
	scale := *root(4 * k.n)
	for range c - 1 {
		scale.Mul(&scale, root(4*k.n))
	}
	scale.Mul(&scale, &p.betas[0])
	for _, w := range q.w {
		o.scale(x, &scale)
		o.add(w, x)
		scale = k.k
	}
	o.free(x)
	product := q.w[0]
	o.mul(product, q.w[1])
	o.mul(product, q.w[2])
	o.mul(product, z)
	o.sub(q.order, product)
	o.free(q.w[:]...)

	first := o.vector(k.lagrangeFirst(c))
	o.mul(z, first)
	o.sub(z, first)
	o.free(first)
	o.scale(z, &p.alpha)
	o.add(q.order, z)
	o.free(z)
	o.scale(q.order, &p.alpha)
	return q.order
}
