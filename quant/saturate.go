// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

const (
	// clampCost is what a clamp to one side costs per element, in rows of a table,
	// and clampBase what a clamp has to save at least.
	clampCost, clampBase = 8, 1024
	// headroom is how far beyond its calibrated span an argument is clamped that
	// would cost too much otherwise.
	headroom = 4
)

// fit clamps x, which represents value id, on the sides where the table of f would
// otherwise grow by more than a clamp costs. Of a monotone function the clamp is at
// the ends of what the table tells apart, which changes no result; where the table
// would still grow by more, and for other functions, it is at headroom times the
// calibrated span.
func (c *compiler) fit(t *table, id graph.ID, x value, f graph.Func) (value, error) {
	n := &c.p.Nodes[x.id]
	r, side := n.Range, max(clampCost*int64(n.Shape.Size()), clampBase)
	dear := func(s ir.Range) bool {
		rows := c.rows(t, s)
		return rows > maxTable || rows-c.has(t) > side
	}
	if !dear(r) || periodic[f.Name] {
		return x, nil
	}
	s := r
	if monotone[f.Name] {
		var err error
		if s, err = distinct(t, r.Union(ir.Range{Lo: -1, Hi: 1})); err != nil {
			return value{}, err
		}
	}
	if k := classes[f.Name]; dear(s) && (k == curved || k == lines) {
		s = intersect(s, c.calibrated(id, x.scale))
	}
	s = c.union(t, s) // rows that are there already cost nothing
	both := ir.Range{Lo: min(max(s.Lo, r.Lo), s.Hi), Hi: max(min(s.Hi, r.Hi), s.Lo)}
	best, least := r, c.rows(t, r)
	if least > maxTable {
		least = math.MaxInt64
	}
	for _, o := range []ir.Range{{Lo: both.Lo, Hi: r.Hi}, {Lo: r.Lo, Hi: both.Hi}, both} {
		cost := c.rows(t, o)
		if cost > maxTable || o.Lo > o.Hi {
			continue
		}
		if o.Lo != r.Lo {
			cost += side
		}
		if o.Hi != r.Hi {
			cost += side
		}
		if cost < least {
			best, least = o, cost
		}
	}
	return c.saturate(x, best)
}

// calibrated returns the integers of headroom times the calibrated span of value
// id, and at least −1 … 1.
func (c *compiler) calibrated(id graph.ID, scale float64) ir.Range {
	s := c.span(id)
	const limit = 1 << 40
	return ir.Range{
		Lo: int64(math.Floor(max(min(headroom*s.Lo/scale, -1), -limit))),
		Hi: int64(math.Ceil(min(max(headroom*s.Hi/scale, 1), limit))),
	}
}

// intersect returns what r and s share, or r if that is nothing.
func intersect(r, s ir.Range) ir.Range {
	t := ir.Range{Lo: max(r.Lo, s.Lo), Hi: min(r.Hi, s.Hi)}
	if t.Lo > t.Hi {
		return r
	}
	return t
}

// distinct returns the least interval beyond whose ends t, which is monotone, does
// not change in r.
func distinct(t *table, r ir.Range) (ir.Range, error) {
	first, err := t.at(r.Lo)
	if err != nil {
		return r, err
	}
	last, err := t.at(r.Hi)
	if err != nil || first == last {
		return ir.Range{}, err // r holds 0
	}
	// search returns the least q in (lo, hi] at which is holds; it holds at hi.
	search := func(is func(y int64) bool) int64 {
		lo, hi := r.Lo, r.Hi
		for hi-lo > 1 {
			q := lo + (hi-lo)/2
			y, e := t.at(q)
			if e != nil {
				err = e
			}
			if is(y) {
				hi = q
			} else {
				lo = q
			}
		}
		return hi
	}
	return ir.Range{
		Lo: search(func(y int64) bool { return y != first }) - 1,
		Hi: search(func(y int64) bool { return y == last }),
	}, err
}

// saturate moves the elements of v that lie outside r to its ends.
func (c *compiler) saturate(v value, r ir.Range) (value, error) {
	from := c.p.Nodes[v.id].Range
	x, err := v.id, error(nil)
	if r.Lo > from.Lo {
		x, err = c.atLeast(x, r.Lo)
	}
	if err == nil && r.Hi < from.Hi {
		x, err = c.atMost(x, r.Hi)
	}
	if x != v.id {
		c.clamped[x] = v.id
	}
	return value{id: x, scale: v.scale}, err
}

// atMost returns min(x, most) = −max(−x, −most), elementwise.
func (c *compiler) atMost(x ir.ID, most int64) (ir.ID, error) {
	x, err := c.add(ir.Linear{Coefs: []int64{-1}}, x)
	if err != nil {
		return 0, err
	}
	if x, err = c.atLeast(x, -most); err != nil {
		return 0, err
	}
	return c.add(ir.Linear{Coefs: []int64{-1}}, x)
}

// atLeast returns max(x, least), elementwise.
func (c *compiler) atLeast(x ir.ID, least int64) (ir.ID, error) {
	s := c.p.Nodes[x].Shape
	rows := append(slices.Clone(s), 1)
	column, err := tensor.Reshape(s, rows)
	if err != nil {
		return 0, err
	}
	if x, err = c.add(ir.View{View: column}, x); err != nil {
		return 0, err
	}
	k, err := c.add(ir.NewConst(tensor.Shape{}, []int64{least}))
	if err != nil {
		return 0, err
	}
	repeated, err := tensor.BroadcastTo(tensor.Shape{}, rows)
	if err != nil {
		return 0, err
	}
	if k, err = c.add(ir.View{View: repeated}, k); err != nil {
		return 0, err
	}
	if x, err = c.add(ir.Concat{Axis: len(s)}, x, k); err != nil {
		return 0, err
	}
	return c.add(ir.Max{Axes: []int{len(s)}}, x)
}
