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
	return compare(g, p, samples, labels, nil, func(graph.ID, []float64, *ir.Run) {})
}

// compare is Compare and shows, for every sample that is not refused, the value of
// every node over the reals with the run over the integers, which holds the nodes
// that keep asks for.
func compare(g *graph.Graph, p *ir.Program, samples []Sample, labels []int, keep func(ir.ID) bool, show func(graph.ID, []float64, *ir.Run)) (*Report, error) {
	if labels != nil && len(labels) != len(samples) {
		return nil, fmt.Errorf("%d labels for %d samples", len(labels), len(samples))
	}
	r := &Report{Samples: len(samples)}
	plan := p.Plan()
	floatRight, intRight, agree, elements := 0, 0, 0, 0
	for k, s := range samples {
		run, err := execute(plan, p, s, keep)
		refused := errors.Is(err, ir.ErrInput)
		if err != nil && !refused {
			return nil, err
		}
		var want []float64
		if err := g.Visit(s, func(id graph.ID, v []float64) {
			if id == g.Outputs[0].ID {
				want = v
			}
			if !refused {
				show(id, v, run)
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
		if refused {
			r.Refused++
			continue
		}
		got := outputs(p, run)[0]
		if Argmax(got) == label {
			intRight++
		}
		if Argmax(got) == Argmax(want) {
			agree++
		}
		for i, x := range want {
			e := math.Abs(x - got[i])
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
func Run(p *ir.Program, s Sample) ([][]float64, error) {
	run, err := execute(p.Plan(), p, s, nil)
	if err != nil {
		return nil, err
	}
	return outputs(p, run), nil
}

// execute quantizes an input and runs p.
func execute(plan *ir.Plan, p *ir.Program, s Sample, keep func(ir.ID) bool) (*ir.Run, error) {
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
	return plan.Execute(in, keep)
}

// outputs returns the outputs of a run as reals.
func outputs(p *ir.Program, run *ir.Run) [][]float64 {
	out := run.Outputs()
	reals := make([][]float64, len(out))
	for i, o := range p.Outputs {
		reals[i] = Dequantize(o, out[i])
	}
	return reals
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
