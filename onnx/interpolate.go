// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/tensor"
)

// taps are the weights of the input places from, from+1, … in one place of the
// result; places outside the input stand for its edge.
type taps struct {
	from    int
	weights []float64
}

// interpolate contracts an axis with the weights of each place of the result.
// Where the weights repeat, as they do for a scale that is a small quotient, they
// meet windows of the axis; else the matrix of all weights meets all of it.
func (r *resizing) interpolate(n *node, v *value, axis int, at []float64, in int) *value {
	rows := make([]taps, len(at))
	for o, x := range at {
		rows[o] = r.taps(n, x, in)
	}
	if identity(rows, in) {
		return v
	}
	if !v.dtype.IsFloat() {
		n.Failf("interpolation of %v is not supported", v.dtype)
	}
	if c, ok := repeated(rows, in); ok {
		return n.interpolateWindows(v, axis, c, in)
	}
	n.SpendOn(tensor.Shape{len(rows), in})
	matrix := make([]float32, len(rows)*in)
	for o, row := range rows {
		for k, w := range row.weights {
			matrix[o*in+min(max(row.from+k, 0), in-1)] += float32(w)
		}
	}
	x := n.check(n.im.promote(v))
	s := n.Shape(x)
	c := tensor.Contraction{Extents: append(s.Clone(), len(rows)), A: axes(0, len(s)), B: []int{len(s), axis}, Out: axes(0, len(s))}
	c.Out[axis] = len(s)
	return like(v, n.b.Contract(x, n.b.Const(tensor.Shape{len(rows), in}, matrix), c))[0]
}

// taps returns the weights at coordinate x of an axis of extent in.
func (r *resizing) taps(n *node, x float64, in int) taps {
	floor := math.Floor(x)
	f := x - floor
	t := taps{int(floor), []float64{1 - f, f}}
	switch r.mode {
	case "linear":
	case "cubic":
		a := r.a
		near := func(d float64) float64 { return ((a+2)*d-(a+3))*d*d + 1 }
		far := func(d float64) float64 { return ((a*d-5*a)*d+8*a)*d - 4*a }
		t = taps{int(floor) - 1, []float64{far(1 + f), near(f), near(1 - f), far(2 - f)}}
	default:
		n.Failf("mode %q is not supported", r.mode)
	}
	if r.exclude {
		sum := 0.0
		for k, w := range t.weights {
			if i := t.from + k; i < 0 || i >= in {
				w = 0
			}
			t.weights[k] = w
			sum += w
		}
		if sum == 0 {
			n.Failf("no weight is inside the input at coordinate %v", x)
		}
		for k := range t.weights {
			t.weights[k] /= sum
		}
	}
	return t
}

// identity reports whether each place of the result is that of the input.
func identity(rows []taps, in int) bool {
	for o, row := range rows {
		for k, w := range row.weights {
			if w != 0 && (w != 1 || row.from+k != o) {
				return false
			}
		}
	}
	return len(rows) == in
}

// A comb is weights that repeat: place q·len(rows) + p of the result is the sum of
// rows[p] over the input places from q·step + from on. There are count q.
type comb struct {
	rows              [][]float64
	from, step, count int
}

// repeated finds the shortest period of rows, if windows of it are shorter than
// the axis.
func repeated(rows []taps, in int) (comb, bool) {
	count := len(rows)
	for k := in; k > 0; {
		count, k = k, count%k
	}
	for ; count > 1; count-- { // the number of periods
		if len(rows)%count != 0 || in%count != 0 {
			continue
		}
		period, step := len(rows)/count, in/count
		same := true
		for o := period; o < len(rows) && same; o++ {
			same = rows[o].from == rows[o-period].from+step && alike(rows[o].weights, rows[o-period].weights)
		}
		if !same {
			continue
		}
		c := comb{rows: make([][]float64, period), from: rows[0].from, step: step, count: count}
		end := c.from
		for _, row := range rows[:period] {
			c.from, end = min(c.from, row.from), max(end, row.from+len(row.weights))
		}
		for p, row := range rows[:period] {
			c.rows[p] = make([]float64, end-c.from)
			copy(c.rows[p][row.from-c.from:], row.weights)
		}
		return c, end-c.from < in
	}
	return comb{}, false
}

func alike(x, y []float64) bool {
	for i := range x {
		if math.Abs(x[i]-y[i]) > 1e-9 {
			return false
		}
	}
	return true
}

// interpolateWindows contracts windows of an axis, its edges repeated, with the
// weights of one period.
func (n *node) interpolateWindows(v *value, axis int, c comb, in int) *value {
	length := len(c.rows[0])
	last := (c.count-1)*c.step + c.from + length
	index := ramp(min(c.from, 0), max(last, in)-min(c.from, 0), 1)
	for i := range index {
		index[i] = min(max(index[i], 0), in-1)
	}
	x := n.check(n.im.promote(n.pick(v, axis, index, 0)))
	s := n.Shape(x)
	// Labels: the axes of x, of which axis is the window; then tap and phase.
	view := tensor.Identity(s)
	view.Axes[axis] = c.count
	view.Axes = append(view.Axes, length)
	view.Index[axis] = tensor.Affine{Offset: max(c.from, 0), Terms: []tensor.Term{{Axis: axis, Coef: c.step}, {Axis: len(s), Coef: 1}}}
	view.To = view.Axes
	tap, phase := len(s), len(s)+1
	k := tensor.Contraction{Extents: append(view.Axes.Clone(), len(c.rows)), A: axes(0, len(s)+1), B: []int{phase, tap}}
	k.Out = append(append(axes(0, axis+1), phase), axes(axis+1, len(s))...)
	weights := make([]float32, 0, len(c.rows)*length)
	for _, row := range c.rows {
		for _, w := range row {
			weights = append(weights, float32(w))
		}
	}
	to := s.Clone()
	to[axis] = c.count * len(c.rows)
	y := n.b.Contract(n.b.View(x, view, 0), n.b.Const(tensor.Shape{len(c.rows), length}, weights), k)
	return &value{dtype: v.dtype, id: n.b.Reshape(y, to)}
}
