// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("CenterCropPad", since(18), lowerCenterCropPad, note("to a shape that is known when the model is loaded"))

// lowerCenterCropPad crops the listed axes, or pads them with 0, on both sides
// alike; of an odd difference the larger part is at the end.
//
// https://onnx.ai/onnx/operators/onnx__CenterCropPad.html
func lowerCenterCropPad(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	list := n.Ints("axes")
	if list == nil {
		for i := range s {
			list = append(list, int64(i))
		}
	}
	target := n.Small("shape", n.IntsIn(1), 1)
	if len(target) != len(list) {
		n.Failf("extents %v for %d axes", target, len(list))
	}
	before, after := make([]int, len(s)), make([]int, len(s))
	for i, axis := range n.Axes(list, len(s)) {
		d := target[i] - s[axis]
		before[axis] = d / 2
		after[axis] = d - d/2
	}
	return n.reindex(v, 0)(tensor.Pad(s, before, after))
}
