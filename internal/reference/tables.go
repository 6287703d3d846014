// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// level returns the summand of l.
func (w *Witness) level(l *reduction.Level[fr.Element]) *summand {
	s := &summand{degree: l.Degree}
	for _, p := range l.Products {
		s.terms = append(s.terms, w.product(p))
	}
	for _, z := range l.Sums {
		t := &term{operands: len(z.Atoms)}
		for _, a := range z.Atoms {
			t.tables = append(t.tables, pad(w.evaluate(a, z.Domain), z.Domain))
		}
		t.tables = append(t.tables, expand(z.Weights))
		t.combine = func(v []fr.Element) fr.Element {
			return field.Mul(reduction.Combine(field, z.Expr, v[:t.operands]), v[t.operands])
		}
		s.terms = append(s.terms, t)
	}
	for _, t := range s.terms {
		t.extend(l.Rounds)
	}
	return s
}

// product returns Coef·w·A′·B′.
func (w *Witness) product(p *reduction.Product[fr.Element]) *term {
	c := p.Relation.Contraction
	t := &term{operands: 2, tables: [][]fr.Element{
		cube(p, w.Values[p.Relation.A], c.A, p.FreeA),
		cube(p, w.Values[p.Relation.B], c.B, p.FreeB),
	}}
	var labels []int
	size := 1
	for _, f := range p.Weights {
		for _, l := range f.Labels {
			labels = append(labels, l)
			size *= c.Extents[l]
		}
	}
	ones := make([]fr.Element, size)
	for i := range ones {
		ones[i].SetOne()
	}
	t.tables = append(t.tables, cube(p, ones, labels, p.Weights))
	t.combine = func(v []fr.Element) fr.Element {
		return field.Mul(field.Mul(p.Coef, v[0]), field.Mul(v[1], v[2]))
	}
	return t
}

// cube multiplies a tensor, whose axes have the given labels, by factors and sums it over
// the labels that are not bound. The result, over the hypercube of the bound labels, is
// 0 where an own label is padding, and is repeated along labels that are not its own.
func cube(p *reduction.Product[fr.Element], data []fr.Element, labels []int, factors []reduction.Factor[fr.Element]) []fr.Element {
	extents := p.Relation.Contraction.Extents
	shape := make(tensor.Shape, len(labels))
	for k, l := range labels {
		shape[k] = extents[l]
	}
	// Where a bound label lies in the index of the hypercube, and the bits of own ones.
	shift, mask := make([]int, len(extents)), 0
	at := 0
	for _, l := range slices.Backward(p.Bound) {
		shift[l] = at
		if slices.Contains(labels, l) {
			mask |= (1<<mle.Bits(extents[l]) - 1) << at
		}
		at += mle.Bits(extents[l])
	}
	sums := make([]fr.Element, 1<<p.Vars)
	index := make([]int, len(extents))
	for i, x := range data {
		for k, rest := len(labels)-1, i; k >= 0; k-- {
			index[labels[k]] = rest % shape[k]
			rest /= shape[k]
		}
		for _, f := range factors {
			at := 0
			for _, l := range f.Labels {
				at = at*extents[l] + index[l]
			}
			x = field.Mul(x, f.Weights.Values()[at])
		}
		corner := 0
		for _, l := range labels {
			if slices.Contains(p.Bound, l) {
				corner |= index[l] << shift[l]
			}
		}
		sums[corner] = field.Add(sums[corner], x)
	}
	out := make([]fr.Element, len(sums))
	for i := range out {
		out[i] = sums[i&mask]
	}
	return out
}

// opening returns the summand of o: for every column the sum of its claims' weights,
// times the column.
func (w *Witness) opening(o *reduction.Opening[fr.Element]) *summand {
	weights := make([][]fr.Element, len(w.Columns))
	s := &summand{degree: reduction.OpeningDegree}
	for k, c := range w.Columns {
		weights[k] = make([]fr.Element, len(c))
		s.terms = append(s.terms, &term{
			tables:  [][]fr.Element{weights[k], slices.Clone(c)},
			combine: func(v []fr.Element) fr.Element { return field.Mul(v[0], v[1]) },
		})
	}
	for _, c := range o.Claims {
		for i, x := range expand(c.Weights) {
			cell := &weights[c.Block.Column][c.Block.Offset+i]
			cell.Add(cell, &x)
		}
	}
	return s
}

// expand lays weights out with every axis padded to a power of two.
func expand(w weight.Weights[fr.Element]) []fr.Element {
	values := []fr.Element{w.Coef}
	var shape tensor.Shape
	for _, f := range w.Factors {
		var next []fr.Element
		for _, a := range values {
			for _, b := range f.Values() {
				next = append(next, field.Mul(a, b))
			}
		}
		values = next
		shape = append(shape, f.Extents()...)
	}
	return pad(values, shape)
}

// evaluate returns e at every index of domain.
func (w *Witness) evaluate(e relation.Expr, domain tensor.Shape) []fr.Element {
	out := make([]fr.Element, domain.Size())
	switch e := e.(type) {
	case relation.Int:
		for i := range out {
			out[i].SetInt64(int64(e))
		}
	case relation.Cell:
		if e.View == nil {
			return w.Values[e.Column]
		}
		return tensor.Gather(*e.View, w.Values[e.Column], arith.Int(field, e.Fill))
	case relation.Sum:
		for _, t := range e {
			for i, x := range w.evaluate(t.Expr, domain) {
				out[i] = field.Add(out[i], arith.Scale(field, t.Coef, x))
			}
		}
	case relation.Product:
		for i := range out {
			out[i].SetOne()
		}
		for _, factor := range e {
			for i, x := range w.evaluate(factor, domain) {
				out[i] = field.Mul(out[i], x)
			}
		}
	}
	return out
}
