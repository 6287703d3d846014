// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// maxIntegers is the width of a span of integers up to which an input of integers
// is exact, whatever the width of activations: numbers of tokens, rows or classes.
const maxIntegers = 1 << 17

// input declares an input of 2ᵇ levels, or of one for each integer. The levels of a range that has negative
// reals are shifted to start at 0, and the shift is undone by an exact linear.
func (c *compiler) input(id graph.ID, op graph.Input) (value, error) {
	span := c.cal.Spans[id]
	if c.opts.InputRange != nil {
		span = *c.opts.InputRange
	}
	levels := int64(1)<<c.bits[id] - 1
	in := ir.Input{Name: op.Name, Shape: op.Shape, Declared: ir.Range{Hi: levels}, Visibility: c.opts.InputVisibility}
	in.Scale, in.Zero = inputScale(span, levels)
	if scale := c.step(in.Scale); scale != in.Scale {
		in.Scale, in.Zero = scale, int64(math.Ceil(max(-span.Lo, 0)/scale))
	}
	if lo, hi := math.Floor(min(span.Lo, 0)), math.Ceil(max(span.Hi, 0)); op.Integer && hi-lo <= maxIntegers {
		in.Scale, in.Zero, in.Declared = 1, int64(-lo), ir.Range{Hi: int64(hi - lo)}
	}
	if f := c.rounding(id); f != nil {
		in.Scale, in.Zero, in.Declared = givenScale(span, f)
	}
	if rows := c.indexes(id); rows > 0 {
		in.Scale, in.Zero, in.Declared = 1, 0, ir.Range{Hi: int64(rows) - 1}
	}
	x, err := c.add(in)
	if err == nil && in.Zero != 0 {
		x, err = c.add(ir.Linear{Coefs: []int64{1}, Bias: -in.Zero}, x)
	}
	return value{id: x, scale: in.Scale}, err
}

// inputScale returns the finest scale, and its zero point, at which the integers
// 0 … levels stand for a range that holds span and 0, and 0 is exact.
func inputScale(span Span, levels int64) (scale float64, zero int64) {
	lo, hi := min(span.Lo, 0), max(span.Hi, 0)
	switch n := float64(levels); {
	case lo == 0:
		return positive(hi / n), 0
	case hi == 0:
		return positive(-lo / n), levels
	default:
		// In halves, so that the width cannot overflow.
		zero = int64(math.Round(n * (-lo / 2) / (hi/2 - lo/2)))
	}
	zero = min(max(zero, 1), levels-1)
	return positive(max(hi/float64(levels-zero), -lo/float64(zero))), zero
}

// rounding returns the parameters of the fakequant that every use of value id
// applies to it, or nil.
func (c *compiler) rounding(id graph.ID) []float64 {
	var found []float64
	for _, u := range c.uses[id] {
		var p []float64
		switch op := c.g.Nodes[u].Op.(type) {
		case graph.View:
			p = c.rounding(u)
		case graph.Map:
			if op.Func.Name == "fakequant" {
				p = op.Func.Params
			}
		}
		if p == nil || found != nil && !slices.Equal(p, found) {
			return nil
		}
		found = p
	}
	return found
}

// givenScale returns the scale, zero point and levels of a quantized model's own
// input. A span that exceeds its levels adds others: the model clamps, the host
// does not.
func givenScale(span Span, fakequant []float64) (scale float64, zero int64, levels ir.Range) {
	scale = fakequant[0]
	lo := min(fakequant[2]-fakequant[1], math.Floor(span.Lo/scale+0.5))
	hi := max(fakequant[3]-fakequant[1], math.Floor(span.Hi/scale+0.5))
	return scale, int64(-lo), ir.Range{Hi: int64(hi - lo)}
}

// QuantizeInput returns the integers of a real input: round(x/scale) + zero, ties
// toward +∞. An element that does not round to an integer of the declared range
// is refused: nothing is clamped, so what is proved is what was given.
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
