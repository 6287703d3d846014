// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/ir"
)

// QuantizeInput returns the integers of a real input: round(x/scale) + zero, ties
// toward +∞. An element outside the declared range is refused: nothing is
// clamped, so what is proved is what was given.
func QuantizeInput(in ir.Input, x []float64) ([]int64, error) {
	if len(x) != in.Shape.Size() {
		return nil, fmt.Errorf("%w: %s has %d elements, want %d (shape %v)", ir.ErrInput, in.Name, len(x), in.Shape.Size(), in.Shape)
	}
	out := make([]int64, len(x))
	for i, v := range x {
		q := math.Floor(v/in.Scale+0.5) + float64(in.Zero)
		if !(q >= float64(in.Declared.Lo) && q <= float64(in.Declared.Hi)) {
			lo, hi := RealRange(in)
			return nil, fmt.Errorf("%w: %s[%d] = %v is outside the declared range [%g, %g]", ir.ErrInput, in.Name, i, v, lo, hi)
		}
		out[i] = int64(q)
	}
	return out, nil
}

// RealRange returns the reals that the least and the largest integer of an input
// stand for.
func RealRange(in ir.Input) (lo, hi float64) {
	real := func(q int64) float64 { return in.Scale * float64(q-in.Zero) }
	return real(in.Declared.Lo), real(in.Declared.Hi)
}

// DequantizeInput returns the reals that the integers of an input stand for.
func DequantizeInput(in ir.Input, q []int64) []float64 {
	out := make([]float64, len(q))
	for i, x := range q {
		out[i] = in.Scale * float64(x-in.Zero)
	}
	return out
}

// Dequantize returns the reals that the integers of an output stand for.
func Dequantize(o ir.Output, q []int64) []float64 {
	out := make([]float64, len(q))
	for i, x := range q {
		out[i] = o.Scale * float64(x)
	}
	return out
}
