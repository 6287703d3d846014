// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

var _ = register("OneHot", since(9), lowerOneHot, note("with a depth and values that are known when the model is loaded; indices that are not must not be negative"))

// maxComparisons bounds the numbers of indices times places where the indices are
// values of the network.
const maxComparisons = 1 << 16

// lowerOneHot inserts an axis along which the place that the index names holds
// the second of two values, all others the first.
//
// https://onnx.ai/onnx/operators/onnx__OneHot.html
func lowerOneHot(n *node) []*value {
	index := n.Value(0)
	s := n.ShapeOf(index)
	depth := n.Small("depth", []int64{n.countIn(1)}, 1)[0]
	axis := n.Axis(n.Int("axis", -1), len(s)+1)
	n.rank(len(s) + 1)
	// The new axis is made last and moved.
	perm := slices.Insert(axes(0, len(s)), axis, len(s))
	if index.host != nil {
		return n.hostOneHot(index, s, depth, perm)
	}
	if s.Size() > maxComparisons/depth {
		n.Failf("the indices depend on the network's input, and %d of them by a depth of %d are too many: at most %d comparisons are supported",
			s.Size(), depth, maxComparisons)
	}
	off, on := 0.0, 0.0
	dtype := n.Value(2).dtype
	if dtype.IsFloat() {
		x := n.FloatsIn(2)
		n.pair(len(x))
		off, on = float64(x[0]), float64(x[1])
	} else {
		x := n.IntsIn(2)
		n.pair(len(x))
		off, on = float64(x[0]), float64(x[1])
	}
	hot := n.oneHot(index.id, depth)
	if off != 0 || on != 1 {
		hot = n.b.Linear(off, []float64{on - off}, hot)
	}
	return []*value{{dtype: dtype, id: n.b.Transpose(hot, perm)}}
}

func (n *node) pair(count int) {
	if count != 2 {
		n.Failf("input 2 has %d elements, want two values", count)
	}
}

// hostOneHot is lowerOneHot on the host; negative indices count from the end, and
// no place is hot for one that is out of range.
func (n *node) hostOneHot(index *value, s tensor.Shape, depth int, perm []int) []*value {
	x, err := index.host.reals()
	if err != nil {
		n.Fail(err)
	}
	to := append(s.Clone(), depth)
	n.SpendOn(to)
	which := make([]int, 0, extent(to))
	for _, at := range x {
		if at < 0 {
			at += float32(depth)
		}
		for k := range depth {
			hot := 0
			if float32(k) == at {
				hot = 1
			}
			which = append(which, hot)
		}
	}
	n.pair(extent(n.ShapeOf(n.Value(2))))
	hot := n.regrouped(n.pick(n.Value(2), 0, which, 0), to)[0]
	if extent(to) == 0 {
		return []*value{hot}
	}
	return n.reindex(hot, 0)(tensor.Transpose(to, perm))
}
