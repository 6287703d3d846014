// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Constant", since(1), lowerConstant, note("tensors and lists of numbers"))

// lowerConstant puts a tensor of the node in scope.
//
// https://onnx.ai/onnx/operators/onnx__Constant.html
func lowerConstant(n *node) []*value {
	t := n.Tensor("value")
	switch {
	case t != nil:
		h, err := newHost(t, fmt.Sprintf("constant %q", label(n.p)))
		if err != nil {
			n.Fail(err)
		}
		if t.Type.IsFloat() {
			n.im.info.Parameters += int64(h.size())
		}
		return []*value{{dtype: t.Type, host: h}}
	case n.HasAttr("value_float"):
		return []*value{hostFloats(onnxpb.Float, tensor.Shape{}, []float32{float32(n.Float("value_float", 0))})}
	case n.HasAttr("value_floats"):
		x := n.Floats("value_floats")
		return []*value{hostFloats(onnxpb.Float, tensor.Shape{len(x)}, x)}
	case n.HasAttr("value_int"):
		return []*value{hostInts(onnxpb.Int64, tensor.Shape{}, []int64{n.Int("value_int", 0)})}
	case n.HasAttr("value_ints"):
		x := n.Ints("value_ints")
		return []*value{hostInts(onnxpb.Int64, tensor.Shape{len(x)}, x)}
	}
	n.Failf("only constants that are a tensor or numbers are supported")
	return nil
}
