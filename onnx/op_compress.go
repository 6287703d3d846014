// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("Compress", since(9), lowerCompress, note("with a condition that is known when the model is loaded"))

// lowerCompress keeps the slices of input 0 along an axis, or its elements,
// where the condition is true; the condition may be short.
//
// https://onnx.ai/onnx/operators/onnx__Compress.html
func lowerCompress(n *node) []*value {
	v := n.Value(0)
	axis := 0
	if n.HasAttr("axis") {
		axis = n.Axis(n.Int("axis", 0), len(n.ShapeOf(v)))
	} else {
		v = n.regrouped(v, tensor.Shape{extent(n.ShapeOf(v))})[0]
	}
	condition := n.IntsIn(1)
	if s := n.ShapeOf(v); len(condition) > s[axis] {
		n.Failf("a condition of %d elements for an axis of %d", len(condition), s[axis])
	}
	var index []int
	for i, c := range condition {
		if c != 0 {
			index = append(index, i)
		}
	}
	return []*value{n.pick(v, axis, index, 0)}
}
