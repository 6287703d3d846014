// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestTokens: an input that names rows is declared as what it is, and its rows are
// quantized as weights.
func TestTokens(t *testing.T) {
	t.Parallel()
	n := newNet(t, 3)
	tokens := n.Input("tokens", tensor.Shape{1, 4})
	x := n.Gather(n.random(1, 10, 6), n.Reshape(tokens, tensor.Shape{4}), 0)
	n.At("classes")
	g := prepare(t, n.done(n.dense(n.relu(n.dense(n.flatten(x), 8)), 3)))
	var s []quant.Sample
	for k := range 40 {
		s = append(s, quant.Sample{{float64(k % 10), float64(k / 4), float64((k + 5) % 10), float64(k * k % 10)}})
	}
	e, p := worst(t, g, s, quant.Options{})
	if e > 0.02 {
		t.Errorf("error %g", e)
	}
	in := p.Input(p.Inputs[0])
	if in.Scale != 1 || in.Zero != 0 || in.Declared != (ir.Range{Hi: 9}) {
		t.Errorf("tokens have scale %v, zero %d and range %v", in.Scale, in.Zero, in.Declared)
	}
	for _, token := range []float64{-1, 10} {
		if _, err := quant.QuantizeInput(in, []float64{0, 1, token, 3}); !errors.Is(err, ir.ErrInput) {
			t.Errorf("token %v: %v", token, err)
		}
	}
	if k := primitives(p); k["gather"] != 1 {
		t.Errorf("primitives %v", k)
	}
}

// TestComputedIndices: indices that the network computes are exact, count from the
// end if they are negative, and stop at the rows where calibration saw no others.
func TestComputedIndices(t *testing.T) {
	t.Parallel()
	n := newNet(t, 4)
	x := n.Input("x", tensor.Shape{1, 12})
	index := n.apply(n.Linear(0, []float64{2.9}, x), "floor") // −3 … 2
	rows := n.Const(tensor.Shape{3}, []float32{10, 20, 30})
	g := prepare(t, n.done(n.Gather(rows, index, 0)))
	cal := calibrate(t, g, samples(g, 6, 20, -1, 1))
	for end, clamps := range map[float64]bool{4: false, 400: true} { // by the table of the rows, and by maxima before it
		p, err := quant.Compile(g, cal, quant.Options{InputRange: &quant.Span{Lo: -end, Hi: end}})
		if err != nil {
			t.Fatal(err)
		}
		if k := primitives(p); (k["max"] > 0) != clamps {
			t.Errorf("inputs up to %v: primitives %v", end, k)
		}
		in := p.Input(p.Inputs[0])
		q, err := quant.QuantizeInput(in, []float64{-end, -2, -1, -0.6, -0.3, -0.1, 0, 0.3, 0.5, 0.8, 2, end})
		if err != nil {
			t.Fatal(err)
		}
		trace, err := p.Run([][]int64{q})
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range quant.DequantizeInput(in, q) {
			row := math.Floor(2.9 * x)
			if row < 0 {
				row += 3
			}
			want := 10 * (1 + min(max(row, 0), 2))
			o := p.Outputs[0]
			if got := o.Scale * float64(trace[o.ID][i]); got != want {
				t.Errorf("x = %v: %v, want %v", x, got, want)
			}
		}
	}
}

// TestPickedActivations: rows of activations keep their scale.
func TestPickedActivations(t *testing.T) {
	t.Parallel()
	n := newNet(t, 5)
	x := n.Input("x", tensor.Shape{1, 12})
	y := n.relu(n.dense(x, 12))
	index := n.apply(n.Linear(2, []float64{1.9}, x), "floor") // 0 … 3
	g := prepare(t, n.done(n.Gather(n.Reshape(y, tensor.Shape{4, 3}), n.Reshape(index, tensor.Shape{4, 3}), 0)))
	if e, _ := worst(t, g, samples(g, 6, 20, -1, 1), quant.Options{ActBits: 12}); e > 0.02 {
		t.Errorf("error %g", e)
	}
}

// TestIndexBeyondRows: calibration names the node.
func TestIndexBeyondRows(t *testing.T) {
	t.Parallel()
	n := newNet(t, 6)
	tokens := n.Input("tokens", tensor.Shape{2})
	n.At("embedding")
	g := prepare(t, n.done(n.Gather(n.random(1, 10, 6), tokens, 0)))
	for _, s := range []quant.Sample{{{3, 10}}, {{-11, 0}}} {
		_, err := quant.Calibrate(g, []quant.Sample{s}, 100)
		if !errors.Is(err, quant.ErrCalibration) || !strings.Contains(err.Error(), "embedding takes a row by an index beyond") {
			t.Errorf("%v: %v", s, err)
		}
	}
}
