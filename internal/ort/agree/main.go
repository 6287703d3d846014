// SPDX-License-Identifier: Apache-2.0

// Command agree says on how many samples an integer network and ONNX Runtime name
// the same class, and how far apart the first output is:
//
//	go run ./internal/ort/agree [-range LO,HI] MODEL.onnx DIR.zkml SAMPLES.npz
//
// The samples are an array with samples along its first axis, for each input by its
// name or for the only input; with -range unsigned bytes are pixels, 0 for LO and
// 255 for HI. An array "labels" gives accuracies. It runs in the root of the
// repository, after npm ci in internal/ort.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/ort"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

func main() {
	pixels := flag.String("range", "", "`LO,HI`: what the bytes 0 and 255 stand for")
	flag.Parse()
	if flag.NArg() != 3 {
		fmt.Fprintln(os.Stderr, "usage: agree [-range LO,HI] MODEL.onnx DIR.zkml SAMPLES.npz")
		os.Exit(2)
	}
	line, err := run(flag.Arg(0), flag.Arg(1), flag.Arg(2), *pixels)
	if err != nil {
		fmt.Fprintln(os.Stderr, "agree:", err)
		os.Exit(1)
	}
	fmt.Println(line)
}

// maxSamples bounds the decoded size of the samples.
const maxSamples = 1 << 30

func run(model, bundle, samples, pixels string) (string, error) {
	b, err := artifact.Open(bundle)
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(samples)
	if err != nil {
		return "", err
	}
	arrays, err := npy.DecodeZip(data, maxSamples)
	if err != nil {
		return "", err
	}
	inputs, labels, err := arrange(b.Program(), arrays, pixels)
	if err != nil {
		return "", fmt.Errorf("%s: %w", samples, err)
	}
	outputs, err := ort.Run(context.Background(), filepath.Join("internal", "ort"), model, inputs)
	if err != nil {
		return "", err
	}
	c, err := compare(b.Program(), inputs, outputs[0], labels)
	if err != nil {
		return "", err
	}
	return c.String(), nil
}

// arrange returns an array of samples for every input, and the labels if there are
// any.
func arrange(p *ir.Program, arrays []*npy.Array, pixels string) (inputs []*npy.Array, labels []float64, err error) {
	var others []*npy.Array
	named := map[string]*npy.Array{}
	for _, a := range arrays {
		named[a.Name] = a
		if a.Name == "labels" {
			labels = a.Data
		} else {
			others = append(others, a)
		}
	}
	for _, id := range p.Inputs {
		in := p.Input(id)
		a := named[in.Name]
		if a == nil && len(p.Inputs) == 1 && len(others) == 1 {
			a = others[0]
		}
		size := in.Shape.Size()
		if a == nil || len(a.Data)%size != 0 {
			return nil, nil, fmt.Errorf("no samples of %d elements for input %q", size, in.Name)
		}
		x := &npy.Array{Shape: append(tensor.Shape{len(a.Data) / size}, in.Shape...), Data: a.Data}
		if a.Bytes && pixels != "" {
			if x.Data, err = scaled(a.Data, pixels); err != nil {
				return nil, nil, err
			}
		}
		inputs = append(inputs, x)
	}
	for _, x := range inputs {
		if n := inputs[0].Shape[0]; x.Shape[0] != n || labels != nil && len(labels) != n {
			return nil, nil, errors.New("the arrays hold different numbers of samples")
		}
	}
	return inputs, labels, nil
}

func scaled(data []float64, pixels string) ([]float64, error) {
	var lo, hi float64
	if _, err := fmt.Sscanf(strings.Replace(pixels, ",", " ", 1), "%g %g", &lo, &hi); err != nil {
		return nil, fmt.Errorf("range %q, want LO,HI", pixels)
	}
	out := make([]float64, len(data))
	for i, x := range data {
		out[i] = float64(float32(lo + (hi-lo)*x/255))
	}
	return out, nil
}

// A comparison is of the first output.
type comparison struct {
	samples, refused, agree int
	labeled                 bool
	right, rightReference   int
	worst, largest          float64
	note                    string
}

func compare(p *ir.Program, inputs []*npy.Array, reference *npy.Array, labels []float64) (*comparison, error) {
	c := &comparison{samples: inputs[0].Shape[0], labeled: labels != nil, note: p.Outputs[0].Note}
	size := len(reference.Data) / c.samples
	for k := range c.samples {
		s := make(quant.Sample, len(inputs))
		for i, a := range inputs {
			n := len(a.Data) / c.samples
			s[i] = a.Data[k*n : (k+1)*n]
		}
		want := reference.Data[k*size : (k+1)*size]
		if c.labeled && quant.Argmax(want) == int(labels[k]) {
			c.rightReference++
		}
		out, err := quant.Run(p, s)
		if errors.Is(err, ir.ErrInput) {
			c.refused++
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(out[0]) != size {
			return nil, fmt.Errorf("%d outputs of the integer network, %d of ONNX Runtime", len(out[0]), size)
		}
		if quant.Argmax(out[0]) == quant.Argmax(want) {
			c.agree++
		}
		if c.labeled && quant.Argmax(out[0]) == int(labels[k]) {
			c.right++
		}
		for i, w := range want {
			c.worst, c.largest = max(c.worst, math.Abs(out[0][i]-w)), max(c.largest, math.Abs(w))
		}
	}
	return c, nil
}

// String returns one line. The error is left out where the last layer was dropped:
// the outputs are not of the same thing.
func (c *comparison) String() string {
	s := fmt.Sprintf("%d samples, agreement %.2f %%", c.samples, percent(c.agree, c.samples))
	if c.refused > 0 {
		s += fmt.Sprintf(", %d outside the input range", c.refused)
	}
	if c.labeled {
		s += fmt.Sprintf(", accuracy %.2f %% ONNX Runtime, %.2f %% integer", percent(c.rightReference, c.samples), percent(c.right, c.samples))
	}
	if c.note == "" {
		s += fmt.Sprintf(", worst error %.3g of ±%.3g", c.worst, c.largest)
	}
	return s
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
