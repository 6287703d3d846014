// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestIntegerInputsAreExact: an input of integers has a level for each, whatever
// the width of activations, unless that would be far too many.
func TestIntegerInputsAreExact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		span quant.Span
		want ir.Range // of the integers of the program
		zero int64
	}{
		{quant.Span{Lo: 0, Hi: 639}, ir.Range{Hi: 639}, 0},
		{quant.Span{Lo: -7, Hi: 50256}, ir.Range{Hi: 50263}, 7},
		{quant.Span{Lo: 0.5, Hi: 9.5}, ir.Range{Hi: 10}, 0},
		{quant.Span{Lo: -5, Hi: -2}, ir.Range{Hi: 5}, 5},
	} {
		for _, bits := range []int{4, 8, 16} {
			n := newNet(t, 1)
			g := n.done(n.scaled(n.IntegerInput("x", tensor.Shape{2}), 0.5))
			p, err := quant.Compile(g, calibrate(t, g, []quant.Sample{{{c.span.Lo, c.span.Hi}}}), quant.Options{ActBits: bits, InputRange: &c.span})
			if err != nil {
				t.Fatalf("%v, %d bits: %v", c.span, bits, err)
			}
			if in := p.Input(p.Inputs[0]); in.Scale != 1 || in.Zero != c.zero || in.Declared != c.want {
				t.Errorf("%v, %d bits: scale %v, zero %d, %v; want 1, %d, %v", c.span, bits, in.Scale, in.Zero, in.Declared, c.zero, c.want)
			}
		}
	}
	wide := quant.Span{Lo: 0, Hi: 1e9}
	n := newNet(t, 1)
	g := n.done(n.scaled(n.IntegerInput("x", tensor.Shape{2}), 0.5))
	p, err := quant.Compile(g, calibrate(t, g, []quant.Sample{{{0, 1e9}}}), quant.Options{ActBits: 8, InputRange: &wide})
	if err != nil {
		t.Fatal(err)
	}
	if in := p.Input(p.Inputs[0]); in.Declared.Hi != 255 {
		t.Errorf("a billion integers have the levels %v, want 256", in.Declared)
	}
}
