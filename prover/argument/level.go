// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/prover/mac"
	"github.com/zkml-go/zkml/relation"
)

// A summand is a polynomial of tables over one hypercube: combine(tables) at every
// index. Tables are folded as variables are bound; then one element of each is left.
type summand struct {
	tables  [][]fr.Element
	degree  int
	combine func(values []fr.Element) fr.Element
	// scale is ∏ (1 − r) over the variables bound after the last one of its own.
	scale fr.Element
}

// A batch is the sum of summands in different numbers of variables.
type batch struct {
	degree   int
	summands []*summand
}

// levelBatch lays out the operands of the summands of l.
func (w *Witness) levelBatch(l *reduction.Level[fr.Element]) *batch {
	b := &batch{degree: l.Degree}
	for _, p := range l.Products {
		b.summands = append(b.summands, w.product(p))
	}
	for _, x := range l.Sums {
		b.summands = append(b.summands, w.weighted(x))
	}
	return b
}

// product returns the summand of a contraction: its operands, then its weights.
func (w *Witness) product(p *reduction.Product[fr.Element]) *summand {
	c := p.Relation.Contraction
	s := &summand{degree: 2, scale: fr.One()}
	for _, o := range []struct {
		id   relation.ColumnID
		axes []int
		free []reduction.Factor[fr.Element]
	}{{p.Relation.A, c.A, p.FreeA}, {p.Relation.B, c.B, p.FreeB}} {
		data, labels := w.operandOf(o.id, o.axes, c.Extents).reduce(p.Bound, o.free)
		s.tables = append(s.tables, cube(p, data, labels, o.axes))
	}
	if len(p.Weights) > 0 {
		s.degree = 3
		var labels []int
		data := []fr.Element{fr.One()}
		for _, f := range p.Weights {
			labels = append(labels, f.Labels...)
			data = outer(data, f.Weights.Values())
		}
		s.tables = append(s.tables, cube(p, data, labels, labels))
	}
	coef := p.Coef
	s.combine = func(v []fr.Element) fr.Element {
		out := coef
		for i := range v {
			out.Mul(&out, &v[i])
		}
		return out
	}
	return s
}

func outer(a, b []fr.Element) []fr.Element {
	out := make([]fr.Element, 0, len(a)*len(b))
	for i := range a {
		for j := range b {
			var v fr.Element
			out = append(out, *v.Mul(&a[i], &b[j]))
		}
	}
	return out
}

// cube lays out a tensor over some of the bound labels on the hypercube of all. It is
// repeated along the labels that it lacks: those of own, which a view repeats, as far as
// they go, and the others, whose variables it does not have, padding included.
func cube(p *reduction.Product[fr.Element], data []fr.Element, labels, own []int) []fr.Element {
	extents := p.Relation.Contraction.Extents
	out := make([]fr.Element, 1<<p.Vars)
	strides := make([]int, len(p.Bound))
	shifts := make([]int, len(p.Bound))
	shift := 0
	for k := len(p.Bound) - 1; k >= 0; k-- {
		l := p.Bound[k]
		if at := slices.Index(labels, l); at >= 0 {
			strides[k] = 1
			for _, m := range labels[at+1:] {
				strides[k] *= extents[m]
			}
		}
		shifts[k] = shift
		shift += mle.Bits(extents[l])
	}
	var fill func(k, from, to int)
	fill = func(k, from, to int) {
		if k == len(p.Bound) {
			out[to] = data[from]
			return
		}
		n := extents[p.Bound[k]]
		if strides[k] == 0 && !slices.Contains(own, p.Bound[k]) {
			n = 1 << mle.Bits(n)
		}
		for i := range n {
			fill(k+1, from+i*strides[k], to|i<<shifts[k])
		}
	}
	fill(0, 0, 0)
	return out
}

// weighted returns the summand of an expression: its atoms, then its weights.
func (w *Witness) weighted(x *reduction.Sum[fr.Element]) *summand {
	s := &summand{scale: fr.One()}
	for _, a := range x.Atoms {
		ints := relation.Evaluate(a, x.Domain, w.columns)
		s.tables = append(s.tables, pad(toField(mac.Ints[int64](ints)), x.Domain))
	}
	s.tables = append(s.tables, expand(x.Weights))
	n := len(x.Atoms)
	s.degree = 1 + reduction.Degree(x.Expr)
	f := &arith.Native{}
	s.combine = func(v []fr.Element) fr.Element {
		return f.Mul(reduction.Combine(f, x.Expr, v[:n]), v[n])
	}
	return s
}

