// SPDX-License-Identifier: Apache-2.0

package graph

import "math"

// Powers, the logarithm, the error function, trigonometric and hyperbolic functions.
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
	_ = register("tan", function{0, func(x float64, _ []float64) float64 { return math.Tan(x) }, false})
	_ = register("atan", function{0, func(x float64, _ []float64) float64 { return math.Atan(x) }, false})
	_ = register("sinh", function{0, func(x float64, _ []float64) float64 { return math.Sinh(x) }, false})
	_ = register("cosh", function{0, func(x float64, _ []float64) float64 { return math.Cosh(x) }, true})
)
