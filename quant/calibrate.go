// SPDX-License-Identifier: Apache-2.0

// Package quant turns the graph over the reals into the integer program that is
// proved: it folds what costs nothing into the weights (Prepare), observes the
// network on sample inputs (Calibrate), chooses the scale of every tensor and
// rewrites the primitives over ℤ (Compile), and reports how far the integer
// network is from the float one (Compare).
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

// Calibrate runs g on samples. percentile in (0, 100] is the share of the
// elements of a tensor that its Span must hold; 100 keeps every element
// (max-abs calibration), 99.99 drops outliers. The Span of an input always holds
// every element: a value outside the declared range is refused later, not clamped.
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
	err := observe(g, samples, func(id int, v []float64) {
		s := &c.Spans[id]
		for _, x := range v {
			if x > s.Hi {
				s.Hi = x
			}
			if x < s.Lo && x != math.Inf(-1) {
				s.Lo = x
			}
		}
	})
	if err != nil || percentile == 100 {
		return c, err
	}
	return c, c.clip(g, samples, func(h *histogram, _ Span) float64 { return h.percentile(percentile) })
}

// observe calls see with the elements of every value: of constants once, of the
// others for every sample. −∞ is padding under a maximum; no element is NaN or
// +∞.
func observe(g *graph.Graph, samples []Sample, see func(id int, v []float64)) error {
	for k, s := range samples {
		for _, in := range s {
			if i := notFinite(in, false); i >= 0 {
				return fmt.Errorf("%w: sample %d has %v at element %d", ErrCalibration, k, in[i], i)
			}
		}
		var failure error
		err := g.Visit(s, func(id graph.ID, v []float64) {
			if k > 0 && g.Nodes[id].Op.Kind() == "const" || failure != nil {
				return
			}
			if i := notFinite(v, true); i >= 0 {
				failure = fmt.Errorf("%w: sample %d: %s is %v at element %d", ErrCalibration, k, g.Nodes[id].Name, v[i], i)
				if n := &g.Nodes[id]; n.Op.Kind() == "gather" && v[i] != v[i] {
					failure = fmt.Errorf("%w: sample %d: %s takes a row by an index beyond the %v that there are, for element %d of its result",
						ErrCalibration, k, n.Name, g.Nodes[n.Args[0]].Shape, i)
				}
				return
			}
			see(int(id), v)
		})
		if failure != nil {
			return failure
		}
		if err != nil {
			return fmt.Errorf("%w: sample %d: %w", ErrCalibration, k, err)
		}
	}
	return nil
}

// notFinite returns the index of the first element that is NaN, +∞ or, unless it
// is padding, −∞; or −1.
func notFinite(v []float64, padded bool) int {
	for i, x := range v {
		if x-x != 0 && !(padded && x == math.Inf(-1)) {
			return i
		}
	}
	return -1
}
