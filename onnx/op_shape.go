// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Shape", since(1), lowerShape)

var _ = skip("node/test_shape_start_greater_than_end", "the output has no elements")

// lowerShape returns the extents of its input from axis start to axis end;
// shapes are fixed, so it is always known.
//
// https://onnx.ai/onnx/operators/onnx__Shape.html
func lowerShape(n *node) []*value {
	s := n.ShapeOf(n.moved(0))
	bound := func(name string, def int) int {
		a := n.Int(name, int64(def))
		if a < 0 {
			a += int64(len(s))
		}
		return int(min(max(a, 0), int64(len(s))))
	}
	from, to := bound("start", 0), bound("end", len(s))
	out := make([]int64, 0, len(s))
	for _, d := range s[from:max(from, to)] {
		out = append(out, int64(d))
	}
	return []*value{hostInts(onnxpb.Int64, tensor.Shape{len(out)}, out)}
}
