// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("ConstantOfShape", since(9), lowerConstantOfShape)

var (
	_ = skip("node/test_constantofshape_int_shape_zero", "the output has no elements")
	_ = skip("node/test_causal_conv_with_state_kernel_size_one_expanded", "an output has no elements")
)

// maxFilled bounds the elements of a floating-point tensor that is stored; a
// larger one is a broadcast of its one number.
const maxFilled = 1 << 12

// lowerConstantOfShape fills a tensor with one number, by default float 0.
//
// https://onnx.ai/onnx/operators/onnx__ConstantOfShape.html
func lowerConstantOfShape(n *node) []*value {
	dims := n.Small("shape", n.IntsIn(0), 0)
	n.rank(len(dims))
	s := append(tensor.Shape{}, dims...)
	fill := &host{dtype: onnxpb.Float, floats: []float32{0}}
	if t := n.Tensor("value"); t != nil {
		h, err := newHost(t, "attribute \"value\"")
		if err != nil {
			n.Fail(err)
		}
		fill = h
	}
	if fill.src != nil && fill.size() != 1 {
		n.Failf("attribute \"value\" has shape %v, want one element", fill.shape)
	}
	if fill.dtype.IsInt() {
		x, err := fill.Ints()
		if err != nil {
			n.Fail(err)
		}
		n.SpendOn(s)
		return []*value{hostInts(fill.dtype, s, repeat(x[0], extent(s)))}
	}
	x, err := fill.Floats()
	if err != nil {
		n.Fail(err)
	}
	if err := checkExtents(s); err != nil {
		n.Fail(err)
	}
	if size := extent(s); size <= maxFilled {
		n.Spend(size)
		return []*value{hostFloats(fill.dtype, s, repeat(x[0], size))}
	}
	return []*value{{dtype: fill.dtype, id: n.b.BroadcastTo(n.b.Scalar(float64(x[0])), s)}}
}

func repeat[T any](x T, count int) []T {
	out := make([]T, count)
	for i := range out {
		out[i] = x
	}
	return out
}
