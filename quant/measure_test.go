// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestMeasure works a measurement out by hand: a ReLU of inputs from −8 to 7 that
// calibration saw only up to 3.
func TestMeasure(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	n.At("in")
	x := n.Input("x", tensor.Shape{1, 2})
	g := prepare(t, n.done(n.apply(x, "relu")))
	opts := quant.Options{ActBits: 4, InputRange: &quant.Span{Lo: -8, Hi: 7}}
	p, layers, err := quant.CompileLayers(g, calibrate(t, g, []quant.Sample{{{-8, 3}}}), opts)
	if err != nil {
		t.Fatal(err)
	}
	// Steps: 1 for the input, 3/15 for the ReLU, whose span has a margin of float32.
	samples := []quant.Sample{{{-2, 2}}, {{-1.25, 5}}, {{0, 9}}}
	m, err := quant.Measure(g, p, layers, samples, nil)
	if err != nil {
		t.Fatal(err)
	}
	db := func(signal, noise float64) (relative, snr *float64) {
		r, s := math.Sqrt(noise/signal), 10*math.Log10(signal/noise)
		return &r, &s
	}
	in := quant.LayerError{Name: "x", Kind: "input", Elements: 4, RMSE: 0.25 / 2, MaxError: 0.25}
	in.RelativeRMSE, in.SNR = db(4+4+1.25*1.25+25, 0.25*0.25)
	act := quant.LayerError{Name: "relu", Kind: "relu", Elements: 4, Saturated: 1, RMSE: 1, MaxError: 2}
	act.RelativeRMSE, act.SNR = db(4+25, 4)
	want := &quant.Measurement{
		Report: quant.Report{Samples: 3, Refused: 1, Agreement: 2. / 3, WorstError: 2, MeanError: 0.5, OutputSpan: 5},
		Layers: []quant.LayerError{in, act},
		// −2 is in the first of 64 bins below 0.
		Errors: quant.Histogram{Width: 1. / 32, First: -64, Counts: append(append([]int{1}, make([]int, 63)...), 3)},
	}
	if diff := cmp.Diff(want, m, cmpopts.EquateApprox(1e-6, 1e-6)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMeasureIsCompare: looking at the layers changes nothing, and every layer of a
// trained network is there, in order, with an error.
func TestMeasureIsCompare(t *testing.T) {
	t.Parallel()
	g := load(t, examples.LeNet5())
	s := samples(g, 3, 20, 0, 1)
	cal := calibrate(t, g, s)
	p, layers, err := quant.CompileLayers(g, cal, quant.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := quant.Compare(g, p, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := quant.Measure(g, p, layers, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got.Report); diff != "" {
		t.Errorf("(-Compare +Measure):\n%s", diff)
	}
	var kinds []string
	for _, l := range got.Layers {
		kinds = append(kinds, l.Kind)
		if l.SNR == nil || *l.SNR < 30 || *l.SNR > 80 {
			t.Errorf("layer %s: %v dB", l.Name, l.SNR)
		}
		if l.Elements == 0 || l.Elements%20 != 0 {
			t.Errorf("layer %s: %d elements of 20 samples", l.Name, l.Elements)
		}
	}
	relu := 0
	for _, k := range kinds {
		if k == "relu" {
			relu++
		}
	}
	if kinds[0] != "input" || relu != 4 {
		t.Errorf("layers of kinds %v, want the input and four ReLUs", kinds)
	}
	total := 0
	for _, n := range got.Errors.Counts {
		total += n
	}
	if total != 20*10 {
		t.Errorf("%d errors counted, want 200", total)
	}
}

// TestMeasureRefusesOtherLayers: layers may come from a file.
func TestMeasureRefusesOtherLayers(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	n.At("in")
	x := n.Input("x", tensor.Shape{1, 2})
	n.At("fc")
	g := prepare(t, n.done(n.dense(x, 3)))
	s := samples(g, 1, 4, 0, 1)
	p, layers, err := quant.CompileLayers(g, calibrate(t, g, s), quant.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(l *quant.Layer){
		"no such real node":    func(l *quant.Layer) { l.Real = graph.ID(len(g.Nodes)) },
		"negative":             func(l *quant.Layer) { l.Real = -1 },
		"no such integer node": func(l *quant.Layer) { l.Integer = -1 },
		"beyond":               func(l *quant.Layer) { l.Integer = 1 << 30 },
		"name":                 func(l *quant.Layer) { l.Name = "other" },
		"shape":                func(l *quant.Layer) { l.Integer = layers[len(layers)-1].Integer },
		"scale":                func(l *quant.Layer) { l.Scale = 0 },
		"infinite scale":       func(l *quant.Layer) { l.Scale = math.Inf(1) },
	} {
		bad := slices.Clone(layers)
		spoil(&bad[0])
		if _, err := quant.Measure(g, p, bad, s, nil); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := quant.Measure(g, p, layers, s, nil); err != nil {
		t.Error(err)
	}
}
