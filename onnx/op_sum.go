// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
)

var _ = register("Sum", since(1), one(lowerSum))

// lowerSum adds any number of broadcasting tensors.
//
// https://onnx.ai/onnx/operators/onnx__Sum.html
func lowerSum(n *node) graph.ID {
	xs := n.all()
	return n.b.Linear(0, slices.Repeat([]float64{1}, len(xs)), xs...)
}
