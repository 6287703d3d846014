// SPDX-License-Identifier: Apache-2.0

package graph

import "math"

// Functions made of lines and steps.
var (
	_ = register("abs", function{0, func(x float64, _ []float64) float64 { return math.Abs(x) }, true})
	// sign(x) is −1, 0 or 1.
	_ = register("sign", function{0, func(x float64, _ []float64) float64 { return step(x) - step(-x) }, false})
	// step(x) is 1 where x > 0, 0 elsewhere.
	_ = register("step", function{0, func(x float64, _ []float64) float64 { return step(x) }, true})
	// iszero(x) is 1 where x is 0, 0 elsewhere.
	_ = register("iszero", function{0, func(x float64, _ []float64) float64 { return 1 - step(x) - step(-x) }, true})
	_ = register("floor", function{0, func(x float64, _ []float64) float64 { return math.Floor(x) }, false})
	_ = register("ceil", function{0, func(x float64, _ []float64) float64 { return math.Ceil(x) }, false})
	// trunc(x) is the integer toward 0.
	_ = register("trunc", function{0, func(x float64, _ []float64) float64 { return math.Trunc(x) }, false})
	// round(x) is the nearest integer, of two the even one.
	_ = register("round", function{0, func(x float64, _ []float64) float64 { return math.RoundToEven(x) }, false})
)

func step(x float64) float64 {
	if x > 0 {
		return 1
	}
	return 0
}
