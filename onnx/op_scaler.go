// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// mlDomain holds the operators of classical models.
const mlDomain = "ai.onnx.ml"

var _ = register("Scaler", since(1), one(lowerScaler), in(mlDomain))

// lowerScaler is (x − offset)·scale, with one number for all features or for each.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_Scaler.html
func lowerScaler(n *node) graph.ID {
	x := n.Real(0)
	s := n.Shape(x)
	apply := func(name string, f func(n *node, x, y graph.ID) graph.ID) {
		data := n.Floats(name)
		switch {
		case data == nil:
		case len(data) == 1:
			x = f(n, x, n.b.Const(tensor.Shape{}, data))
		case len(s) == 0 || len(data) != s[len(s)-1]:
			n.Failf("attribute %q has %d numbers for an input of shape %v", name, len(data), s)
		default:
			x = f(n, x, n.b.Const(tensor.Shape{len(data)}, data))
		}
	}
	apply("offset", lowerSub)
	apply("scale", lowerMul)
	return x
}
