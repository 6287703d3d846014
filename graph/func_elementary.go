// SPDX-License-Identifier: Apache-2.0

package graph

import "math"

var (
	_ = register("relu", function{0, func(x float64, _ []float64) float64 { return max(x, 0) }, true})
	// clip(x; lo, hi) = min(max(x, lo), hi); either bound may be infinite.
	_ = register("clip", function{2, func(x float64, p []float64) float64 { return min(max(x, p[0]), p[1]) }, false})
	_ = register("sigmoid", function{0, func(x float64, _ []float64) float64 { return 1 / (1 + math.Exp(-x)) }, true})
	_ = register("tanh", function{0, func(x float64, _ []float64) float64 { return math.Tanh(x) }, false})
	_ = register("exp", function{0, func(x float64, _ []float64) float64 { return math.Exp(x) }, true})
)
