// SPDX-License-Identifier: Apache-2.0

package opening

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/parallel"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/mac"
)

// chunk is the number of elements of a task: its sums stay in the first cache.
const chunk = 512

// spread calls do with ranges that cover 0 … n−1 in steps of at most step.
func spread(n, step int, do func(from, to int)) {
	parallel.For((n+step-1)/step, parallel.Workers(), func(_, task int) {
		do(task*step, min((task+1)*step, n))
	})
}

// combine returns the N + 1 coefficients of f = ∑ ρ^(k−1)·f_k, and the powers of ρ.
func combine(p pcs.Params, columns []Column, rho fr.Element) (f, powers []fr.Element) {
	powers = make([]fr.Element, len(columns))
	power := fr.One()
	for k := range powers {
		powers[k] = power
		power.Mul(&power, &rho)
	}
	f = make([]fr.Element, p.Size()+1)
	spread(p.Size(), 16*chunk, func(from, to int) {
		sums := make(mac.Sums, chunk)
		for ; from < to; from += chunk {
			part := f[from:min(from+chunk, to)]
			for k := range columns {
				if v := columns[k].Values; v != nil {
					v.addScaled(sums[:len(part)], from, &powers[k])
				}
			}
			sums.Elements(part)
		}
	})
	for k := range columns {
		add := func(i int, x fr.Element) {
			x.Mul(&x, &powers[k])
			f[i].Add(&f[i], &x)
		}
		for _, e := range columns[k].Extra {
			add(e.Index, e.Value)
		}
		add(p.Size(), columns[k].Blind)
	}
	return f, powers
}
