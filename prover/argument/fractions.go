// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/reduction"
)

// Fractions implements reduction.Party.
func (p *Prover) Fractions(alpha, beta fr.Element) (z []fr.Element, pz, qz fr.Element, err error) {
	vars := p.Plan.Tree.Vars
	num, den := make([]fr.Element, 1<<vars), make([]fr.Element, 1<<vars)
	one := fr.One()
	for i := range den {
		den[i] = one
	}
	for i := range p.Plan.Tree.Regions {
		r := &p.Plan.Tree.Regions[i]
		n, d := p.leaves(r, alpha, beta)
		scatter(num[r.Offset:], n, r.Shape)
		scatter(den[r.Offset:], d, r.Shape)
	}
	before := *p.Transcript
	before.Observe = nil
	proof := logup.Prove(p.Transcript, num, den)
	for _, m := range proof.Elements() {
		p.send(*m)
	}
	z, pz, qz = logup.Verify(&arith.Native{}, &before, vars, proof)
	return z, pz, qz, p.Context.Err()
}

// leaves returns the numerators and denominators of the valid leaves of r.
func (p *Prover) leaves(r *reduction.Region, alpha, beta fr.Element) (num, den []fr.Element) {
	n := r.Shape.Size()
	num, den = make([]fr.Element, n), make([]fr.Element, n)
	var id fr.Element
	id.SetInt64(int64(r.Table) + 1)
	id.Mul(&id, &beta).Mul(&id, &beta)
	id.Sub(&alpha, &id)
	fill := func(t0, t1 []int64) {
		parallel((n+4095)/4096, n*4, func(k int) {
			var x fr.Element
			for i := k * 4096; i < min(n, (k+1)*4096); i++ {
				x.SetInt64(t0[i])
				den[i].Sub(&id, &x)
				if t1 != nil {
					x.SetInt64(t1[i])
					x.Mul(&x, &beta)
					den[i].Sub(&den[i], &x)
				}
			}
		})
	}
	if r.Member >= 0 {
		p.Witness.tuples(r, fill)
		for i := range num {
			num[i].SetInt64(-1)
		}
		return num, den
	}
	columns := p.Plan.System.Tables[r.Table].Columns
	if len(columns) > 1 {
		fill(columns[0], columns[1])
	} else {
		fill(columns[0], nil)
	}
	for i, m := range p.Witness.multiplicities[r.Table] {
		num[i].SetInt64(m)
	}
	return num, den
}
