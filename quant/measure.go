// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// A Measurement is a Report with what it says of single layers and of the
// distribution of the output's error, integer minus float.
type Measurement struct {
	Report
	Layers []LayerError `json:"layers"`
	Errors Histogram    `json:"output_errors"`
}

// A LayerError compares a layer of the integer network with the same layer of the
// float one, over all samples that were not refused. The error of a layer holds
// that of the layers before it.
type LayerError struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Elements int    `json:"elements"` // in all samples together
	// Saturated counts the elements that the layer's integers cannot hold: those
	// whose real value, rounded at the layer's scale, is outside the range of the
	// integer tensor.
	Saturated int     `json:"saturated"`
	RMSE      float64 `json:"rmse"`      // in real units
	MaxError  float64 `json:"max_error"` // in real units
	// RelativeRMSE is RMSE over the root mean square of the float tensor and SNR the
	// same in decibels, −20·log₁₀. A tensor that is 0 throughout has neither, and one
	// without an error no SNR.
	RelativeRMSE *float64 `json:"relative_rmse,omitempty"`
	SNR          *float64 `json:"snr_db,omitempty"`
}

// A Histogram counts values in bins of equal width: Counts[i] of them are in
// [(First+i)·Width, (First+i+1)·Width).
type Histogram struct {
	Width  float64 `json:"width"`
	First  int     `json:"first"`
	Counts []int   `json:"counts"`
}

// Measure is Compare and looks at layers, which CompileLayers returned with p.
func Measure(g *graph.Graph, p *ir.Program, layers []Layer, samples []Sample, labels []int) (*Measurement, error) {
	if err := checkLayers(g, p, layers); err != nil {
		return nil, err
	}
	keep, at := map[ir.ID]bool{}, map[graph.ID][]int{}
	for i, l := range layers {
		keep[l.Integer] = true
		at[l.Real] = append(at[l.Real], i)
	}
	sums := make([]layerSums, len(layers))
	var errors spread
	r, err := compare(g, p, samples, labels, func(id ir.ID) bool { return keep[id] }, func(id graph.ID, want []float64, run *ir.Run) {
		for _, i := range at[id] {
			l := layers[i]
			sums[i].add(want, run.Values(l.Integer).Int64s(), l.Scale, p.Nodes[l.Integer].Range)
		}
		if id == g.Outputs[0].ID {
			o := p.Outputs[0]
			for i, q := range run.Values(o.ID).Int64s() {
				errors.add(float64(q)*o.Scale - want[i])
			}
		}
	})
	if err != nil {
		return nil, err
	}
	m := &Measurement{Report: *r, Layers: make([]LayerError, len(layers)), Errors: errors.histogram()}
	for i, l := range layers {
		m.Layers[i] = sums[i].result(l)
	}
	return m, nil
}

// layerSums add up what a LayerError is made of.
type layerSums struct {
	elements, saturated  int
	signal, noise, worst float64
}

func (s *layerSums) add(want []float64, got []int64, scale float64, r ir.Range) {
	for i, x := range want {
		e := math.Abs(scale*float64(got[i]) - x)
		s.noise += e * e
		s.signal += x * x
		s.worst = max(s.worst, e)
		if q := math.Floor(x/scale + 0.5); q < float64(r.Lo) || q > float64(r.Hi) {
			s.saturated++
		}
	}
	s.elements += len(want)
}

func (s *layerSums) result(l Layer) LayerError {
	out := LayerError{Name: l.Name, Kind: l.Kind, Elements: s.elements, Saturated: s.saturated,
		RMSE: math.Sqrt(s.noise / float64(max(s.elements, 1))), MaxError: s.worst}
	if s.signal > 0 {
		relative := math.Sqrt(s.noise / s.signal)
		out.RelativeRMSE = &relative
		if s.noise > 0 {
			snr := -20 * math.Log10(relative)
			out.SNR = &snr
		}
	}
	return out
}

// spreadBins is the number of bins on either side of 0 that a histogram has at
// most.
const spreadBins = 64

// A spread is a histogram whose bins are as wide as the values seen need: their
// width starts as the first value that is not 0 asks and doubles.
type spread struct {
	width  float64
	counts map[int]int
	zeros  int // values before the first that is not 0
}

func (s *spread) add(x float64) {
	switch {
	case x-x != 0: // a network that overflowed has no error worth counting
		return
	case x != 0 && s.width == 0:
		s.width = max(math.Exp2(math.Ceil(math.Log2(math.Abs(x)/spreadBins))), 0x1p-1000)
		s.counts = map[int]int{0: s.zeros}
	case s.width == 0:
		s.zeros++
		return
	}
	for math.Floor(x/s.width) < -spreadBins || math.Floor(x/s.width) >= spreadBins {
		wide := map[int]int{}
		for k, n := range s.counts {
			wide[k>>1] += n
		}
		s.width, s.counts = 2*s.width, wide
	}
	s.counts[int(math.Floor(x/s.width))]++
}

// histogram returns the counts. Values that are all 0 have one bin of width 0.
func (s *spread) histogram() Histogram {
	if s.width == 0 {
		return Histogram{Counts: []int{s.zeros}}
	}
	first, last := spreadBins, -spreadBins
	for k, n := range s.counts {
		if n > 0 {
			first, last = min(first, k), max(last, k)
		}
	}
	h := Histogram{Width: s.width, First: first, Counts: make([]int, last-first+1)}
	for i := range h.Counts {
		h.Counts[i] = s.counts[first+i]
	}
	return h
}
