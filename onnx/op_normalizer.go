// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("Normalizer", since(1), one(lowerNormalizer), in(mlDomain), note("norm MAX of features of which one is positive"))

// lowerNormalizer divides the features of every sample by their maximum, the sum
// of their absolute values or their Euclidean length; where that is 0 nothing is
// divided.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_Normalizer.html
func lowerNormalizer(n *node) graph.ID {
	x := n.Real(0)
	s := n.Shape(x)
	if len(s) == 0 {
		n.Failf("input is a scalar, want features")
	}
	r := over(s, len(s)-1)
	switch norm := n.String("norm", "MAX"); norm {
	case "MAX":
		return n.b.Divide(x, n.restore(n.filled(n.max(x, r)), r))
	case "L1":
		return n.dividedByL1(x, r)
	case "L2":
		return n.dividedByL2(x, r)
	default:
		n.Failf("attribute \"norm\" is %q, want \"MAX\", \"L1\" or \"L2\"", norm)
		return -1
	}
}
