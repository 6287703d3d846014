// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Gemm", since(6), one(func(n *node) graph.ID {
		n.Ignore("broadcast") // the shapes say the same
		return lowerGemm(n)
	}))
	_ = register("Gemm", since(7), one(lowerGemm))
)

// lowerGemm lowers Y = α·op(A)·op(B) + β·C to a contraction and a sum.
//
// https://onnx.ai/onnx/operators/onnx__Gemm.html
func lowerGemm(n *node) graph.ID {
	y := gemm(n, n.In(0), n.In(1))
	alpha, beta := n.Float("alpha", 1), n.Float("beta", 1)
	switch {
	case n.Has(2):
		bias := n.b.BroadcastTo(n.In(2), n.Shape(y))
		return n.b.Linear(0, []float64{alpha, beta}, y, bias)
	case alpha != 1:
		return n.b.Linear(0, []float64{alpha}, y)
	}
	return y
}

// gemm lowers op(A)·op(B).
func gemm(n *node, a, b graph.ID) graph.ID {
	const row, sum, col = 0, 1, 2
	side := func(i int, x graph.ID, transposed bool, labels ...int) []int {
		if s := n.Shape(x); len(s) != 2 {
			n.Failf("input %d has shape %v, want two axes", i, s)
		}
		if transposed {
			labels[0], labels[1] = labels[1], labels[0]
		}
		return labels
	}
	la, lb := side(0, a, n.Bool("transA", false), row, sum), side(1, b, n.Bool("transB", false), sum, col)
	c := tensor.Contraction{Extents: make([]int, 3), A: la, B: lb, Out: []int{row, col}}
	for i, e := range n.Shape(b) {
		c.Extents[lb[i]] = e
	}
	for i, e := range n.Shape(a) {
		if la[i] == sum && e != c.Extents[sum] {
			n.Failf("inputs of shapes %v and %v: inner extents %d and %d", n.Shape(a), n.Shape(b), e, c.Extents[sum])
		}
		c.Extents[la[i]] = e
	}
	return n.b.Contract(a, b, c)
}
