// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
)

// BenchmarkLeNet5 takes the steps of a compilation apart: eval is the float
// network and run the integer one on one image, calibrate is per image, and all
// is load, prepare, calibrate on 200 images and compile.
func BenchmarkLeNet5(b *testing.B) {
	arrays, err := npy.DecodeZip(examples.Digits(), 1<<20)
	if err != nil {
		b.Fatal(err)
	}
	var images []quant.Sample
	for i := range 200 {
		x := make([]float64, 784)
		for k := range x {
			x[k] = arrays[0].Data[i*784+k] / 255
		}
		images = append(images, quant.Sample{x})
	}
	g := load(b, examples.LeNet5())
	cal, err := quant.Calibrate(g, images, 100)
	if err != nil {
		b.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{})
	if err != nil {
		b.Fatal(err)
	}
	q, err := quant.QuantizeInput(p.Input(p.Inputs[0]), images[0][0])
	if err != nil {
		b.Fatal(err)
	}
	for _, step := range []struct {
		name string
		run  func(i int) error
	}{
		{"eval", func(i int) error { _, err := g.Eval(images[i%200]); return err }},
		{"run", func(int) error { _, err := p.Run([][]int64{q}); return err }},
		{"calibrate", func(i int) error { _, err := quant.Calibrate(g, images[i%200:][:1], 100); return err }},
		{"compile", func(int) error { _, err := quant.Compile(g, cal, quant.Options{}); return err }},
		{"all", func(int) error {
			g, _, err := onnx.Load(examples.LeNet5())
			if err != nil {
				return err
			}
			if g, err = quant.Prepare(g); err != nil {
				return err
			}
			cal, err := quant.Calibrate(g, images, 100)
			if err != nil {
				return err
			}
			_, err = quant.Compile(g, cal, quant.Options{})
			return err
		}},
	} {
		b.Run(step.name, func(b *testing.B) {
			i := 0
			for b.Loop() {
				if err := step.run(i); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
