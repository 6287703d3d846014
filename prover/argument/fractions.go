// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/fraction"
	"github.com/zkml-go/zkml/tensor"
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
	for i := range p.Plan.Tree.Regions {
		r := &p.Plan.Tree.Regions[i]
		den := denominators[r.Table]
		for k, c := range r.Cubes {
			region := fraction.Region{Offset: c.Offset, Vars: c.Vars, Shape: cubeShape(r, c)}
			if r.Member >= 0 {
				rows := w.rows[i][k]
				region.Denominators = func(dst []fr.Element, first int) {
					for j, row := range rows[first : first+len(dst)] {
						dst[j] = den[row]
					}
				}
			} else {
				region.Numerators = make([]uint32, 1<<c.Vars)
				for j, m := range w.multiplicities[r.Table][c.From : c.From+c.Len] {
					region.Numerators[j] = uint32(m)
				}
				rows := den[c.From : c.From+c.Len]
				region.Denominators = func(dst []fr.Element, first int) {
					if first < len(rows) {
						copy(dst, rows[first:])
					}
				}
			}
			regions = append(regions, region)
		}
	}
	proof, claim, err := fraction.Prove(p.Context, p.Transcript, p.Plan.Tree.Vars, regions)
	if err != nil {
		return nil, pz, qz, err
	}
	for _, m := range proof.Elements() {
		p.send(*m)
	}
	p.done("tree")
	return claim.Point, claim.P, claim.Q, nil
}

// cubeShape returns the shape of the leaves of a cube.
func cubeShape(r *reduction.Region, c reduction.Cube) tensor.Shape {
	if len(r.Shape) == 0 {
		return r.Shape
	}
	out := tensor.Shape{c.Len}
	return append(append(out, r.Shape[:r.Axis]...), r.Shape[r.Axis+1:]...)
}

// cubeRows returns the elements of a region, row-major, that are in a cube, in the padded
// order of its leaves.
func cubeRows(rows []uint32, r *reduction.Region, c reduction.Cube) []uint32 {
	shape := cubeShape(r, c)
	if len(r.Cubes) == 1 && r.Shape[:r.Axis].Size() == 1 {
		return pad(rows, shape) // all elements in their order
	}
	outer, length, inner := r.Shape[:r.Axis].Size(), r.Shape[r.Axis], r.Shape[r.Axis+1:].Size()
	out := make([]uint32, 0, shape.Size())
	for k := c.From; k < c.From+c.Len; k++ {
		for o := range outer {
			at := (o*length + k) * inner
			out = append(out, rows[at:at+inner]...)
		}
	}
	return pad(out, shape)
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
