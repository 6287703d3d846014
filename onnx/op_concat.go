// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Concat", since(1), func(n *node) []*value { return concat(n, n.Int("axis", 1)) }, onHost(func(n *node) []*value {
		return hostConcat(n, n.Int("axis", 1))
	}))
	_ = register("Concat", since(4), func(n *node) []*value { return concat(n, concatAxis(n)) }, onHost(func(n *node) []*value {
		return hostConcat(n, concatAxis(n))
	}))
)

func concatAxis(n *node) int64 {
	if !n.HasAttr("axis") {
		n.Failf("attribute \"axis\" is missing")
	}
	return n.Int("axis", 0)
}

// concat joins the inputs along an axis.
//
// https://onnx.ai/onnx/operators/onnx__Concat.html
func concat(n *node, axis int64) []*value {
	var args []*value
	for i := range n.NumInputs() {
		if v := n.Value(i); extent(n.ShapeOf(v)) > 0 {
			args = append(args, v)
		}
	}
	if len(args) == 0 {
		n.Failf("it has no inputs with elements")
	}
	return []*value{n.join(n.Axis(axis, len(n.ShapeOf(args[0]))), args...)}
}

// hostConcat is concat for integers; empty tensors may take part.
func hostConcat(n *node, axis int64) []*value {
	if n.NumInputs() == 0 || n.Value(0).dtype.IsFloat() {
		return concat(n, axis)
	}
	var t onnxpb.DataType
	var shapes []tensor.Shape
	var data [][]int64
	for i := range n.NumInputs() {
		v := n.Value(i)
		if i == 0 {
			t = v.dtype
		}
		if v.dtype != t {
			n.Failf("inputs of types %v and %v", t, v.dtype)
		}
		shapes, data = append(shapes, v.host.shape), append(data, n.IntsIn(i))
	}
	a := n.Axis(axis, len(shapes[0]))
	shape, err := tensor.Concat(a, shapes)
	if err != nil {
		n.Fail(err)
	}
	n.SpendOn(shape)
	out := make([]int64, 0, extent(shape))
	if extent(shape) > 0 {
		tensor.WalkConcat(a, shapes, func(arg, from, to int) { out = append(out, data[arg][from:to]...) })
	}
	return []*value{hostInts(t, shape, out)}
}
