// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"errors"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var errSize = errors.New("larger than a test wants")

// regroup returns a random shape of n elements.
func (g *generator) regroup(n int) tensor.Shape {
	s := tensor.Shape{}
	for f := 2; n > 1; f++ {
		for n%f == 0 {
			n /= f
			if len(s) > 0 && g.rng.IntN(2) == 0 {
				s[g.rng.IntN(len(s))] *= f
			} else {
				s = append(s, f)
			}
		}
	}
	g.rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	if g.rng.IntN(4) == 0 {
		s = append(s, 1)
	}
	return s
}

// view adds a view with arbitrary affine index functions.
func (g *generator) view() error {
	x, n := g.value()
	v := tensor.View{From: g.regroup(count(n.Shape)), Axes: g.shape()}
	for range v.From {
		f := tensor.Affine{Offset: g.between(-1, 2)}
		for a := range v.Axes {
			if g.rng.IntN(2) == 0 {
				f.Terms = append(f.Terms, tensor.Term{Axis: a, Coef: g.between(-2, 2)})
			}
		}
		v.Index = append(v.Index, f)
	}
	v.To = g.regroup(count(v.Axes))
	return g.add(ir.View{View: v, Fill: g.data(1)[0]}, x)
}

// window adds a view without padding: an axis is read backwards or in part.
func (g *generator) window() error {
	x, n := g.value()
	v := tensor.View{From: n.Shape.Clone(), Axes: tensor.Shape{}}
	for d, extent := range n.Shape {
		start := g.rng.IntN(extent)
		if g.rng.IntN(2) == 0 {
			v.Axes = append(v.Axes, extent-start)
			v.Index = append(v.Index, tensor.Affine{Offset: start, Terms: []tensor.Term{{Axis: d, Coef: 1}}})
		} else {
			v.Axes = append(v.Axes, start+1)
			v.Index = append(v.Index, tensor.Affine{Offset: start, Terms: []tensor.Term{{Axis: d, Coef: -1}}})
		}
	}
	v.To = v.Axes.Clone()
	return g.add(ir.View{View: v}, x)
}

// concat joins a value, constants that fit it, and itself.
func (g *generator) concat() error {
	x, n := g.value()
	if len(n.Shape) == 0 || count(n.Shape) > maxElements/2 {
		return errSize
	}
	axis := g.rng.IntN(len(n.Shape))
	s := n.Shape.Clone()
	s[axis] = g.between(1, 2)
	if err := g.add(ir.NewConst(s, g.data(count(s)))); err != nil {
		return err
	}
	args := []ir.ID{x, ir.ID(len(g.p.Nodes) - 1), x}
	g.rng.Shuffle(len(args), func(i, j int) { args[i], args[j] = args[j], args[i] })
	return g.add(ir.Concat{Axis: axis}, args[:g.between(1, 3)]...)
}

// linear combines values of one shape.
func (g *generator) linear() error {
	x, n := g.value()
	args := []ir.ID{x}
	for id, other := range g.p.Nodes {
		if len(args) < 3 && other.Shape.Equal(n.Shape) && g.rng.IntN(2) == 0 {
			args = append(args, ir.ID(id))
		}
	}
	return g.add(ir.Linear{Coefs: g.data(len(args)), Bias: g.data(1)[0]}, args...)
}

// contract contracts two values: the axes of equal extent may share labels.
func (g *generator) contract() error {
	x, a := g.value()
	y, b := g.value()
	return g.einsum(x, a.Shape, y, b.Shape)
}

// contractConst contracts a value with a constant, on either side.
func (g *generator) contractConst() error {
	x, n := g.value()
	a := n.Shape.Clone()
	s := g.shape()
	for d := range s {
		if d < len(a) && g.rng.IntN(2) == 0 {
			s[d] = a[d]
		}
	}
	if err := g.add(ir.NewConst(s, g.data(count(s)))); err != nil {
		return err
	}
	w := ir.ID(len(g.p.Nodes) - 1)
	if g.rng.IntN(2) == 0 {
		return g.einsum(w, s, x, a)
	}
	return g.einsum(x, a, w, s)
}

// layer multiplies a matrix of windows, with padding, by a constant one: as small
// as the matrices get for which an executor may have another method.
func (g *generator) layer() error {
	x, n := g.value()
	rows, inner, cols := g.between(2, 4), g.between(8, 12), 4
	v := tensor.View{From: n.Shape.Clone(), Axes: tensor.Shape{rows, inner}, To: tensor.Shape{rows, inner}}
	for range v.From {
		v.Index = append(v.Index, tensor.Affine{Offset: g.between(-1, 1), Terms: []tensor.Term{
			{Axis: 0, Coef: g.between(0, 1)}, {Axis: 1, Coef: g.between(0, 1)}}})
	}
	if err := g.add(ir.View{View: v, Fill: g.data(1)[0]}, x); err != nil {
		return err
	}
	windows := ir.ID(len(g.p.Nodes) - 1)
	if err := g.add(ir.NewConst(tensor.Shape{inner, cols}, g.data(inner*cols))); err != nil {
		return err
	}
	c := tensor.Contraction{Extents: []int{rows, inner, cols}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}
	args := []ir.ID{windows, windows + 1}
	if g.rng.IntN(2) == 0 {
		c.A, c.B, args = c.B, c.A, []ir.ID{windows + 1, windows}
	}
	if g.rng.IntN(2) == 0 {
		c.Out = []int{2, 0}
	}
	return g.add(ir.Contract{Contraction: c}, args...)
}

