// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestQuantizeRounds states the rule: to the nearest integer, ties toward +∞.
func TestQuantizeRounds(t *testing.T) {
	t.Parallel()
	x := []float64{-2.5, -1.5, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1.5, 2.5}
	want := []int64{-2, -1, -1, 0, 0, 0, 0, 1, 1, 2, 3}
	for _, scale := range []float64{1, 0.25, 8} {
		in := make([]float64, len(x))
		for i := range x {
			in[i] = x[i] * scale
		}
		got, err := quant.Quantize(in, scale)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("scale %g (-want +got):\n%s", scale, diff)
		}
		declared := ir.Input{Name: "x", Shape: tensor.Shape{len(x)}, Declared: ir.Range{Lo: 0, Hi: 20}, Scale: scale, Zero: 10}
		got, err = quant.QuantizeInput(declared, in)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			got[i] -= 10
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("input at scale %g (-want +got):\n%s", scale, diff)
		}
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1 << 60, -(1 << 60)} {
		if got, err := quant.Quantize([]float64{x}, 1); err == nil {
			t.Errorf("%v became %d", x, got)
		}
	}
}

// TestInputRanges: both ends of a declared range are accepted, whatever they are,
// 0 is exact, and nothing is off by more than half a step.
func TestInputRanges(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 5))
	ranges := []quant.Span{{Lo: 0, Hi: 1}, {Lo: -1, Hi: 1}, {Lo: -1, Hi: 0}, {Lo: 0, Hi: 255}, {Lo: 2, Hi: 3}, {Lo: -3, Hi: -2},
		{Lo: -1e-12, Hi: 1}, {Lo: -1, Hi: 1e-12}, {Lo: -1e300, Hi: 1e308}, {Lo: 0, Hi: 1e-300}, {Lo: -0.5, Hi: 0.5}}
	for range 300 {
		a, b := rng.NormFloat64(), rng.NormFloat64()
		ranges = append(ranges, quant.Span{Lo: min(a, b), Hi: max(a, b)})
	}
	for _, r := range ranges {
		for _, bits := range []int{4, 8, 13, 16} {
			n := newNet(t, 1)
			g := n.done(n.scaled(n.Input("x", tensor.Shape{5}), 0.5))
			p, err := quant.Compile(g, calibrate(t, g, []quant.Sample{{{r.Lo, r.Hi, 0, 0, 0}}}), quant.Options{ActBits: bits, InputRange: &r})
			if err != nil {
				t.Fatalf("[%g, %g], %d bits: %v", r.Lo, r.Hi, bits, err)
			}
			in := p.Input(p.Inputs[0])
			x := []float64{r.Lo, r.Hi, 0, r.Lo + (r.Hi-r.Lo)*rng.Float64(), (r.Lo + r.Hi) / 2}
			q, err := quant.QuantizeInput(in, x)
			if err != nil {
				t.Fatalf("[%g, %g], %d bits: %v", r.Lo, r.Hi, bits, err)
			}
			for i, y := range quant.DequantizeInput(in, q) {
				if math.Abs(y-x[i]) > in.Scale*0.5000001 || x[i] == 0 && y != 0 {
					t.Errorf("[%g, %g], %d bits: %g became %g, the step is %g", r.Lo, r.Hi, bits, x[i], y, in.Scale)
				}
			}
			lo, hi := quant.RealRange(in)
			if lo > min(r.Lo, 0)+in.Scale || hi < max(r.Hi, 0)-in.Scale {
				t.Errorf("[%g, %g], %d bits: the declared range is [%g, %g]", r.Lo, r.Hi, bits, lo, hi)
			}
			for _, x := range []float64{lo - in.Scale, hi + in.Scale, math.NaN(), math.Inf(1), math.Inf(-1)} {
				if _, err := quant.QuantizeInput(in, []float64{0, 0, 0, 0, x}); !errors.Is(err, ir.ErrInput) || !strings.Contains(err.Error(), "x[4]") {
					t.Errorf("[%g, %g]: %g: error %v, want ErrInput at x[4]", r.Lo, r.Hi, x, err)
				}
			}
		}
	}
	in := ir.Input{Name: "x", Shape: tensor.Shape{2}, Declared: ir.Range{Hi: 255}, Scale: 1}
	if _, err := quant.QuantizeInput(in, []float64{1}); !errors.Is(err, ir.ErrInput) {
		t.Errorf("one element of two: %v, want ErrInput", err)
	}
}

func TestDequantize(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]float64{-1, 0, 1.5}, quant.Dequantize(ir.Output{Scale: 0.5}, []int64{-2, 0, 3})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
