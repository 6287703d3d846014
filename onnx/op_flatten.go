// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("Flatten", since(1), lowerFlatten)

// lowerFlatten regroups the axes before axis to one and the others to another.
//
// https://onnx.ai/onnx/operators/onnx__Flatten.html
func lowerFlatten(n *node) []*value {
	v := n.moved(0)
	s := n.ShapeOf(v)
	axis := n.Int("axis", 1)
	if axis != int64(len(s)) {
		axis = int64(n.Axis(axis, len(s)))
	}
	return n.regrouped(v, tensor.Shape{extent(s[:axis]), extent(s[axis:])})
}
