// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// perStep is what one step of a recurrent operator takes of the budget of a
// model: a file of a few bytes could ask for any number of them.
const perStep = 64

// none is a graph node that is not there: a left-out input, or a state that is
// zero.
const none graph.ID = -1

// A recurrent is a node of the LSTM, GRU and RNN family. The number of steps is
// fixed, so the loop is unrolled.
type recurrent struct {
	n       *node
	gates   int
	initial []int    // indices of the inputs with initial states
	count   int      // of directions
	x       graph.ID // steps · batch · input size
	steps   int
	batch   int
	hidden  int
	dirs    []direction
	clip    float64
	byBatch bool // layout 1: the batch is the first axis of inputs and outputs
}

// A direction holds the parameters of one pass over the sequence. Biases and
// states that are zero are none.
type direction struct {
	index    int
	w, r     graph.ID // gates·hidden · input size, gates·hidden · hidden
	wb, rb   graph.ID // gates·hidden
	states   []graph.ID
	backward bool
	f        []func(graph.ID) graph.ID
}

// A cell computes one step: x is the part of the gates that depends on the input
// of the step, batch · gates·hidden, states are those of the step before, and the
// first of the results is the output of the step.
type cell func(d *direction, x graph.ID, states []graph.ID) []graph.ID

// recurrence reads what LSTM, GRU and RNN have in common; activations are the
// default ones, and initial the inputs with initial states.
//
// https://onnx.ai/onnx/operators/onnx__LSTM.html
func (n *node) recurrence(gates int, activations []string, initial ...int) *recurrent {
	n.Ignore("output_sequence") // of version 1: all outputs are computed
	c := &recurrent{n: n, gates: gates, initial: initial, x: n.In(0), clip: n.Float("clip", 0)}
	c.byBatch = n.Bool("layout", false)
	w, r := n.In(1), n.In(2)
	ws, rs := n.Shape(w), n.Shape(r)
	if s := n.Shape(c.x); len(s) != 3 || len(ws) != 3 || len(rs) != 3 || s[2] != ws[2] || rs[1] != gates*rs[2] || ws[1] != rs[1] || ws[0] != rs[0] {
		n.Failf("inputs of shapes %v, %v and %v", s, ws, rs)
	}
	c.x = c.swap(c.x)
	s := n.Shape(c.x)
	c.count, c.steps, c.batch, c.hidden = rs[0], s[0], s[1], rs[2]
	if h := n.Int("hidden_size", int64(c.hidden)); h != int64(c.hidden) {
		n.Failf("hidden_size is %d, but the weights have shape %v", h, rs)
	}
	backward := map[string][]bool{"forward": {false}, "reverse": {true}, "bidirectional": {false, true}}[n.String("direction", "forward")]
	if len(backward) != rs[0] {
		n.Failf("direction %q, but the weights are for %d directions", n.String("direction", "forward"), rs[0])
	}
	n.Spend(c.steps * c.count * perStep)
	c.lengths()
	names := n.Strings("activations")
	if names == nil {
		names = slices.Repeat(activations, len(backward))
	}
	if len(names) != len(activations)*len(backward) {
		n.Failf("%d activations, want %d", len(names), len(activations)*len(backward))
	}
	fs := c.activations(names)
	for i, back := range backward {
		d := direction{index: i, w: c.of(w, i), r: c.of(r, i), wb: none, rb: none, backward: back}
		if n.Has(3) {
			b := c.of(c.shaped(3, c.count, 2*rs[1]), i)
			d.wb, d.rb = n.part(b, 0, 0, rs[1]), n.part(b, 0, rs[1], rs[1])
		}
		for _, in := range initial {
			d.states = append(d.states, c.initialState(in, i))
		}
		d.f, fs = fs[:len(activations)], fs[len(activations):]
		c.dirs = append(c.dirs, d)
	}
	return c
}

// lengths checks that every sequence is as long as the input.
func (c *recurrent) lengths() {
	if !c.n.Has(4) {
		return
	}
	for i, k := range c.n.IntsIn(4) {
		if k != int64(c.steps) {
			c.n.Failf("sequence %d has length %d of %d steps; only full sequences are supported", i, k, c.steps)
		}
	}
}

// initialState returns the initial state of direction i, none if it is zero.
func (c *recurrent) initialState(in, i int) graph.ID {
	if !c.n.Has(in) {
		return none
	}
	x := c.n.In(in)
	if data := c.n.b.ConstData(x); data != nil && !slices.ContainsFunc(data, func(v float32) bool { return v != 0 }) {
		return none
	}
	x = c.swap(x)
	if s := c.n.Shape(x); !s.Equal(tensor.Shape{c.count, c.batch, c.hidden}) {
		c.n.Failf("input %d has shape %v, want %d directions, batch %d, %d hidden", in, s, c.count, c.batch, c.hidden)
	}
	return c.of(x, i)
}

