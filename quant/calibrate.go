// SPDX-License-Identifier: Apache-2.0

// Package quant turns the graph over the reals into the integer program that is
// proved: it observes the network on sample inputs (calibration), chooses the
// scale of every tensor, rewrites the primitives over ℤ, and reports how far the
// integer network is from the float one.
package quant

import (
	"errors"
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
)

// A Sample is one input of the network: a tensor per graph input, row-major.
type Sample [][]float64

// A Span is the interval of reals that calibration saw at a value.
type Span struct{ Lo, Hi float64 }

// maxAbs returns the largest magnitude in s.
func (s Span) maxAbs() float64 { return max(math.Abs(s.Lo), math.Abs(s.Hi)) }

// A Calibration holds the Span of every value of a graph.
type Calibration struct {
	Spans   []Span
	Samples int
}

// ErrCalibration is wrapped by every complaint about the calibration set.
var ErrCalibration = errors.New("bad calibration set")

// histogramBins is the resolution of percentile calibration.
const histogramBins = 4096

// Calibrate runs g on samples. percentile in (0, 100] is the share of the
// elements of a tensor that its Span must hold; 100 keeps every element
// (max-abs calibration), 99.99 drops outliers.
func Calibrate(g *graph.Graph, samples []Sample, percentile float64) (*Calibration, error) {
	if len(samples) == 0 {
		return nil, fmt.Errorf("%w: it has no samples", ErrCalibration)
	}
	if !(percentile > 50 && percentile <= 100) {
		return nil, fmt.Errorf("%w: percentile %v, want more than 50 and at most 100", ErrCalibration, percentile)
	}
	c := &Calibration{Spans: make([]Span, len(g.Nodes)), Samples: len(samples)}
	for i := range c.Spans {
		c.Spans[i] = Span{math.Inf(1), math.Inf(-1)}
	}
	err := observe(g, samples, func(id int, x float64) {
		s := &c.Spans[id]
		s.Lo, s.Hi = min(s.Lo, x), max(s.Hi, x)
	})
	if err != nil || percentile == 100 {
		return c, err
	}
	return c, c.clip(g, samples, percentile)
}

// observe calls see with every finite element of every value.
func observe(g *graph.Graph, samples []Sample, see func(id int, x float64)) error {
	for k, s := range samples {
		for _, in := range s {
			for i, x := range in {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					return fmt.Errorf("%w: sample %d has %v at element %d", ErrCalibration, k, x, i)
				}
			}
		}
		values, err := g.Eval(s)
		if err != nil {
			return fmt.Errorf("%w: sample %d: %w", ErrCalibration, k, err)
		}
		for id, v := range values {
			for i, x := range v {
				if math.IsNaN(x) || math.IsInf(x, 1) {
					return fmt.Errorf("%w: sample %d: %s is %v at element %d", ErrCalibration, k, g.Nodes[id].Name, x, i)
				}
				if !math.IsInf(x, -1) { // padding under a maximum
					see(id, x)
				}
			}
		}
	}
	return nil
}

// clip shrinks every span to the percentile of the magnitudes in it.
func (c *Calibration) clip(g *graph.Graph, samples []Sample, percentile float64) error {
	bins := make([][histogramBins]int, len(c.Spans))
	total := make([]int, len(c.Spans))
	err := observe(g, samples, func(id int, x float64) {
		if m := c.Spans[id].maxAbs(); m > 0 {
			bins[id][min(int(math.Abs(x)/m*histogramBins), histogramBins-1)]++
		}
		total[id]++
	})
	if err != nil {
		return err
	}
	for id := range c.Spans {
		s := &c.Spans[id]
		seen, limit := 0, 0.0
		for k := range bins[id] {
			seen += bins[id][k]
			limit = s.maxAbs() * float64(k+1) / histogramBins
			if float64(seen) >= percentile/100*float64(total[id]) {
				break
			}
		}
		s.Lo, s.Hi = max(s.Lo, -limit), min(s.Hi, limit)
	}
	return nil
}
