// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// A line of a mask is what a softmax along one axis is taken over. lines holds its
// geometry: element k of line l is (l/inner·count + k)·inner + l%inner.
type lines struct {
	count, inner int
}

func (g lines) at(line, k int) int { return (line/g.inner*g.count+k)*g.inner + line%g.inner }

// full is the shape of the mask with as many axes as s.
func (m *mask) full(s tensor.Shape) tensor.Shape {
	return slices.Concat(slices.Repeat(tensor.Shape{1}, len(s)-len(m.shape)), m.shape)
}

// first returns, for each line along an axis of a tensor of shape s, the first
// element that is not hidden. It returns false if there is none, or if the mask
// does not reach along the axis.
func (m *mask) first(s tensor.Shape, axis int) ([]int, bool) {
	full := m.full(s)
	if full[axis] != s[axis] {
		return nil, false
	}
	g := lines{full[axis], full[axis+1:].Size()}
	out := make([]int, len(m.hidden)/g.count)
	for l := range out {
		for out[l] < g.count && m.hidden[g.at(l, out[l])] {
			out[l]++
		}
	}
	return out, !slices.Contains(out, g.count)
}

// softmax is the softmax, along one axis, of the elements that are not hidden, and
// 0 at the others. For the maximum, the first element that is not hidden takes the
// place of each that is.
//
//	y = k·exp(x' − max x') / ∑ k·exp(x' − max x'),  x' = k·x + (1−k)·x[first],  k = 0 where hidden
func (m *mask) softmax(n *node, r reduction, first []int) graph.ID {
	n.Spend(2 * len(m.hidden))
	kept, replaced := make([]float32, len(m.hidden)), make([]float32, len(m.hidden))
	for at, hidden := range m.hidden {
		if hidden {
			replaced[at] = 1
		} else {
			kept[at] = 1
		}
	}
	all := axes(0, len(r.from))
	times, instead := m.factor(n, r.from, kept), m.factor(n, r.from, replaced)
	other := n.b.BroadcastTo(m.pick(n, r, first), r.from)
	x := n.b.Sum(times(m.scores, all), instead(other, all))
	e := times(n.b.Map(n.minus(x, n.max(x, r), r), graph.Func{Name: "exp"}), all)
	return n.b.Divide(e, n.restore(n.sum(e, r, 1), r))
}

// factor returns a function that multiplies a tensor of shape s elementwise by a
// constant in the shape of the mask, and adds up over the axes that out lacks.
func (m *mask) factor(n *node, s tensor.Shape, data []float32) func(x graph.ID, out []int) graph.ID {
	var labels []int
	shape := tensor.Shape{}
	for d, extent := range m.full(s) {
		if extent == s[d] {
			labels, shape = append(labels, d), append(shape, extent)
		}
	}
	c := n.b.Const(shape, data)
	return func(x graph.ID, out []int) graph.ID {
		return n.b.Contract(x, c, tensor.Contraction{Extents: s, A: axes(0, len(s)), B: labels, Out: out})
	}
}

// pick takes the first element that is not hidden of every line: a slice if the
// place is the same in all, as under a causal mask, else a contraction with ones
// at those places.
func (m *mask) pick(n *node, r reduction, first []int) graph.ID {
	axis := r.axes[0]
	if slices.Min(first) == slices.Max(first) {
		start := make([]int, len(r.from))
		start[axis] = first[0]
		view, err := tensor.Slice(r.from, start, r.with, repeat(1, len(r.from)))
		if err != nil {
			n.Fail(err)
		}
		return n.b.View(m.scores, view, 0)
	}
	n.Spend(len(m.hidden))
	ones := make([]float32, len(m.hidden))
	full := m.full(r.from)
	g := lines{full[axis], full[axis+1:].Size()}
	for l, k := range first {
		ones[g.at(l, k)] = 1
	}
	return n.restore(m.factor(n, r.from, ones)(m.scores, r.kept), r)
}
