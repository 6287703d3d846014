// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/ort"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// compareRuntime compares the first output of the integer network with that of
// ONNX Runtime on the same samples. Where a last softmax was dropped the errors are
// not of the same thing and are left out. Without a directory it does nothing.
func (c zooCase) compareRuntime(w io.Writer, model []byte, p *ir.Program, samples []quant.Sample, bits int, dir string) error {
	if dir == "" {
		return nil
	}
	file, err := os.CreateTemp("", "zkml-*.onnx")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err = file.Write(model); err == nil {
		err = file.Close()
	}
	if err != nil {
		return err
	}
	inputs := make([]*npy.Array, len(p.Inputs))
	for i, id := range p.Inputs {
		inputs[i] = &npy.Array{Shape: append(tensor.Shape{len(samples)}, p.Input(id).Shape...)}
		for _, s := range samples {
			inputs[i].Data = append(inputs[i].Data, s[i]...)
		}
	}
	outputs, err := ort.Run(context.Background(), dir, file.Name(), inputs)
	if err != nil {
		// A reference that cannot run a model says nothing about ours.
		fmt.Fprintf(w, "# model=%s: %v\n", c.model, err)
		return nil
	}
	d, err := distance(p, samples, outputs[0].Data)
	if err != nil {
		return err
	}
	metrics := []metric{{"agreement-%", 100 * float64(d.agree) / float64(d.rows)}, {"rows", float64(d.rows)}}
	if p.Outputs[0].Note == "" {
		metrics = append(metrics, metric{"mean-error-%-of-span", 100 * d.sum / float64(d.count) / d.span})
	}
	c.line(w, "Runtime", bits, 0, metrics...)
	return nil
}

// A runtimeDistance is how far an integer network's output is from the reference:
// rows along the last axis of more than one with the same largest element, and the
// sum of the errors of its elements.
type runtimeDistance struct {
	rows, agree, count int
	sum, span          float64
}

func distance(p *ir.Program, samples []quant.Sample, reference []float64) (*runtimeDistance, error) {
	shape := p.Nodes[p.Outputs[0].ID].Shape
	size, row := shape.Size(), 1
	for k := len(shape) - 1; k >= 0 && row == 1; k-- {
		row = shape[k]
	}
	if len(reference) != size*len(samples) {
		return nil, fmt.Errorf("%d elements of ONNX Runtime, want %d", len(reference), size*len(samples))
	}
	d := &runtimeDistance{}
	for k, s := range samples {
		out, err := quant.Run(p, s)
		if err != nil {
			return nil, err
		}
		want := reference[k*size : (k+1)*size]
		for at := 0; at < size; at += row {
			d.rows++
			if quant.Argmax(out[0][at:at+row]) == quant.Argmax(want[at:at+row]) {
				d.agree++
			}
		}
		for i, x := range want {
			d.count++
			d.sum, d.span = d.sum+math.Abs(out[0][i]-x), max(d.span, math.Abs(x))
		}
	}
	return d, nil
}

// inputShapes parses NAME=N,…; nothing is no option.
func inputShapes(text string) ([]onnx.Option, error) {
	if text == "" {
		return nil, nil
	}
	name, dims, _ := strings.Cut(text, "=")
	var shape tensor.Shape
	for _, d := range strings.Split(dims, ",") {
		n, err := strconv.Atoi(d)
		if err != nil {
			return nil, fmt.Errorf("shape %q of an input: %w", text, err)
		}
		shape = append(shape, n)
	}
	return []onnx.Option{onnx.InputShape(name, shape)}, nil
}
