// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

const gatherNote = "with indices that are known when the model is loaded, or a few that are not and then not negative"

var _ = register("Gather", since(1), lowerGather, note(gatherNote))

// lowerGather picks slices of input 0 along an axis.
//
// https://onnx.ai/onnx/operators/onnx__Gather.html
func lowerGather(n *node) []*value {
	v, index := n.Value(0), n.Value(1)
	s := n.ShapeOf(v)
	axis := n.Axis(n.Int("axis", 0), len(s))
	if index.host == nil {
		return like(v, n.lookup(n.check(n.im.promote(v)), axis, index))
	}
	to := slices.Concat(s[:axis], index.host.shape, s[axis+1:])
	n.rank(len(to))
	picked := n.pick(v, axis, n.indexIn(1, s[axis]), 0)
	return n.regrouped(picked, to)
}

// indexIn returns the integers of input i, indices of an axis of the given
// extent, mapped to [0, extent).
func (n *node) indexIn(i, extent int) []int {
	list := n.IntsIn(i)
	n.Spend(len(list))
	out := make([]int, len(list))
	for k, x := range list {
		out[k] = n.inside(x, extent)
	}
	return out
}

// inside maps an index in [-extent, extent) to [0, extent).
func (n *node) inside(x int64, extent int) int {
	if x < -int64(extent) || x >= int64(extent) {
		n.Failf("index %d is outside [%d, %d)", x, -extent, extent)
	}
	if x < 0 {
		x += int64(extent)
	}
	return int(x)
}

// maxLookup bounds the numbers of rows times indices of a table that is looked up
// with values of the network.
const maxLookup = 1 << 16

// lookup picks slices of x along an axis by indices that the network computes:
//
//	y[…, i, …] = ∑_k [index[i] = k]·x[…, k, …]
func (n *node) lookup(x graph.ID, axis int, index *value) graph.ID {
	s, si := n.Shape(x), n.ShapeOf(index)
	if !index.dtype.IsInt() {
		n.Failf("indices of type %v", index.dtype)
	}
	if si.Size() > maxLookup/s[axis] {
		n.Failf("the indices depend on the network's input, and %d of them into %d slices are too many to look up: at most %d comparisons are supported",
			si.Size(), s[axis], maxLookup)
	}
	hot := n.oneHot(index.id, s[axis])
	c := tensor.Contraction{Extents: slices.Concat(s, si), A: slices.Concat(axes(len(s), len(s)+len(si)), []int{axis}), B: axes(0, len(s))}
	c.Out = slices.Concat(axes(0, axis), axes(len(s), len(s)+len(si)), axes(axis+1, len(s)))
	n.rank(len(c.Out))
	return n.b.Contract(hot, x, c)
}

// oneHot returns [x = k] for k in [0, depth), along a new last axis.
func (n *node) oneHot(x graph.ID, depth int) graph.ID {
	count := make([]float32, depth)
	for k := range count {
		count[k] = float32(k)
	}
	to := append(n.Shape(x).Clone(), 1)
	return n.b.Map(n.b.Linear(0, []float64{1, -1}, n.b.Reshape(x, to), n.b.Const(tensor.Shape{depth}, count)), graph.Func{Name: "iszero"})
}
