// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("Transpose", since(1), lowerTranspose)

// lowerTranspose permutes the axes, by default to their reverse.
//
// https://onnx.ai/onnx/operators/onnx__Transpose.html
func lowerTranspose(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	perm := make([]int, len(s))
	for i := range perm {
		perm[i] = len(s) - 1 - i
	}
	if p := n.Ints("perm"); p != nil {
		perm = n.Small("perm", p, 0)
	}
	return n.reindex(v, 0)(tensor.Transpose(s, perm))
}
