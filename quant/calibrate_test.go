// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

func TestCalibrateFindsSpans(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	x := n.Input("x", tensor.Shape{3})
	v, err := tensor.Pad(tensor.Shape{3}, []int{1}, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	g := n.done(n.Max(n.View(n.relu(n.Linear(1, []float64{-2}, x)), v, math.Inf(-1)), 0))
	cal := calibrate(t, g, []quant.Sample{{{1, -2, 0.5}}, {{3, 0, 0}}})
	want := []quant.Span{{Lo: -2, Hi: 3}, {Lo: -5, Hi: 5}, {Lo: 0, Hi: 5}, {Lo: 0, Hi: 5}, {Lo: 1, Hi: 5}}
	if diff := cmp.Diff(want, cal.Spans); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	if cal.Samples != 2 {
		t.Errorf("%d samples, want 2", cal.Samples)
	}
}

// TestPercentile: the span of an activation holds the share of its elements that
// was asked for and not much more; the span of the input holds them all.
func TestPercentile(t *testing.T) {
	t.Parallel()
	const count = 20000
	n := newNet(t, 1)
	g := n.done(n.apply(n.Input("x", tensor.Shape{count}), "tanh"))
	x := make([]float64, count)
	for i := range x {
		x[i] = n.rng.NormFloat64() / 10
	}
	x[7], x[9] = 5, -3 // outliers
	s := []quant.Sample{{x[:count:count]}}
	values, err := g.Eval(s[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, percentile := range []float64{60, 99, 99.9, 99.99, 100} {
		cal, err := quant.Calibrate(g, s, percentile)
		if err != nil {
			t.Fatal(err)
		}
		if cal.Spans[0] != (quant.Span{Lo: -3, Hi: 5}) {
			t.Errorf("percentile %v: the span of the input is %v", percentile, cal.Spans[0])
		}
		span := cal.Spans[1]
		limit := max(-span.Lo, span.Hi)
		magnitudes := slices.Clone(values[1])
		for i := range magnitudes {
			magnitudes[i] = math.Abs(magnitudes[i])
		}
		slices.Sort(magnitudes)
		want := magnitudes[int(math.Ceil(percentile/100*count))-1]
		if bin := magnitudes[count-1] / 4096; limit < want || limit > want+bin {
			t.Errorf("percentile %v: span %v, want %g to %g", percentile, span, want, want+bin)
		}
	}
}

// TestPercentileOfZeros: a tensor of zeros has nothing to clip.
func TestPercentileOfZeros(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	g := n.done(n.relu(n.Linear(-1, []float64{1}, n.vector())))
	cal, err := quant.Calibrate(g, samples(g, 1, 3, 0, 1), 99)
	if err != nil {
		t.Fatal(err)
	}
	if cal.Spans[2] != (quant.Span{}) {
		t.Errorf("span %v, want [0, 0]", cal.Spans[2])
	}
}

// TestPercentileClamps: activations beyond the percentile are clamped, and the
// bound that says so holds.
func TestPercentileClamps(t *testing.T) {
	t.Parallel()
	n := newNet(t, 4)
	g := prepare(t, n.done(n.dense(n.relu(n.dense(n.Input("x", tensor.Shape{1, 30}), 40)), 5)))
	s := samples(g, 4, 40, -1, 1)
	cal, err := quant.Calibrate(g, s, 95)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.CompileTraced(g, cal, quant.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := checked(g, p, s); err != nil {
		t.Error(err)
	}
	relu := slices.IndexFunc(g.Nodes, func(n graph.Node) bool { return n.Op.Kind() == "map" })
	_, scale := p.Value(graph.ID(relu))
	if _, full := mustCompile(t, g, calibrate(t, g, s)).Value(graph.ID(relu)); !(scale < 0.8*full) {
		t.Errorf("the scale is %g, of all elements %g: the percentile clamps nothing", scale, full)
	}
}

func mustCompile(t *testing.T, g *graph.Graph, cal *quant.Calibration) *quant.Compiled {
	t.Helper()
	p, err := quant.CompileTraced(g, cal, quant.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCalibrateRefuses(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	n.At("")
	x := n.Input("x", tensor.Shape{2})
	g := n.done(n.apply(n.scaled(x, 100), "exp"))
	good := quant.Sample{{0, 1}}
	for name, c := range map[string]struct {
		samples    []quant.Sample
		percentile float64
		says       string
	}{
		"no samples":           {nil, 100, "no samples"},
		"NaN":                  {[]quant.Sample{good, {{0, math.NaN()}}}, 100, "sample 1 has NaN at element 1"},
		"infinity":             {[]quant.Sample{{{math.Inf(1), 0}}}, 100, "sample 0 has +Inf at element 0"},
		"negative infinity":    {[]quant.Sample{{{math.Inf(-1), 0}}}, 100, "sample 0 has -Inf at element 0"},
		"too few elements":     {[]quant.Sample{{{0}}}, 100, "1 elements, want 2"},
		"too many tensors":     {[]quant.Sample{{{0, 0}, {0, 0}}}, 100, "2 tensors for 1 inputs"},
		"overflow inside":      {[]quant.Sample{good, {{0, 100}}}, 100, "sample 1: exp is +Inf at element 1"},
		"percentile 0":         {[]quant.Sample{good}, 0, "percentile 0"},
		"percentile above 100": {[]quant.Sample{good}, 100.1, "percentile 100.1"},
		"percentile NaN":       {[]quant.Sample{good}, math.NaN(), "percentile NaN"},
	} {
		_, err := quant.Calibrate(g, c.samples, c.percentile)
		if !errors.Is(err, quant.ErrCalibration) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want ErrCalibration and %q", name, err, c.says)
		}
	}
	if _, err := quant.Calibrate(g, []quant.Sample{good}, 100); err != nil {
		t.Error(err)
	}
}