// expand returns weights as a table over the padded index.
func expand(w weight.Weights[fr.Element]) []fr.Element {
	out := []fr.Element{w.Coef}
	for _, f := range w.Factors {
		out = outer(out, pad(f.Values(), f.Extents()))
	}
	return out
}

// sum returns the sum of all summands over the hypercube.
func (b *batch) sum() fr.Element {
	var out fr.Element
	for _, s := range b.summands {
		if len(s.tables[0]) == 1 {
			v := s.value()
			out.Add(&out, &v)
			continue
		}
		for _, x := range s.round(1) {
			out.Add(&out, &x)
		}
	}
	return out
}

// value returns the summand when no variable is left.
func (s *summand) value() fr.Element {
	v := make([]fr.Element, len(s.tables))
	for k := range v {
		v[k] = s.tables[k][0]
	}
	return s.combine(v)
}

// round returns the sum over the other variables at 0, …, points of the first.
func (s *summand) round(points int) []fr.Element {
	half := len(s.tables[0]) / 2
	const chunk = 1 << 9
	chunks := (half + chunk - 1) / chunk
	partial := make([][]fr.Element, chunks)
	spread(chunks, half*len(s.tables)*points, func(c int) {
		sum := make([]fr.Element, points+1)
		v := make([]fr.Element, len(s.tables))
		step := make([]fr.Element, len(s.tables))
		for i := c * chunk; i < min(half, (c+1)*chunk); i++ {
			for k, t := range s.tables {
				v[k] = t[2*i]
				step[k].Sub(&t[2*i+1], &t[2*i])
			}
			for x := range sum {
				g := s.combine(v)
				sum[x].Add(&sum[x], &g)
				for k := range v {
					v[k].Add(&v[k], &step[k])
				}
			}
		}
		partial[c] = sum
	})
	out := make([]fr.Element, points+1)
	for _, p := range partial {
		for x := range out {
			out[x].Add(&out[x], &p[x])
		}
	}
	return out
}

// Round implements sumcheck.Summand.
func (b *batch) Round() []fr.Element {
	out := make([]fr.Element, b.degree+1)
	for _, s := range b.summands {
		if len(s.tables[0]) > 1 {
			for x, v := range s.round(b.degree) {
				out[x].Add(&out[x], &v)
			}
			continue
		}
		// (1 − X) times what is left.
		v := s.value()
		v.Mul(&v, &s.scale)
		at := fr.One()
		one := fr.One()
		for x := range out {
			var term fr.Element
			term.Mul(&v, &at)
			out[x].Add(&out[x], &term)
			at.Sub(&at, &one)
		}
	}
	return out
}

// Bind implements sumcheck.Summand.
func (b *batch) Bind(r fr.Element) {
	for _, s := range b.summands {
		if len(s.tables[0]) == 1 {
			one := fr.One()
			one.Sub(&one, &r)
			s.scale.Mul(&s.scale, &one)
			continue
		}
		for k := range s.tables {
			s.tables[k] = fold(s.tables[k], &r)
		}
	}
}

// fold sets the first variable of t to r, in place.
func fold(t []fr.Element, r *fr.Element) []fr.Element {
	half := len(t) / 2
	// Element i is made of 2i and 2i+1, which later chunks still read: a chunk writes
	// only where it has read unless it is the first.
	if half < 1<<12 {
		for i := range half {
			foldAt(&t[i], &t[2*i], &t[2*i+1], r)
		}
		return t[:half]
	}
	out := make([]fr.Element, half)
	const chunk = 1 << 10
	spread(half/chunk, half*4, func(c int) {
		for i := c * chunk; i < (c+1)*chunk; i++ {
			foldAt(&out[i], &t[2*i], &t[2*i+1], r)
		}
	})
	return out
}

// foldAt sets out to lo + r·(hi − lo).
func foldAt(out, lo, hi, r *fr.Element) {
	var d fr.Element
	d.Sub(hi, lo).Mul(&d, r)
	out.Add(lo, &d)
}

// values returns what the operands are when all variables are bound, in the order of
// reduction.Party.
func (b *batch) values(l *reduction.Level[fr.Element]) []fr.Element {
	var out []fr.Element
	for i, s := range b.summands {
		n := 2
		if i >= len(l.Products) {
			n = len(l.Sums[i-len(l.Products)].Atoms)
		}
		for _, t := range s.tables[:n] {
			out = append(out, t[0])
		}
	}
	return out
}
