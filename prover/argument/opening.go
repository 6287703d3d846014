// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/prover/mac"
)

// An opening is the summand of the last sumcheck. Weights are products over the axes of
// a block, so while the variables of an axis are bound only two short tables of a
// claim matter: the factor of the axis, and the block summed over the axes outside it
// with their weights, those inside it being bound. Blocks are read once for every
// claim, and once to bind their last axis.
type opening struct {
	round  int
	blocks []*block
	// above[k] is the part of column k that is bound: for every index of the variables
	// left, the weight and the value there.
	above  []map[int]*node
	vars   int
	column func(*reduction.Block) int
}

// A node is a piece of a column whose own variables are bound.
type node struct{ weight, value fr.Element }

// A block is a piece of a tensor.
type block struct {
	*reduction.Block
	sizes []int // of its axes, powers of two; those bound are dropped
	ints  mac.Vector
	field []fr.Element // the block with its last axes bound, if any are
	// pending are the challenges of the axes that are being bound.
	pending []fr.Element
	claims  []*claim
}

// A claim is a functional on a block.
type claim struct {
	coef    fr.Element // with the factors of bound axes
	factors []weight.Factor[fr.Element]
	// While the variables of the last factor are bound: it, and the block summed over
	// the other axes.
	weights, sums []fr.Element
}

func newOpening(o *reduction.Opening[fr.Element], l *reduction.Layout, column func(k int) mac.Vector) *opening {
	out := &opening{above: make([]map[int]*node, l.NumColumns()), vars: l.Vars}
	for k := range out.above {
		out.above[k] = map[int]*node{}
	}
	of := map[*reduction.Block]*block{}
	columns := make([]mac.Vector, l.Model+l.Witness)
	for k := range columns {
		columns[k] = column(k)
	}
	for i := range l.Blocks {
		b := &block{Block: &l.Blocks[i]}
		b.ints, b.sizes = columns[b.Column].Slice(b.Offset, b.Offset+1<<b.Vars), sizes(b.Shape)
		of[b.Block] = b
		out.blocks = append(out.blocks, b)
	}
	for _, c := range o.Claims {
		b := of[c.Block]
		b.claims = append(b.claims, &claim{coef: c.Weights.Coef, factors: slices.Clone(c.Weights.Factors)})
	}
	out.column = func(b *reduction.Block) int { return l.Index(b.Column) }
	out.settle()
	return out
}

// settle moves the blocks whose variables are all bound to their columns.
func (o *opening) settle() {
	var active []*block
	ready := make([]*block, 0, len(o.blocks))
	for _, b := range o.blocks {
		if b.Vars == o.round {
			ready = append(ready, b)
		} else {
			active = append(active, b)
		}
	}
	for _, b := range ready {
		b.begin() // a block of no variables has not begun
		n := &node{value: b.value()}
		for _, c := range b.claims {
			n.weight.Add(&n.weight, &c.coef)
		}
		o.above[o.column(b.Block)][b.Offset>>b.Vars] = n
	}
	o.blocks = active
}

// value returns the block when all its variables are bound.
func (b *block) value() fr.Element {
	if b.field != nil {
		return b.field[0]
	}
	var x fr.Element
	x.SetInt64(b.ints.At(0))
	return x
}

// Round implements sumcheck.Summand: the values at 0, 1 and 2.
func (o *opening) Round() []fr.Element {
	sums := make([][3]fr.Element, len(o.blocks))
	spread(len(o.blocks), 1<<20, func(i int) {
		b := o.blocks[i]
		b.begin()
		for _, c := range b.claims {
			v := roundOf(c.weights, c.sums)
			for x := range v {
				v[x].Mul(&v[x], &c.coef)
				sums[i][x].Add(&sums[i][x], &v[x])
			}
		}
	})
	out := make([]fr.Element, 3)
	for i := range sums {
		for x := range out {
			out[x].Add(&out[x], &sums[i][x])
		}
	}
	for _, nodes := range o.above {
		for index, n := range nodes {
			sibling := nodes[index^1]
			if index&1 == 1 && sibling != nil {
				continue // done with the even one
			}
			if sibling == nil {
				sibling = &node{}
			}
			lo, hi := n, sibling
			if index&1 == 1 {
				lo, hi = hi, lo
			}
			for x, v := range roundOf([]fr.Element{lo.weight, hi.weight}, []fr.Element{lo.value, hi.value}) {
				out[x].Add(&out[x], &v)
			}
		}
	}
	return out
}

