// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
)

// histogramBins is the resolution of percentile and MSE calibration.
const histogramBins = 4096

// CalibrateMSE is Calibrate with spans that minimize the mean squared error of the
// calibration samples as activations of the given width: a narrower span has finer
// steps and clamps more. The Span of an input holds every element.
func CalibrateMSE(g *graph.Graph, samples []Sample, bits int) (*Calibration, error) {
	if bits < minActBits || bits > maxActBits {
		return nil, fmt.Errorf("activations of %d bits, want %d to %d", bits, minActBits, maxActBits)
	}
	c, err := Calibrate(g, samples, 100)
	if err != nil {
		return nil, err
	}
	return c, c.clip(g, samples, func(h *histogram, s Span) float64 {
		levels := math.Ldexp(1, bits) - 1
		if s.Lo < 0 {
			levels = math.Ldexp(1, bits-1) - 1
		}
		return h.leastSquares(levels)
	})
}

// A histogram counts the magnitudes of a tensor's elements in bins of equal width,
// the last of which ends at the largest.
type histogram struct {
	bins    [histogramBins]int
	total   int
	largest float64
}

// percentile returns the least end of a bin up to which the given share of the
// magnitudes lies.
func (h *histogram) percentile(percent float64) float64 {
	seen, limit := 0, 0.0
	for k, n := range h.bins {
		seen += n
		limit = h.largest * float64(k+1) / histogramBins
		if float64(seen) >= percent/100*float64(h.total) {
			break
		}
	}
	return limit
}

// leastSquares returns the limit at which rounding to the given number of steps
// from 0 and clamping together have the least squared error: step²/12 for what is
// below the limit and the squared distance to it for what is above. Limits are
// tried from 1/128 of the largest magnitude on.
func (h *histogram) leastSquares(levels float64) float64 {
	const tries = 128
	best, least := h.largest, math.Inf(1)
	for i := tries; i > 0; i-- {
		limit := float64(i) / tries // of the largest
		step := limit / levels
		sum := 0.0
		for k, n := range h.bins {
			if n == 0 {
				continue
			}
			x := (float64(k) + 0.5) / histogramBins
			if x <= limit {
				sum += float64(n) * step * step / 12
			} else {
				sum += float64(n) * (x - limit) * (x - limit)
			}
		}
		if sum < least {
			best, least = limit*h.largest, sum
		}
	}
	return best
}

// clip shrinks every span to the magnitude that limit chooses. The spans of inputs
// stay: what a declared range lacks is refused, not clamped.
func (c *Calibration) clip(g *graph.Graph, samples []Sample, limit func(*histogram, Span) float64) error {
	histograms := make([]histogram, len(c.Spans))
	err := observe(g, samples, func(id int, v []float64) {
		h := &histograms[id]
		h.largest = c.Spans[id].maxAbs()
		perBin := histogramBins / h.largest
		for _, x := range v {
			if x == math.Inf(-1) {
				continue
			}
			// Neither the largest magnitude nor the 0/0 of a tensor of zeros has a
			// bin of its own.
			k := math.Abs(x) * perBin
			if !(k < histogramBins-1) {
				k = histogramBins - 1
			}
			h.bins[int(k)]++
			h.total++
		}
	})
	if err != nil {
		return err
	}
	for id := range c.Spans {
		if g.Nodes[id].Op.Kind() == "input" {
			continue
		}
		s := &c.Spans[id]
		m := limit(&histograms[id], *s)
		s.Lo, s.Hi = max(s.Lo, -m), min(s.Hi, m)
	}
	return nil
}
