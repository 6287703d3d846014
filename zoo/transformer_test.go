// SPDX-License-Identifier: Apache-2.0

package zoo_test

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/zoo"
)

// small is a transformer that tests can afford.
var small = zoo.Transformer{Layers: 2, Width: 32, Heads: 4, Vocabulary: 50, Context: 16, Tokens: 8, Seed: 1}

func load(t *testing.T, model zoo.Transformer) (*graph.Graph, *onnx.Info) {
	t.Helper()
	g, info, err := onnx.Load(model.Model().Marshal())
	if err != nil {
		t.Fatal(err)
	}
	return g, info
}

// logits returns the scores of a network that has one output.
func logits(t *testing.T, g *graph.Graph, x []float64) []float64 {
	t.Helper()
	values, err := g.Eval([][]float64{x})
	if err != nil {
		t.Fatal(err)
	}
	return values[g.Outputs[0].ID]
}

func draw(rng *rand.Rand, n, below int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(rng.IntN(below))
	}
	return x
}

// TestLast: the scores of the last token are those that it has among all.
func TestLast(t *testing.T) {
	t.Parallel()
	g, _ := load(t, small)
	model := small
	model.Last = true
	last, _ := load(t, model)
	x := draw(rand.New(rand.NewPCG(2, 0)), small.Tokens, small.Vocabulary)
	want := logits(t, g, x)[(small.Tokens-1)*small.Vocabulary:]
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	if got := logits(t, last, x); !slices.EqualFunc(got, want, near) {
		t.Errorf("%d scores differ from the last %d of all:\n%v\n%v", len(got), len(want), got, want)
	}
}

// TestTransformerIsCausal: a token changes the scores of itself and later ones only.
func TestTransformerIsCausal(t *testing.T) {
	t.Parallel()
	g, _ := load(t, small)
	rng := rand.New(rand.NewPCG(1, 0))
	x := draw(rng, small.Tokens, small.Vocabulary)
	before := logits(t, g, x)
	for at := range small.Tokens {
		y := slices.Clone(x)
		y[at] = math.Mod(y[at]+1, float64(small.Vocabulary))
		after := logits(t, g, y)
		for i := range small.Tokens {
			row := func(v []float64) []float64 { return v[i*small.Vocabulary : (i+1)*small.Vocabulary] }
			if same := slices.Equal(row(before), row(after)); same != (i < at) {
				t.Errorf("token %d changes: scores %d are the same: %v", at, i, same)
			}
		}
	}
}

// TestTransformerEmbedded: the model that takes embedded tokens is the one that
// takes their numbers.
func TestTransformerEmbedded(t *testing.T) {
	t.Parallel()
	g, _ := load(t, small)
	given := small
	given.Embedded = true
	e, _ := load(t, given)
	words := small.Model().Inits[0].Floats
	x := draw(rand.New(rand.NewPCG(2, 0)), small.Tokens, small.Vocabulary)
	var rows []float64
	for _, n := range x {
		for _, w := range words[int(n)*small.Width : (int(n)+1)*small.Width] {
			rows = append(rows, float64(w))
		}
	}
	for i, want := range logits(t, g, x) {
		if got := logits(t, e, rows)[i]; math.Abs(got-want) > 1e-9 {
			t.Fatalf("score %d is %v, want %v", i, got, want)
		}
	}
}

// TestTransformerIsSeeded: equal seeds give equal files, others do not.
func TestTransformerIsSeeded(t *testing.T) {
	t.Parallel()
	other := small
	other.Seed = 2
	if !bytes.Equal(small.Model().Marshal(), small.Model().Marshal()) {
		t.Error("one seed gives two files")
	}
	if bytes.Equal(small.Model().Marshal(), other.Model().Marshal()) {
		t.Error("two seeds give one file")
	}
}

// TestTransformerParameters compares with the published numbers, less the rows of
// the position embedding that no token has.
func TestTransformerParameters(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("draws 9 million numbers")
	}
	model := zoo.TinyStories(32)
	total := int64(0)
	for _, w := range model.Model().Inits {
		if w.Name != "mask" {
			total += int64(len(w.Floats))
		}
	}
	if total -= int64(model.Layers); total != parameters(model) { // less the scale of the scores
		t.Errorf("%d parameters, want %d", total, parameters(model))
	}
	gpt2 := zoo.GPT2Small(1024)
	if n := parameters(gpt2); n != 124439808 {
		t.Errorf("GPT-2 has %d parameters, want 124,439,808", n)
	}
}

// parameters is the number by the description of the architecture.
func parameters(t zoo.Transformer) int64 {
	w := t.Width
	block := 2*2*w + w*3*w + 3*w + w*w + w + w*4*w + 4*w + 4*w*w + w
	return int64(t.Vocabulary*w + t.Tokens*w + t.Layers*block + 2*w)
}

// TestTransformerCompiles runs the integer network.
func TestTransformerCompiles(t *testing.T) {
	t.Parallel()
	g, _ := load(t, small)
	g, err := quant.Prepare(g)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 0))
	var samples []quant.Sample
	for range 10 {
		samples = append(samples, quant.Sample{draw(rng, small.Tokens, small.Vocabulary)})
	}
	cal, err := quant.Calibrate(g, samples, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{ActBits: 12, InputRange: &quant.Span{Hi: float64(small.Vocabulary - 1)}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := quant.Compare(g, p, samples, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Refused != 0 || r.MeanError > 0.005*r.OutputSpan {
		t.Errorf("%d refused, mean error %g of ±%g", r.Refused, r.MeanError, r.OutputSpan)
	}
}
