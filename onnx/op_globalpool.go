// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("GlobalAveragePool", since(1), one(lowerGlobalAveragePool))
	_ = register("GlobalMaxPool", since(1), one(lowerGlobalMaxPool))
)

// lowerGlobalAveragePool contracts the spatial axes with the reciprocal of their
// number of elements, and keeps them with extent 1.
//
// https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html
func lowerGlobalAveragePool(n *node) graph.ID { return globalAverage(n, n.In(0)) }

func globalAverage(n *node, x graph.ID) graph.ID {
	s := n.Shape(x)
	in := n.spatial(s)
	n.SpendOn(in)
	weight := repeat(float32(1/float64(in.Size())), in.Size())
	y := n.b.Contract(x, n.b.Const(in.Clone(), weight), tensor.Contraction{
		Extents: s, A: axes(0, len(s)), B: axes(2, len(s)), Out: []int{0, 1}})
	return n.b.Reshape(y, pooled(s))
}

// lowerGlobalMaxPool takes the maximum over the spatial axes, and keeps them
// with extent 1.
//
// https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html
func lowerGlobalMaxPool(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	n.spatial(s)
	return n.b.Reshape(n.b.Max(x, axes(2, len(s))...), pooled(s))
}

// pooled returns N·C·1….
func pooled(s tensor.Shape) tensor.Shape {
	return slices.Concat(s[:2], slices.Repeat(tensor.Shape{1}, len(s)-2))
}
