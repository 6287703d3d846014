// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/internal/onnxpb"
)

var _ = register("EyeLike", since(9), lowerEyeLike)

// lowerEyeLike returns a matrix of the shape of its input with 1 on a diagonal.
//
// https://onnx.ai/onnx/operators/onnx__EyeLike.html
func lowerEyeLike(n *node) []*value {
	v := n.moved(0)
	s := n.ShapeOf(v)
	if len(s) != 2 {
		n.Failf("input has shape %v, want two axes", s)
	}
	t := onnxpb.DataType(n.Int("dtype", int64(v.dtype)))
	if !t.Supported() {
		n.Failf("type %v is not supported", t)
	}
	k := n.Int("k", 0)
	n.SpendOn(s)
	out := make([]int64, extent(s))
	for i := range s[0] {
		if j := int64(i) + k; j >= 0 && j < int64(s[1]) {
			out[i*s[1]+int(j)] = 1
		}
	}
	if t.IsInt() {
		return []*value{hostInts(t, s, out)}
	}
	x := make([]float32, len(out))
	for i, one := range out {
		x[i] = float32(one)
	}
	return []*value{hostFloats(t, s, x)}
}
