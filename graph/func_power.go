// SPDX-License-Identifier: Apache-2.0

package graph

import "math"

// Powers, the logarithm, the error function and trigonometric functions.
var (
	_ = register("log", function{0, func(x float64, _ []float64) float64 { return math.Log(x) }, false})
	_ = register("sqrt", function{0, func(x float64, _ []float64) float64 { return math.Sqrt(x) }, true})
	// rsqrt(x) = 1/√x.
	_ = register("rsqrt", function{0, func(x float64, _ []float64) float64 { return 1 / math.Sqrt(x) }, true})
	// reciprocal(x) = 1/x.
	_ = register("reciprocal", function{0, func(x float64, _ []float64) float64 { return 1 / x }, false})
	// pow(x; e) = xᵉ.
	_ = register("pow", function{1, func(x float64, p []float64) float64 { return math.Pow(x, p[0]) }, false})
	_ = register("erf", function{0, func(x float64, _ []float64) float64 { return math.Erf(x) }, false})
	_ = register("sin", function{0, func(x float64, _ []float64) float64 { return math.Sin(x) }, false})
	_ = register("cos", function{0, func(x float64, _ []float64) float64 { return math.Cos(x) }, false})
)
