// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/prover/fraction"
)

// Fractions implements reduction.Party. A query is a row of its table, and so is its
// denominator: those of the rows are computed once.
func (p *Prover) Fractions(alpha, beta fr.Element) (z []fr.Element, pz, qz fr.Element, err error) {
	w := p.Witness
	denominators := make([][]fr.Element, len(w.tables))
	for t, f := range w.tables {
		if f != nil {
			denominators[t] = f.denominators(t, alpha, beta)
		}
	}
	var regions []fraction.Region
	for i, r := range p.Plan.Tree.Regions {
		region := fraction.Region{Offset: r.Offset, Vars: r.Vars, Shape: r.Shape}
		den := denominators[r.Table]
		if rows := w.rows[i]; r.Member >= 0 {
			region.Denominators = func(dst []fr.Element, first int) {
				for j, row := range rows[first : first+len(dst)] {
					dst[j] = den[row]
				}
			}
		} else {
			region.Numerators = make([]uint32, 1<<r.Vars)
			for j, m := range w.multiplicities[r.Table] {
				region.Numerators[j] = uint32(m)
			}
			rows := den[:w.tables[r.Table].table.Len()]
			region.Denominators = func(dst []fr.Element, first int) {
				if first < len(rows) {
					copy(dst, rows[first:])
				}
			}
		}
		regions = append(regions, region)
	}
	proof, claim, err := fraction.Prove(p.Context, p.Transcript, p.Plan.Tree.Vars, regions)
	if err != nil {
		return nil, pz, qz, err
	}
	for _, m := range proof.Elements() {
		p.send(*m)
	}
	return claim.Point, claim.P, claim.Q, nil
}

// denominators returns α − t₀ − β·t₁ − β²·(table+1) for every row.
func (f *finder) denominators(table int, alpha, beta fr.Element) []fr.Element {
	var base, x fr.Element
	base.SetInt64(int64(table) + 1)
	base.Mul(&base, &beta).Mul(&base, &beta)
	base.Sub(&alpha, &base)
	out := make([]fr.Element, f.table.Len()+len(f.extra))
	for i := range out {
		row := f.row(i)
		x.SetInt64(row[0])
		out[i].Sub(&base, &x)
		x.SetInt64(row[1])
		x.Mul(&x, &beta)
		out[i].Sub(&out[i], &x)
	}
	return out
}
