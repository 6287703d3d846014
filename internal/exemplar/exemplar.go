// SPDX-License-Identifier: Apache-2.0

// Package exemplar compiles the example models for tests, as the command does:
// calibrated on the drawn digits, inputs in [0, 1].
package exemplar

import (
	"slices"
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
)

// Program returns the integer network of a model of package examples, its tensors public.
func Program(t testing.TB, model []byte) *ir.Program {
	t.Helper()
	return program(t, model, ir.Public)
}

// Committed returns the integer network of a model of package examples, its input committed.
func Committed(t testing.TB, model []byte) *ir.Program {
	t.Helper()
	return program(t, model, ir.Committed)
}

func program(t testing.TB, model []byte, input ir.Visibility) *ir.Program {
	t.Helper()
	g, _, err := onnx.Load(model)
	if err == nil {
		g, err = quant.Prepare(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	cal, err := quant.Calibrate(g, Digits(t), 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{InputRange: &quant.Span{Lo: 0, Hi: 1}, InputVisibility: input})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Digits returns the sample images of the examples, pixels divided by 255.
func Digits(t testing.TB) []quant.Sample {
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
