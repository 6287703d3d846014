// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
)

var (
	_ = register("Clip", since(1), one(func(n *node) graph.ID {
		n.Ignore("consumed_inputs")
		return clip(n, n.Float("min", math.Inf(-1)), n.Float("max", math.Inf(1)))
	}))
	_ = register("Clip", since(11), one(func(n *node) graph.ID {
		lo, hi := math.Inf(-1), math.Inf(1)
		if n.Has(1) {
			lo = n.ScalarIn(1)
		}
		if n.Has(2) {
			hi = n.ScalarIn(2)
		}
		return clip(n, lo, hi)
	}), note("with bounds that are known when the model is loaded"))
)

var _ = skip("node/test_clip_default_int8_*", "arithmetic is on floating-point types only")

// clip computes min(max(x, lo), hi).
//
// https://onnx.ai/onnx/operators/onnx__Clip.html
func clip(n *node, lo, hi float64) graph.ID {
	return n.b.Map(n.In(0), graph.Func{Name: "clip", Params: []float64{lo, hi}})
}