// roundOf returns ∑ a·b over all variables but the first, at 0, 1 and 2.
func roundOf(a, b []fr.Element) (out [3]fr.Element) {
	var v, x, y fr.Element
	for i := 0; i < len(a); i += 2 {
		v.Mul(&a[i], &b[i])
		out[0].Add(&out[0], &v)
		v.Mul(&a[i+1], &b[i+1])
		out[1].Add(&out[1], &v)
		x.Double(&a[i+1]).Sub(&x, &a[i])
		y.Double(&b[i+1]).Sub(&y, &b[i])
		v.Mul(&x, &y)
		out[2].Add(&out[2], &v)
	}
	return out
}

// Bind implements sumcheck.Summand.
func (o *opening) Bind(r fr.Element) {
	spread(len(o.blocks), 1<<20, func(i int) { o.blocks[i].bind(&r) })
	for k, nodes := range o.above {
		next := map[int]*node{}
		for index, n := range nodes {
			sibling := nodes[index^1]
			if index&1 == 1 && sibling != nil {
				continue
			}
			if sibling == nil {
				sibling = &node{}
			}
			lo, hi := n, sibling
			if index&1 == 1 {
				lo, hi = hi, lo
			}
			m := &node{}
			foldAt(&m.weight, &lo.weight, &hi.weight, &r)
			foldAt(&m.value, &lo.value, &hi.value, &r)
			next[index>>1] = m
		}
		o.above[k] = next
	}
	o.round++
	o.settle()
}

// begin prepares the tables of the claims whose last factor is to be bound next.
func (b *block) begin() {
	if len(b.pending) == 0 && len(b.sizes) > 0 {
		for len(b.sizes) > 0 && b.sizes[len(b.sizes)-1] == 1 {
			b.sizes = b.sizes[:len(b.sizes)-1]
		}
	}
	for _, c := range b.claims {
		// Factors of one element scale.
		for c.weights == nil && len(c.factors) > 0 && c.factors[len(c.factors)-1].Extents().Size() == 1 {
			c.coef.Mul(&c.coef, &c.factors[len(c.factors)-1].Values()[0])
			c.factors = c.factors[:len(c.factors)-1]
		}
		if c.weights != nil || len(c.factors) == 0 {
			continue
		}
		last := c.factors[len(c.factors)-1]
		c.weights = slices.Clone(pad(last.Values(), last.Extents()))
		c.sums = b.sumOuter(c.factors[:len(c.factors)-1], len(c.weights))
	}
}

// sumOuter sums the block over all but its last inner elements, with weights.
func (b *block) sumOuter(fs []weight.Factor[fr.Element], inner int) []fr.Element {
	t := table{ints: b.ints, field: b.field}
	size := t.size()
	for _, f := range fs {
		v := pad(f.Values(), f.Extents())
		size /= len(v)
		t.shape = []int{len(v), size}
		t.apply(0, &matrix{rows: 1, cols: len(v), data: v})
	}
	return slices.Clone(t.elements()[:inner])
}

func (b *block) bind(r *fr.Element) {
	for _, c := range b.claims {
		if c.weights == nil {
			continue
		}
		c.weights, c.sums = fold(c.weights, r), fold(c.sums, r)
		if len(c.weights) == 1 {
			c.coef.Mul(&c.coef, &c.weights[0])
			c.weights, c.sums = nil, nil
			c.factors = c.factors[:len(c.factors)-1]
		}
	}
	b.pending = append(b.pending, *r)
	last := len(b.sizes) - 1
	if 1<<len(b.pending) != b.sizes[last] {
		return
	}
	// The axis is bound.
	e := mle.EqTable(&nativeField, b.pending)
	t := table{ints: b.ints, field: b.field, shape: []int{1, 0, len(e)}}
	t.shape[1] = t.size() / len(e)
	b.field = bindLast(&t, e)
	b.ints, b.pending, b.sizes = nil, nil, b.sizes[:last]
}

// bindLast returns the sums of the rows of t, with weights e.
func bindLast(t *table, e []fr.Element) []fr.Element {
	out := make([]fr.Element, t.shape[1])
	n := len(e)
	if t.field != nil {
		var v fr.Element
		for i := range out {
			for j := range e {
				v.Mul(&t.field[i*n+j], &e[j])
				out[i].Add(&out[i], &v)
			}
		}
		return out
	}
	lo := t.ints.Least()
	total := fr.One() // the sum of eq over all indices
	for i := range out {
		out[i] = t.ints.Dot(i*n, lo, e, &total)
	}
	return out
}
