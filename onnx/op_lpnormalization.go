// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("LpNormalization", since(1), one(func(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	r := over(s, n.Axis(n.Int("axis", -1), len(s)))
	switch p := n.Int("p", 2); p {
	case 1:
		return n.dividedByL1(x, r)
	case 2:
		return n.dividedByL2(x, r)
	default:
		n.Failf("attribute \"p\" is %d, want 1 or 2", p)
		return -1
	}
}))

// dividedByL1 divides x by the sums of the absolute values over the axes of r; 0
// stays 0.
//
// https://onnx.ai/onnx/operators/onnx__LpNormalization.html
func (n *node) dividedByL1(x graph.ID, r reduction) graph.ID {
	return n.b.Divide(x, n.restore(n.filled(n.sum(n.b.Map(x, graph.Func{Name: "abs"}), r, 1)), r))
}

// dividedByL2 divides x by its Euclidean lengths over the axes of r; 0 stays 0.
func (n *node) dividedByL2(x graph.ID, r reduction) graph.ID {
	return n.scaled(x, n.b.Map(n.filled(n.sumSquares(x, r)), graph.Func{Name: "rsqrt"}), r)
}

// filled replaces 0 by 1.
func (n *node) filled(x graph.ID) graph.ID { return n.b.Sum(x, n.b.Map(x, graph.Func{Name: "iszero"})) }
