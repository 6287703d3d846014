// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Gather", since(1), lowerGather, onHost(hostGather), note("with indices that are known when the model is loaded"))

// maxPieces bounds the slices that one Gather is joined from.
const maxPieces = 1 << 12

// lowerGather picks slices of input 0 along an axis. Indices an equal step apart
// are one strided slice; others are joined from slices.
//
// https://onnx.ai/onnx/operators/onnx__Gather.html
func lowerGather(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	axis := n.Axis(n.Int("axis", 0), len(s))
	index, shape := gatherIndex(n, s[axis])
	if len(index) == 0 {
		n.Failf("it picks no elements")
	}
	to := slices.Concat(s[:axis], shape, s[axis+1:])
	pick := func(from, count, step int) graph.ID {
		start, counts, steps := make([]int, len(s)), slices.Clone([]int(s)), repeat(1, len(s))
		start[axis], counts[axis], steps[axis] = from, count, step
		view, err := tensor.Slice(s, start, counts, steps)
		if err != nil {
			n.Fail(err)
		}
		return n.b.View(n.check(n.im.promote(v)), view, 0)
	}
	step := 1
	if len(index) > 1 {
		step = index[1] - index[0]
	}
	even := true
	for i := 1; i < len(index); i++ {
		even = even && index[i]-index[i-1] == step
	}
	if even && (step != 0 || len(index) == 1) {
		return like(v, n.b.Reshape(pick(index[0], len(index), step), to))
	}
	if len(index) > maxPieces {
		n.Failf("it picks %d slices in no even order, at most %d are supported", len(index), maxPieces)
	}
	pieces := make([]graph.ID, len(index))
	for i, at := range index {
		pieces[i] = pick(at, 1, 1)
	}
	return like(v, n.b.Reshape(n.b.Concat(axis, pieces...), to))
}

// gatherIndex returns the indices of input 1 mapped to [0, extent), and their
// shape.
func gatherIndex(n *node, extent int) ([]int, tensor.Shape) {
	list := n.IntsIn(1)
	out := make([]int, len(list))
	for i, x := range list {
		if x < -int64(extent) || x >= int64(extent) {
			n.Failf("index %d is outside [%d, %d)", x, -extent, extent)
		}
		if x < 0 {
			x += int64(extent)
		}
		out[i] = int(x)
	}
	return out, n.Value(1).host.shape
}

// hostGather is lowerGather on the host.
func hostGather(n *node) []*value {
	v := n.Value(0)
	s := v.host.shape
	axis := n.Axis(n.Int("axis", 0), len(s))
	index, shape := gatherIndex(n, s[axis])
	to := slices.Concat(s[:axis], shape, s[axis+1:])
	n.SpendOn(to)
	if v.dtype.IsFloat() {
		return []*value{hostFloats(v.dtype, to, gathered(n.FloatsIn(0), s, axis, index))}
	}
	return []*value{hostInts(v.dtype, to, gathered(n.IntsIn(0), s, axis, index))}
}

func gathered[T any](data []T, s tensor.Shape, axis int, index []int) []T {
	outer, inner := extent(s[:axis]), extent(s[axis+1:])
	out := make([]T, 0, outer*len(index)*inner)
	if cap(out) == 0 {
		return out
	}
	for o := range outer {
		for _, i := range index {
			from := (o*s[axis] + i) * inner
			out = append(out, data[from:from+inner]...)
		}
	}
	return out
}
