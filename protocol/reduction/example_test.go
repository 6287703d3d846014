// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"slices"
	"testing"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
)

// lenet5 returns the plan of the example, compiled as the command does.
func lenet5(t *testing.T) *reduction.Plan {
	t.Helper()
	g, _, err := onnx.Load(examples.LeNet5())
	if err == nil {
		g, err = quant.Prepare(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	cal, err := quant.Calibrate(g, digits(t), 100)
	if err != nil {
		t.Fatal(err)
	}
	program, err := quant.Compile(g, cal, quant.Options{InputRange: &quant.Span{Lo: 0, Hi: 1}})
	if err != nil {
		t.Fatal(err)
	}
	m, err := circuits.NewModel(program, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := reduction.New(m.System, reduction.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// digits returns the sample images of the examples, pixels divided by 255.
func digits(t *testing.T) []quant.Sample {
	t.Helper()
	arrays, err := npy.DecodeZip(examples.Digits(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range arrays {
		if a.Name != "images" {
			continue
		}
		samples := make([]quant.Sample, a.Shape[0])
		for i := range samples {
			size := len(a.Data) / len(samples)
			x := slices.Clone(a.Data[i*size : (i+1)*size])
			for k := range x {
				x[k] /= 255
			}
			samples[i] = quant.Sample{x}
		}
		return samples
	}
	t.Fatal("no images among the digits")
	return nil
}