func (g *generator) einsum(x ir.ID, a tensor.Shape, y ir.ID, b tensor.Shape) error {
	var c tensor.Contraction
	for _, extent := range a {
		c.A = append(c.A, len(c.Extents))
		c.Extents = append(c.Extents, extent)
	}
	taken := map[int]bool{}
	for _, extent := range b {
		l := len(c.Extents)
		for k := range a {
			if a[k] == extent && !taken[k] && g.rng.IntN(3) > 0 {
				l = k
			}
		}
		if l == len(c.Extents) {
			c.Extents = append(c.Extents, extent)
		}
		taken[l] = true
		c.B = append(c.B, l)
	}
	out := 1
	for _, l := range g.rng.Perm(len(c.Extents)) {
		if g.rng.IntN(2) == 0 {
			c.Out = append(c.Out, l)
			out *= c.Extents[l]
		}
	}
	if out > maxElements || count(c.Extents) > maxIndices {
		return errSize
	}
	return g.add(ir.Contract{Contraction: c}, x, y)
}

func (g *generator) rescale() error {
	x, n := g.value()
	shift := g.between(1, ir.MaxShift)
	if r := n.Range; max(-r.Lo, r.Hi) < 1<<30 {
		shift = g.between(1, 12) // so that something is left
	}
	m := 1 + g.rng.Int64N(int64(1)<<g.between(0, shift))
	return g.add(ir.Rescale{Multiplier: m, Shift: shift}, x)
}

// lookup applies a random function whose domain exceeds the value's range or
// just covers it.
func (g *generator) lookup() error {
	x, n := g.value()
	lo, hi := n.Range.Lo-int64(g.between(0, 2)), n.Range.Hi+int64(g.between(0, 2))
	if hi-lo >= maxTable {
		return errSize
	}
	g.p.Tables = append(g.p.Tables, ir.Table{Name: "random", Lo: lo, Values: g.data(int(hi - lo + 1))})
	err := g.add(ir.Lookup{Table: len(g.p.Tables) - 1}, x)
	if err != nil {
		g.p.Tables = g.p.Tables[:len(g.p.Tables)-1]
	}
	return err
}

func (g *generator) max() error {
	x, n := g.value()
	axes := g.rng.Perm(len(n.Shape))
	return g.add(ir.Max{Axes: axes[:g.rng.IntN(len(axes)+1)]}, x)
}

// divide divides a value by one of the same shape that is shifted to start at 1
// or above.
func (g *generator) divide() error {
	x, n := g.value()
	d := x
	for id, other := range g.p.Nodes {
		if other.Shape.Equal(n.Shape) && g.rng.IntN(2) == 0 {
			d = ir.ID(id)
		}
	}
	shift := int64(g.between(1, 3)) - g.p.Nodes[d].Range.Lo
	if err := g.add(ir.Linear{Coefs: []int64{1}, Bias: shift}, d); err != nil {
		return err
	}
	return g.add(ir.Divide{}, x, ir.ID(len(g.p.Nodes)-1))
}

// gather picks rows of a value by constant indices, or by a value that a lookup
// takes into their range.
func (g *generator) gather() error {
	x, n := g.value()
	if len(n.Shape) == 0 {
		return errSize
	}
	batch := g.rng.IntN(len(n.Shape))
	rows := n.Shape[batch]
	s := append(n.Shape[:batch:batch].Clone(), g.shape()...)
	if count(s)*count(n.Shape[batch+1:]) > maxElements {
		return errSize
	}
	row := func() int64 { return int64(g.rng.IntN(rows)) }
	index, from := g.value()
	if r := from.Range; r.Hi-r.Lo < maxTable && g.rng.IntN(4) > 0 {
		t := ir.Table{Name: "rows", Lo: r.Lo, Values: make([]int64, r.Hi-r.Lo+1)}
		for i := range t.Values {
			t.Values[i] = row()
		}
		g.p.Tables = append(g.p.Tables, t)
		g.must(g.add(ir.Lookup{Table: len(g.p.Tables) - 1}, index))
		index = ir.ID(len(g.p.Nodes) - 1)
		// The axes that the data shares with the indices come first.
		s = append(n.Shape[:batch:batch].Clone(), from.Shape...)
		v := tensor.View{From: from.Shape.Clone(), Axes: s, To: s}
		for d := range from.Shape {
			v.Index = append(v.Index, tensor.Affine{Terms: []tensor.Term{{Axis: batch + d, Coef: 1}}})
		}
		if count(s)*count(n.Shape[batch+1:]) > maxElements {
			return errSize
		}
		g.must(g.add(ir.View{View: v}, index))
	} else {
		data := make([]int64, count(s))
		for i := range data {
			data[i] = row()
		}
		g.must(g.add(ir.NewConst(s, data)))
	}
	return g.add(ir.Gather{Batch: batch}, x, ir.ID(len(g.p.Nodes)-1))
}
