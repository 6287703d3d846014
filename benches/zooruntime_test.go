// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestDistance works a comparison out by hand: two samples of two rows of two.
func TestDistance(t *testing.T) {
	p := &ir.Program{}
	x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{2, 2, 1}, Declared: ir.Range{Hi: 255}, Scale: 1, Visibility: ir.Public})
	if err != nil {
		t.Fatal(err)
	}
	y, err := p.Add("y", ir.Linear{Coefs: []int64{1}}, x)
	if err != nil {
		t.Fatal(err)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	samples := []quant.Sample{{{1, 2, 4, 3}}, {{5, 6, 7, 8}}}
	d, err := distance(p, samples, []float64{1, 2.5, 3, 4, 5, 6, 7, -9})
	if err != nil {
		t.Fatal(err)
	}
	if d.rows != 4 || d.agree != 2 || d.count != 8 || d.span != 9 || math.Abs(d.sum-19.5) > 1e-12 {
		t.Errorf("got %+v", d)
	}
	if _, err := distance(p, samples, []float64{1}); err == nil {
		t.Error("a reference of another size was accepted")
	}
}

func TestInputShapes(t *testing.T) {
	for text, want := range map[string]int{"": 0, "x=1,2": 1} {
		if opts, err := inputShapes(text); err != nil || len(opts) != want {
			t.Errorf("%q: %d options, %v", text, len(opts), err)
		}
	}
	for _, text := range []string{"x", "x=", "x=1,a"} {
		if _, err := inputShapes(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}
