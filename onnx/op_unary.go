// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var (
	_ = register("Relu", since(1), unary("relu"))
	_ = register("Sigmoid", since(1), unary("sigmoid"))
	_ = register("Tanh", since(1), unary("tanh"))
)

// unary lowers an operator that applies a function of package graph to every
// element.
func unary(name string) lowering {
	return one(func(n *node) graph.ID {
		n.Ignore("consumed_inputs") // a memory hint of version 1
		return n.b.Map(n.In(0), graph.Func{Name: name})
	})
}
