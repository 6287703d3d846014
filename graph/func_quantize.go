// SPDX-License-Identifier: Apache-2.0

package graph

import "math"

// fakequant(x; scale, zero, lo, hi) is the real number that an integer stands
// for after x was rounded to it and the integer saturated:
//
//	scale · (min(max(round(x/scale) + zero, lo), hi) − zero)
//
// Of two nearest integers the even one is taken, before zero is added. It is what
// ONNX's DequantizeLinear makes of QuantizeLinear's result.
//
// https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html
var _ = register("fakequant", function{4, func(x float64, p []float64) float64 {
	q := math.RoundToEven(x/p[0]) + p[1]
	return p[0] * (min(max(q, p[2]), p[3]) - p[1])
}, false})