// shaped returns input in, which must have the given shape.
func (c *recurrent) shaped(in int, want ...int) graph.ID {
	x := c.n.In(in)
	if s := c.n.Shape(x); !s.Equal(want) {
		c.n.Failf("input %d has shape %v, want %v", in, s, tensor.Shape(want))
	}
	return x
}

// of returns element i of the first axis of x.
func (c *recurrent) of(x graph.ID, i int) graph.ID {
	s := c.n.Shape(x)
	return c.n.b.Reshape(c.n.part(x, 0, i, 1), s[1:])
}

// swap exchanges the first two axes of x if the batch comes first.
func (c *recurrent) swap(x graph.ID) graph.ID {
	if !c.byBatch {
		return x
	}
	return c.n.b.Transpose(x, []int{1, 0, 2})
}

// run unrolls the loop and returns the outputs Y, Y_h, … in the layout of the
// node.
func (c *recurrent) run(step cell) []*value {
	n := c.n
	outs := make([]graph.ID, len(c.dirs)) // steps · 1 · batch · hidden
	last := make([][]graph.ID, len(c.initial))
	at := tensor.Shape{1, 1, c.batch, c.hidden}
	for i := range c.dirs {
		d := &c.dirs[i]
		x := c.project(d)
		states := d.states
		ys := make([]graph.ID, c.steps)
		for k := range c.steps {
			t := k
			if d.backward {
				t = c.steps - 1 - k
			}
			states = step(d, c.of(x, t), states)
			ys[t] = n.b.Reshape(states[0], at)
		}
		outs[i] = n.joined(0, ys)
		for k, s := range states {
			last[k] = append(last[k], n.b.Reshape(s, at[1:]))
		}
	}
	y := n.joined(1, outs)
	if c.byBatch {
		y = n.b.Transpose(y, []int{2, 0, 1, 3})
	}
	values := floats(y)
	for _, l := range last {
		values = append(values, floats(c.swap(n.joined(0, l)))...)
	}
	return values
}

// project computes the part of all gates that does not depend on the states, for
// all steps at once: X·Wᵀ + Wb (+ Rb, unless a cell takes that itself).
func (c *recurrent) project(d *direction) graph.ID {
	s := c.n.Shape(c.x)
	y := c.n.b.Contract(c.x, d.w, tensor.Contraction{
		Extents: []int{s[0], s[1], s[2], c.gates * c.hidden}, A: []int{0, 1, 2}, B: []int{3, 2}, Out: []int{0, 1, 3}})
	return c.n.plus(y, c.n.plus(d.wb, d.rb))
}

// times returns h·rᵀ, none if h is.
func (c *recurrent) times(h, r graph.ID) graph.ID {
	if h == none {
		return none
	}
	sh, sr := c.n.Shape(h), c.n.Shape(r)
	return c.n.b.Contract(h, r, tensor.Contraction{
		Extents: []int{sh[0], sh[1], sr[0]}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}})
}

// gate returns count gates from gate from on of x, of which the last axis is
// gates·hidden; none if x is.
func (c *recurrent) gate(x graph.ID, from, count int) graph.ID {
	if x == none {
		return none
	}
	return c.n.part(x, len(c.n.Shape(x))-1, from*c.hidden, count*c.hidden)
}

// part returns count elements of axis from element from on.
func (n *node) part(x graph.ID, axis, from, count int) graph.ID {
	s := n.Shape(x)
	if from == 0 && count == s[axis] {
		return x
	}
	start, counts := make([]int, len(s)), slices.Clone([]int(s))
	start[axis], counts[axis] = from, count
	view, err := tensor.Slice(s, start, counts, repeat(1, len(s)))
	if err != nil {
		n.Fail(err)
	}
	return n.b.View(x, view, 0)
}

// joined concatenates xs along axis.
func (n *node) joined(axis int, xs []graph.ID) graph.ID {
	if len(xs) == 1 {
		return xs[0]
	}
	return n.b.Concat(axis, xs...)
}

// plus returns x + y, of which either may be none.
func (n *node) plus(x, y graph.ID) graph.ID {
	switch {
	case x == none:
		return y
	case y == none:
		return x
	}
	return n.b.Sum(x, y)
}

// gatedBy returns x · y elementwise, none if either is.
func (n *node) gatedBy(x, y graph.ID) graph.ID {
	if x == none || y == none {
		return none
	}
	return n.b.Mul(x, y)
}
