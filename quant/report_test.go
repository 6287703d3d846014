// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestCompare works a report out by hand: the network returns its input, whose
// step is 1/15 in the integers.
func TestCompare(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	g := n.done(n.Reshape(n.Input("x", tensor.Shape{2}), tensor.Shape{1, 2}))
	p, err := quant.Compile(g, calibrate(t, g, []quant.Sample{{{0, 15}}}), quant.Options{ActBits: 4})
	if err != nil {
		t.Fatal(err)
	}
	s := []quant.Sample{
		{{2, 5}},      // both networks: 1
		{{7, 4}},      // both: 0
		{{3, 3.25}},   // float: 1, integer: a tie, so 0
		{{14.75, 15}}, // the same
		{{3, 16}},     // refused
	}
	right := func(share float64) *float64 { return &share }
	want := &quant.Report{Samples: 5, Refused: 1, FloatAccuracy: right(0.8), IntAccuracy: right(0.6),
		Agreement: 0.4, WorstError: 0.25, MeanError: 0.5 / 8, OutputSpan: 15}
	got, err := quant.Compare(g, p, s, []int{1, 0, 1, 0, 1})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want.FloatAccuracy, want.IntAccuracy = nil, nil
	if got, err = quant.Compare(g, p, s, nil); err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("without labels: %v (-want +got):\n%s", err, cmp.Diff(want, got))
	}
	if _, err := quant.Compare(g, p, s, []int{1}); err == nil {
		t.Error("one label for five samples was accepted")
	}
	if _, err := quant.Compare(g, p, []quant.Sample{{{1}}}, nil); err == nil {
		t.Error("a sample of one element was accepted")
	}
	for _, bad := range []quant.Sample{{}, {{0, 0}, {0, 0}}, {{0}}, {{0, math.NaN()}}, {{0, 16}}} {
		if out, err := quant.Run(p, bad); !errors.Is(err, ir.ErrInput) {
			t.Errorf("input %v: %v, %v; want ErrInput", bad, out, err)
		}
	}
}

func TestArgmaxTakesTheFirst(t *testing.T) {
	t.Parallel()
	for want, x := range [][]int64{{3, 3, 1}, {1, 3, 3}, {-3, -2, -1}} {
		if got := quant.Argmax(x); got != want {
			t.Errorf("argmax of %v is %d, want %d", x, got, want)
		}
	}
}
