// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("ConvInteger", since(10), lowerConvInteger)
	_ = register("MatMulInteger", since(10), lowerMatMulInteger)
)

// centered returns input i less its zero points, input zero: one, or one for
// each index of axis.
func (n *node) centered(i, zero, axis int) graph.ID {
	x := n.Real(i)
	if !n.Has(zero) {
		return x
	}
	z := n.Real(zero)
	s := n.Shape(x)
	if at := n.Shape(z); len(at) == 1 && at[0] > 1 {
		a := n.Axis(int64(axis), len(s))
		if at[0] != s[a] {
			n.Failf("%d zero points for axis %d of shape %v", at[0], a, s)
		}
		z = n.b.Reshape(z, slices.Concat(tensor.Shape{s[a]}, slices.Repeat(tensor.Shape{1}, len(s)-a-1)))
	} else if at.Size() == 1 {
		z = n.b.Reshape(z, tensor.Shape{})
	}
	return lowerSub(n, x, z)
}

// lowerConvInteger convolves integers less their zero points.
//
// https://onnx.ai/onnx/operators/onnx__ConvInteger.html
func lowerConvInteger(n *node) []*value {
	return int32s(convolve(n, n.centered(0, 2, 0), n.centered(1, 3, 0), none))
}

// lowerMatMulInteger multiplies matrices of integers less their zero points, of
// which a may have one for each row and b one for each column.
//
// https://onnx.ai/onnx/operators/onnx__MatMulInteger.html
func lowerMatMulInteger(n *node) []*value {
	return int32s(lowerMatMul(n, n.centered(0, 2, -2), n.centered(1, 3, -1)))
}

// int32s returns id as the output of a lowering: reals that are integers.
func int32s(id graph.ID) []*value { return []*value{{dtype: onnxpb.Int32, id: id}} }
