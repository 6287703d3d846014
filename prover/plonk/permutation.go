// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/parallel"
)

// round2 commits to the grand product z.
func (p *prover) round2() error {
	p.transcript.absorb(gamma, p.proof.LRO[:]...)
	p.gamma = p.transcript.draw(gamma)
	p.betas[0] = p.transcript.draw(beta)
	p.betas[1].Mul(&p.betas[0], &p.place.k)
	p.betas[2].Mul(&p.betas[1], &p.place.k)
	values := p.product()
	sums, err := Committer{p.place.lagrange}.commit(values)
	if err != nil {
		return err
	}
	mask, err := p.productBlinding.commit(p.place)
	if err != nil {
		return err
	}
	p.proof.Z.Add(&sums[0], &mask)
	for j, w := range p.wires {
		p.wires[j] = p.coefficients(w, p.wireBlindings[j])
	}
	p.z = p.coefficients(values, p.productBlinding)
	return nil
}

// product returns the values of z on H,
//
//	z(ωⁱ) = ∏_{l<i} ∏ⱼ (wⱼ(ωˡ) + β·kʲ⁻¹·ωˡ + γ) / (wⱼ(ωˡ) + β·Sⱼ(ωˡ) + γ)
//
// Each task multiplies the fractions of its rows, and then by all that are before them.
func (p *prover) product() []fr.Element {
	k := p.place
	z := make([]fr.Element, k.n)
	tasks := (k.n + chunk - 1) / chunk
	before := make([]fr.Element, tasks+1)
	parallel.For(tasks, parallel.Workers(), func(_, t int) {
		from, to := t*chunk, min((t+1)*chunk, k.n)
		above, below := make([]fr.Element, to-from), make([]fr.Element, to-from)
		for i := from; i < to; i++ {
			above[i-from], below[i-from] = p.factors(i)
		}
		below = fr.BatchInvert(below)
		z[from].SetOne()
		for i := range above {
			above[i].Mul(&above[i], &below[i])
			if from+i+1 < to {
				z[from+i+1].Mul(&z[from+i], &above[i])
			} else {
				before[t+1].Mul(&z[from+i], &above[i])
			}
		}
	})
	before[0].SetOne()
	for t := range tasks {
		before[t+1].Mul(&before[t+1], &before[t])
	}
	chunks(k.n, func(from, to int) {
		rows := fr.Vector(z[from:to])
		rows.ScalarMul(rows, &before[from/chunk])
	})
	return z
}

// factors returns the numerator and the denominator of row i. Position j·n + i of a wire
// is the element kʲ·ωⁱ.
func (p *prover) factors(i int) (above, below fr.Element) {
	k := p.place
	shift, mask := bits.TrailingZeros(uint(k.n)), int64(k.n-1)
	above.SetOne()
	below.SetOne()
	for j, w := range p.wires {
		var f, x fr.Element
		x.Add(&w[i], &p.gamma)
		f.Mul(&p.betas[j], &k.roots[i])
		above.Mul(&above, f.Add(&f, &x))
		to := k.sigma[j*k.n+i]
		f.Mul(&p.betas[to>>shift], &k.roots[to&mask])
		below.Mul(&below, f.Add(&f, &x))
	}
	return above, below
}
