// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// identity returns its input of two bytes.
func identity(t *testing.T) *ir.Program {
	t.Helper()
	p := &ir.Program{}
	id, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{1, 2}, Declared: ir.Range{Hi: 255}, Scale: 1, Visibility: ir.Public})
	if err != nil {
		t.Fatal(err)
	}
	y, err := p.Add("y", ir.Linear{Coefs: []int64{1}}, id)
	if err != nil {
		t.Fatal(err)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestCompare works a comparison out by hand.
func TestCompare(t *testing.T) {
	t.Parallel()
	p := identity(t)
	images := &npy.Array{Name: "images", Shape: tensor.Shape{4, 2}, Data: []float64{1, 2, 2, 1, 3, 4, 0, 300}}
	labels := &npy.Array{Name: "labels", Shape: tensor.Shape{4}, Data: []float64{1, 0, 0, 1}}
	inputs, classes, err := arrange(p, []*npy.Array{images, labels}, "")
	if err != nil {
		t.Fatal(err)
	}
	reference := &npy.Array{Shape: tensor.Shape{4, 1, 2}, Data: []float64{1, 2, 2, 1.5, 4, 3.5, 0, 300}}
	c, err := compare(p, inputs, reference, classes)
	if err != nil {
		t.Fatal(err)
	}
	const want = "4 samples, agreement 50.00 %, 1 outside the input range, accuracy 100.00 % ONNX Runtime, 50.00 % integer, worst error 1 of ±4"
	if got := c.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	c.note, c.labeled, c.refused = "Softmax dropped", false, 0
	if got, want := c.String(), "4 samples, agreement 50.00 %"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestArrange(t *testing.T) {
	t.Parallel()
	p := identity(t)
	bytes := &npy.Array{Name: "x", Shape: tensor.Shape{1, 2}, Data: []float64{0, 255}, Bytes: true}
	in, labels, err := arrange(p, []*npy.Array{{Name: "other", Shape: tensor.Shape{1}, Data: []float64{9}}, bytes}, "-1,1")
	if err != nil || labels != nil || in[0].Data[0] != -1 || in[0].Data[1] != 1 || !in[0].Shape.Equal(tensor.Shape{1, 1, 2}) {
		t.Errorf("got %v, %v, %v", in, labels, err)
	}
	for name, bad := range map[string][]*npy.Array{
		"no array":        {{Name: "labels", Shape: tensor.Shape{1}, Data: []float64{1}}},
		"which array":     {{Name: "a", Data: []float64{1, 2}}, {Name: "b", Data: []float64{1, 2}}},
		"half a sample":   {{Name: "x", Data: []float64{1, 2, 3}}},
		"too many labels": {{Name: "x", Data: []float64{1, 2}}, {Name: "labels", Data: []float64{1, 2}}},
	} {
		if _, _, err := arrange(p, bad, ""); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, _, err := arrange(p, []*npy.Array{bytes}, "0"); err == nil {
		t.Error("half a range: accepted")
	}
}
