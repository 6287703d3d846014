// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("GatherElements", since(11), lowerGatherElements, note("with indices that are known when the model is loaded"))

// lowerGatherElements picks single elements: the index along the axis is given
// for each element of the result, the others are its own.
//
// https://onnx.ai/onnx/operators/onnx__GatherElements.html
func lowerGatherElements(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	axis := n.Axis(n.Int("axis", 0), len(s))
	to := n.ShapeOf(n.Value(1))
	flat := n.alongAxis(1, s, axis)
	return n.regrouped(n.pick(n.regrouped(v, tensor.Shape{extent(s)})[0], 0, flat, 0), to)
}

// alongAxis returns, for each element of input i, indices along an axis of a
// tensor of shape s, the flat index of the element of that tensor.
func (n *node) alongAxis(i int, s tensor.Shape, axis int) []int {
	index := n.indexIn(i, s[axis])
	is := n.ShapeOf(n.Value(i))
	if len(is) != len(s) {
		n.Failf("indices of shape %v for a tensor of shape %v", is, s)
	}
	for d := range s {
		if d != axis && is[d] > s[d] {
			n.Failf("indices of shape %v for a tensor of shape %v", is, s)
		}
	}
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
