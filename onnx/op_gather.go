// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Gather", since(1), lowerGather)

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

// lookup picks slices of x along an axis by indices that the network computes:
//
//	y[…, i, …] = x[…, index[i], …]
func (n *node) lookup(x graph.ID, axis int, index *value) graph.ID {
	s, si := n.Shape(x), n.ShapeOf(index)
	n.rank(len(s) + len(si) - 1)
	first := slices.Concat([]int{axis}, axes(0, axis), axes(axis+1, len(s)))
	y := n.b.Gather(n.permuted(x, first), n.index(index), 0)
	k := len(si)
	return n.permuted(y, slices.Concat(axes(k, k+axis), axes(0, k), axes(k+axis, len(s)+k-1)))
}

// index returns a value that holds indices as a graph node.
func (n *node) index(v *value) graph.ID {
	if !v.dtype.IsInt() {
		n.Failf("indices of type %v", v.dtype)
	}
	return n.check(n.im.promote(v))
}

// permuted is x with its axes in another order.
func (n *node) permuted(x graph.ID, perm []int) graph.ID {
	if slices.IsSorted(perm) {
		return x
	}
	return n.b.Transpose(x, perm)
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
