// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("GatherElements", since(11), lowerGatherElements)

// lowerGatherElements picks single elements: the index along the axis is given
// for each element of the result, the others are its own.
//
// https://onnx.ai/onnx/operators/onnx__GatherElements.html
func lowerGatherElements(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	axis := n.Axis(n.Int("axis", 0), len(s))
	index := n.Value(1)
	to := n.ShapeOf(index)
	if index.host == nil {
		return like(v, n.lookupElements(n.check(n.im.promote(v)), axis, index))
	}
	flat := n.alongAxis(1, s, axis)
	return n.regrouped(n.pick(n.regrouped(v, tensor.Shape{extent(s)})[0], 0, flat, 0), to)
}

// lookupElements is GatherElements by indices that the network computes: along the
// axis each row of x has its own.
func (n *node) lookupElements(x graph.ID, axis int, index *value) graph.ID {
	s := n.ShapeOf(index)
	n.sameRows(s, n.Shape(x), axis)
	for d := range s {
		if d != axis {
			x = n.part(x, d, 0, s[d])
		}
	}
	last := slices.Concat(axes(0, axis), axes(axis+1, len(s)), []int{axis})
	y := n.b.Gather(n.permuted(x, last), n.permuted(n.index(index), last), len(s)-1)
	return n.permuted(y, slices.Concat(axes(0, axis), []int{len(s) - 1}, axes(axis, len(s)-1)))
}

// sameRows ends the lowering if indices of shape is do not fit a tensor of shape s
// outside the axis that they are about.
func (n *node) sameRows(is, s tensor.Shape, axis int) {
	fits := len(is) == len(s)
	for d := range s {
		fits = fits && (d == axis || is[d] <= s[d])
	}
	if !fits {
		n.Failf("indices of shape %v for a tensor of shape %v", is, s)
	}
}

// alongAxis returns, for each element of input i, indices along an axis of a
// tensor of shape s, the flat index of the element of that tensor.
func (n *node) alongAxis(i int, s tensor.Shape, axis int) []int {
	index := n.indexIn(i, s[axis])
	is := n.ShapeOf(n.Value(i))
	n.sameRows(is, s, axis)
	inner, within := is.Strides(), s.Strides()
	for at := range index {
		flat := index[at] * within[axis]
		for d := range s {
			if d != axis {
				flat += at / inner[d] % is[d] * within[d]
			}
		}
		index[at] = flat
	}
	return index
}
