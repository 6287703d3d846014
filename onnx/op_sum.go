// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("Sum", since(6), one(lowerSum))

// lowerSum adds any number of broadcasting tensors.
//
// https://onnx.ai/onnx/operators/onnx__Sum.html
func lowerSum(n *node) graph.ID {
	args, coefs := make([]graph.ID, n.NumInputs()), make([]float64, n.NumInputs())
	for i := range args {
		args[i], coefs[i] = n.In(i), 1
	}
	return n.b.Linear(0, coefs, args...)
}
