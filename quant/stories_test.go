// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tokenizer"
)

const (
	storyContext    = 32
	storyVocabulary = 640
)

// storyGraph returns the network of the example and samples to calibrate it with.
func storyGraph(t testing.TB) (*graph.Graph, []quant.Sample) {
	t.Helper()
	g, _, err := onnx.Load(examples.Stories())
	if err != nil {
		t.Fatal(err)
	}
	if g, err = quant.Prepare(g); err != nil {
		t.Fatal(err)
	}
	arrays, err := npy.DecodeZip(examples.StoriesWindows(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var samples []quant.Sample
	for data := arrays[0].Data; len(data) > 0; data = data[storyContext:] {
		samples = append(samples, quant.Sample{data[:storyContext]})
	}
	return g, samples
}

// heldoutRows returns the tokens of the held-out stories in rows of one more than
// the network sees.
func heldoutRows(t testing.TB) [][]float64 {
	t.Helper()
	tok, err := tokenizer.Parse(examples.StoriesTokenizer())
	if err != nil {
		t.Fatal(err)
	}
	end, _ := tok.Special("<|endoftext|>")
	var stream []float64
	for line := range strings.Lines(string(bytes.TrimSpace(examples.StoriesHeldout()))) {
		stream = append(stream, float64(end))
		for _, n := range tok.Encode(strings.TrimSuffix(line, "\n")) {
			stream = append(stream, float64(n))
		}
	}
	var rows [][]float64
	for ; len(stream) > storyContext; stream = stream[storyContext+1:] {
		rows = append(rows, stream[:storyContext+1])
	}
	return rows
}

// A predictor is judged by its scores of the tokens that do follow.
type predictor struct {
	loss, count float64
	guesses     []int
}

// see takes the scores for a row, [32,640] in natural logarithms up to a constant.
func (p *predictor) see(row, scores []float64) {
	for i := range storyContext {
		s := scores[i*storyVocabulary : (i+1)*storyVocabulary]
		best := quant.Argmax(s)
		sum := 0.0
		for _, x := range s {
			sum += math.Exp(x - s[best])
		}
		p.loss += math.Log(sum) + s[best] - s[int(row[i+1])]
		p.count++
		p.guesses = append(p.guesses, best)
	}
}

func (p *predictor) perplexity() float64 { return math.Exp(p.loss / p.count) }

// agreement is the share of the guesses of p and q that are the same.
func (p *predictor) agreement(q *predictor) float64 {
	same := 0
	for i, x := range p.guesses {
		if x == q.guesses[i] {
			same++
		}
	}
	return float64(same) / float64(len(p.guesses))
}

// TestLanguageModel measures the integer network of the example on text that it
// was not trained on.
func TestLanguageModel(t *testing.T) {
	t.Parallel()
	g, samples := storyGraph(t)
	rows := heldoutRows(t)
	if len(rows) != 280 {
		t.Fatalf("%d rows of held-out text, want the 280 of the training script", len(rows))
	}
	if testing.Short() {
		rows = rows[:20]
	}
	float := &predictor{}
	for _, row := range rows {
		if err := g.Visit([][]float64{row[:storyContext]}, func(id graph.ID, v []float64) {
			if id == g.Outputs[0].ID {
				float.see(row, v)
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("float: perplexity %.4f", float.perplexity())
	if p := float.perplexity(); !testing.Short() && math.Abs(p-1.511) > 0.0006 {
		t.Errorf("perplexity %.4f, the training script measured 1.511", p)
	}
	cal := calibrate(t, g, samples)
	for _, c := range []struct {
		bits             int
		agreement, worse float64 // at least, and perplexity at most this much
	}{{8, 0.97, 1.02}, {10, 0.985, 1.003}, {12, 0.99, 1.001}, {16, 0.99, 1.001}} {
		p, err := quant.Compile(g, cal, quant.Options{ActBits: c.bits, InputRange: &quant.Span{Hi: storyVocabulary - 1}})
		if err != nil {
			t.Fatal(err)
		}
		got := &predictor{}
		plan := p.Plan()
		for _, row := range rows {
			got.see(row, integerScores(t, plan, p, row[:storyContext]))
		}
		agreement, worse := got.agreement(float), got.perplexity()/float.perplexity()
		t.Logf("%2d bits: perplexity %.4f, next token agrees %.2f %%", c.bits, got.perplexity(), 100*agreement)
		if agreement < c.agreement || worse > c.worse {
			t.Errorf("%d bits: agreement %.4f, perplexity %.4f times that of the float network; want %.3f, %.3f",
				c.bits, agreement, worse, c.agreement, c.worse)
		}
	}
}

func integerScores(t testing.TB, plan *ir.Plan, p *ir.Program, x []float64) []float64 {
	t.Helper()
	q, err := quant.QuantizeInput(p.Input(p.Inputs[0]), x)
	if err != nil {
		t.Fatal(err)
	}
	run, err := plan.Execute([][]int64{q}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return quant.Dequantize(p.Outputs[0], run.Outputs()[0])
}
