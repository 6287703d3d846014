// SPDX-License-Identifier: Apache-2.0

package graph

import "math"

// Activation functions. Each parameter is named in the comment, in order.
var (
	// leakyrelu(x; slope) = x where x ≥ 0, slope·x elsewhere.
	_ = register("leakyrelu", function{1, func(x float64, p []float64) float64 {
		if x < 0 {
			return p[0] * x
		}
		return x
	}, false})
	// elu(x; height, width) = x where x ≥ 0, height·(exp(x/width) − 1) elsewhere.
	_ = register("elu", function{2, func(x float64, p []float64) float64 {
		if x < 0 {
			return p[0] * math.Expm1(x/p[1])
		}
		return x
	}, false})
	// threshold(x; t) = x where x > t, 0 elsewhere.
	_ = register("threshold", function{1, func(x float64, p []float64) float64 {
		if x > p[0] {
			return x
		}
		return 0
	}, false})
	// swish(x; rate) = x / (1 + exp(−rate·x)).
	_ = register("swish", function{1, func(x float64, p []float64) float64 { return x / (1 + math.Exp(-p[0]*x)) }, false})
	// hardswish(x) = x·min(max(x/6 + 1/2, 0), 1).
	_ = register("hardswish", function{0, func(x float64, _ []float64) float64 { return x * min(max(x/6+0.5, 0), 1) }, false})
	_ = register("softplus", function{0, func(x float64, _ []float64) float64 { return softplus(x) }, true})
	// softsign(x) = x / (1 + |x|).
	_ = register("softsign", function{0, func(x float64, _ []float64) float64 { return x / (1 + math.Abs(x)) }, false})
	// mish(x) = x·tanh(softplus(x)).
	_ = register("mish", function{0, func(x float64, _ []float64) float64 { return x * math.Tanh(softplus(x)) }, false})
	// gelu(x) = x·Φ(x), Φ the standard normal distribution function.
	_ = register("gelu", function{0, func(x float64, _ []float64) float64 { return x / 2 * math.Erfc(-x/math.Sqrt2) }, false})
	// gelutanh(x) = x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))), which is near gelu.
	_ = register("gelutanh", function{0, func(x float64, _ []float64) float64 {
		return x / 2 * (1 + math.Tanh(math.Sqrt(2/math.Pi)*(x+0.044715*x*x*x)))
	}, false})
)

// softplus returns ln(1 + eˣ) without overflow.
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
