// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
)

// Normalizations of ONNX Runtime, which its optimizer writes into transformers:
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
var (
	_ = register("SimplifiedLayerNormalization", since(1), one(lowerRMSNormalization), note("of ONNX Runtime"))
	_ = register("SkipLayerNormalization", since(1), lowerSkipLayerNormalization, in("com.microsoft"))
	_ = register("SkipSimplifiedLayerNormalization", since(1), lowerSkipSimplifiedLayerNormalization, in("com.microsoft"))
)

// lowerSkipLayerNormalization normalizes the sum of input, skip and bias over the
// last axis; the sum is an output, too.
func lowerSkipLayerNormalization(n *node) []*value {
	x := n.skipped(4)
	s := n.Shape(x)
	r := over(s, len(s)-1)
	y, mean, inverse := n.normalized(x, r, n.Float("epsilon", 1e-12))
	y = n.b.Mul(y, n.param(2, nil, s))
	if n.Has(3) {
		y = n.b.Sum(y, n.param(3, nil, s))
	}
	return slices.Concat(floats(y), floats(n.restore(mean, r)), floats(n.restore(inverse, r)), floats(x))
}

// lowerSkipSimplifiedLayerNormalization divides that sum by the root of its mean
// square.
func lowerSkipSimplifiedLayerNormalization(n *node) []*value {
	if n.UsesOutput(1) {
		n.Failf("output 1 (%q), the mean, is not supported", n.p.Outputs[1])
	}
	x := n.skipped(3)
	s := n.Shape(x)
	r := over(s, len(s)-1)
	inverse := n.inverseRoot(x, r, n.Float("epsilon", 1e-12))
	y := n.b.Mul(n.scaled(x, inverse, r), n.param(2, nil, s))
	return slices.Concat(floats(y), floats(y), floats(n.restore(inverse, r)), floats(x))
}

// skipped adds up input 0, input 1 and, if it is there, input bias.
func (n *node) skipped(bias int) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	if len(s) == 0 {
		n.Failf("input is a scalar")
	}
	args := []graph.ID{x, n.param(1, nil, s)}
	if n.Has(bias) {
		args = append(args, n.param(bias, nil, s))
	}
	return n.b.Linear(0, slices.Repeat([]float64{1}, len(args)), args...)
}
