// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"errors"
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// A Report compares the integer network with the float one on a set of samples.
// Accuracies are present if labels were given and count the first output's
// argmax, ties to the first index.
type Report struct {
	Samples       int      `json:"samples"`
	Refused       int      `json:"refused"` // samples outside the declared input range
	FloatAccuracy *float64 `json:"float_accuracy,omitempty"`
	IntAccuracy   *float64 `json:"int_accuracy,omitempty"`
	// Agreement is the share of samples whose argmax is the same, of an output
	// with at least two elements.
	Agreement float64 `json:"agreement"`
	// WorstError and MeanError are of single output elements, in real units.
	WorstError float64 `json:"worst_error"`
	MeanError  float64 `json:"mean_error"`
	// OutputSpan is the largest magnitude of a float output.
	OutputSpan float64 `json:"output_span"`
}

// Compare runs g and p on samples. labels may be nil. A sample outside the
// declared input range is counted as refused and, for the integer network, as
// wrong.
func Compare(g *graph.Graph, p *ir.Program, samples []Sample, labels []int) (*Report, error) {
	if labels != nil && len(labels) != len(samples) {
		return nil, fmt.Errorf("%d labels for %d samples", len(labels), len(samples))
	}
	r := &Report{Samples: len(samples)}
	plan := p.Plan()
	floatRight, intRight, agree, elements := 0, 0, 0, 0
	for k, s := range samples {
		var want []float64
		if err := g.Visit(s, func(id graph.ID, v []float64) {
			if id == g.Outputs[0].ID {
				want = v
			}
		}); err != nil {
			return nil, err
		}
		label := -1
		if labels != nil {
			label = labels[k]
		}
		if Argmax(want) == label {
			floatRight++
		}
		got, err := run(plan, p, s)
		if errors.Is(err, ir.ErrInput) {
			r.Refused++
			continue
		}
		if err != nil {
			return nil, err
		}
		if Argmax(got[0]) == label {
			intRight++
		}
		if Argmax(got[0]) == Argmax(want) {
			agree++
		}
		for i, x := range want {
			e := math.Abs(x - got[0][i])
			r.WorstError = max(r.WorstError, e)
			r.MeanError += e
			r.OutputSpan = max(r.OutputSpan, math.Abs(x))
			elements++
		}
	}
	share := func(n int) float64 { return float64(n) / float64(max(len(samples), 1)) }
	r.Agreement = share(agree)
	r.MeanError /= float64(max(elements, 1))
	if labels != nil {
		f, i := share(floatRight), share(intRight)
		r.FloatAccuracy, r.IntAccuracy = &f, &i
	}
	return r, nil
}

// Run quantizes an input, runs p and returns its outputs as reals.
func Run(p *ir.Program, s Sample) ([][]float64, error) { return run(p.Plan(), p, s) }

func run(plan *ir.Plan, p *ir.Program, s Sample) ([][]float64, error) {
	if len(s) != len(p.Inputs) {
		return nil, fmt.Errorf("%w: %d tensors for %d inputs", ir.ErrInput, len(s), len(p.Inputs))
	}
	in := make([][]int64, len(s))
	for i, id := range p.Inputs {
		var err error
		if in[i], err = QuantizeInput(p.Input(id), s[i]); err != nil {
			return nil, err
		}
	}
	r, err := plan.Execute(in, nil)
	if err != nil {
		return nil, err
	}
	out := r.Outputs()
	reals := make([][]float64, len(out))
	for i, o := range p.Outputs {
		reals[i] = Dequantize(o, out[i])
	}
	return reals, nil
}

// Argmax returns the index of the largest element, the first of equals.
func Argmax[T int64 | float64](x []T) int {
	best := 0
	for i := range x {
		if x[i] > x[best] {
			best = i
		}
	}
	return best
}
