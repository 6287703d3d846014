// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("LpPool", since(1), one(func(n *node) graph.ID { return lpPool(n, n.Float("p", 2)) }))
	_ = register("LpPool", since(2), one(func(n *node) graph.ID { return lpPool(n, float64(n.Int("p", 2))) }))
	_ = register("GlobalLpPool", since(1), one(func(n *node) graph.ID { return globalLpPool(n, n.Float("p", 2)) }))
	_ = register("GlobalLpPool", since(2), one(func(n *node) graph.ID { return globalLpPool(n, float64(n.Int("p", 2))) }))
)

// lpPool takes the p-norm of the windows of X; padding is 0.
//
//	Y[n, c, o…] = (∑_{k…} |X[n, c, window(o, k)…]|ᵖ)^{1/p}
//
// https://onnx.ai/onnx/operators/onnx__LpPool.html
func lpPool(n *node, p float64) graph.ID {
	x := n.In(0)
	view, slid := n.pool(n.Shape(x))
	return n.norm(n.b.View(x, view, 0), p, len(slid))
}

// globalLpPool takes the p-norm over the spatial axes, and keeps them with
// extent 1.
//
// https://onnx.ai/onnx/operators/onnx__GlobalLpPool.html
func globalLpPool(n *node, p float64) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	return n.b.Reshape(n.norm(x, p, len(n.spatial(s))), pooled(s))
}

// norm takes the p-norm over the last count axes of x.
func (n *node) norm(x graph.ID, p float64, count int) graph.ID {
	if !(p > 0) {
		n.Failf("the norm of order %v", p)
	}
	s := n.Shape(x)
	c := tensor.Contraction{Extents: s, A: axes(0, len(s)), B: []int{}, Out: axes(0, len(s)-count)}
	switch p {
	case 1:
		return n.b.Contract(n.b.Map(x, graph.Func{Name: "abs"}), n.b.Scalar(1), c)
	case 2:
		c.B = c.A
		return n.b.Map(n.b.Contract(x, x, c), graph.Func{Name: "sqrt"})
	}
	power := n.b.Map(n.b.Map(x, graph.Func{Name: "abs"}), graph.Func{Name: "pow", Params: []float64{p}})
	return n.b.Map(n.b.Contract(power, n.b.Scalar(1), c), graph.Func{Name: "pow", Params: []float64{1 / p}})
}
