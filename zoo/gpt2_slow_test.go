// SPDX-License-Identifier: Apache-2.0

//go:build slow

package zoo_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"runtime/debug"
	"testing"
	"time"

	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/zoo"
)

// TestLargeTransformers compiles and runs the transformers of the zoo and prints
// what they cost. Random weights say nothing of accuracy: the error is to show that
// nothing is broken.
func TestLargeTransformers(t *testing.T) {
	for _, c := range []struct {
		name  string
		model zoo.Transformer
	}{{"TinyStories", zoo.TinyStories(32)}, {"GPT-2 S", zoo.GPT2Small(32)}} {
		c.model.Embedded = true
		t.Run(c.name, func(t *testing.T) { measure(t, c.model) })
	}
}

func measure(t *testing.T, model zoo.Transformer) {
	debug.FreeOSMemory()
	machine.ResetPeak()
	start := time.Now()
	lap := func() float64 {
		s := time.Since(start).Seconds()
		start = time.Now()
		return s
	}
	file := model.Model().Marshal()
	t.Logf("built in %.1f s: %d bytes", lap(), len(file))
	debug.FreeOSMemory()
	machine.ResetPeak()
	g, info, err := onnx.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	file = nil
	if g, err = quant.Prepare(g); err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded in %.1f s: %d parameters, %d MACs; peak %d MiB", lap(), info.Parameters, info.MACs, machine.PeakMemory()>>20)
	rng := rand.New(rand.NewPCG(1, 0))
	x := make([]float64, model.Tokens*model.Width)
	for i := range x {
		x[i] = 0.02 * rng.NormFloat64()
	}
	cal, err := quant.Calibrate(g, []quant.Sample{{x}}, 100)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("calibrated in %.1f s; peak %d MiB", lap(), machine.PeakMemory()>>20)
	p, err := quant.Compile(g, cal, quant.Options{ActBits: 12})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("compiled in %.1f s: %d nodes; peak %d MiB", lap(), len(p.Nodes), machine.PeakMemory()>>20)
	want := scores(t, g, x)
	g, cal = nil, nil
	var b bytes.Buffer
	if err := p.Encode(&b); err != nil {
		t.Fatal(err)
	}
	lap()
	if p, err = ir.Decode(b.Bytes()); err != nil {
		t.Fatal(err)
	}
	t.Logf("decoded in %.1f s: %d bytes", lap(), b.Len())
	b = bytes.Buffer{}
	debug.FreeOSMemory()
	machine.ResetPeak()
	q, err := quant.QuantizeInput(p.Input(p.Inputs[0]), x)
	if err != nil {
		t.Fatal(err)
	}
	plan := p.Plan()
	lap()
	run, err := plan.Execute([][]int64{q}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("executed in %.2f s; peak %d MiB", lap(), machine.PeakMemory()>>20)
	compare(t, model, want, quant.Dequantize(p.Outputs[0], run.Outputs()[0]))
}

func scores(t *testing.T, g *graph.Graph, x []float64) (out []float64) {
	t.Helper()
	if err := g.Visit([][]float64{x}, func(id graph.ID, v []float64) {
		if id == g.Outputs[0].ID {
			out = v
		}
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// compare prints how many of the likeliest tokens agree, and wants small errors.
func compare(t *testing.T, model zoo.Transformer, want, got []float64) {
	same, signal, noise := 0, 0.0, 0.0
	for i := range model.Tokens {
		w, g := want[i*model.Vocabulary:][:model.Vocabulary], got[i*model.Vocabulary:][:model.Vocabulary]
		if quant.Argmax(w) == quant.Argmax(g) {
			same++
		}
		for k := range w {
			signal += w[k] * w[k]
			noise += (w[k] - g[k]) * (w[k] - g[k])
		}
	}
	snr := 10 * math.Log10(signal/noise)
	t.Logf("next token agrees at %d of %d places, signal to noise %.1f dB", same, model.Tokens, snr)
	if !(snr > 30) {
		t.Errorf("signal to noise %.1f dB", snr)
	}
}
