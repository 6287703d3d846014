// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"

	"github.com/zkml-go/zkml/quant"
)

// errors is the panel of the distribution of the output's error. The sets share
// the widest of their bins.
func (a *Accuracy) errors() (*plot.Plot, error) {
	p := newPlot("Error of the output", "integer − float, in units of the output")
	p.Y.Label.Text = "% of elements"
	p.Add(lines(true))
	width, least := 0.0, 100.0
	for _, s := range a.Sets {
		width = max(width, s.Measurement.Errors.Width)
		least = min(least, 100/float64(max(total(s.Measurement.Errors), 1)))
	}
	// Tails matter, so the axis is logarithmic: it starts at half an element.
	for i, s := range a.Sets {
		outline := steps(widen(s.Measurement.Errors, width), least/2)
		line, err := plotter.NewLine(outline)
		if err != nil {
			return nil, err
		}
		line.Color, line.Width = colorOf(i), 1.2
		line.FillColor = light(colorOf(i))
		p.Add(line)
	}
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Y.Min, p.Y.Max = least/2, 100
	return p, nil
}

// widen returns h with bins of the given width, which is that of h times a power
// of two. Values that are all 0 get one bin, whatever the width is.
func widen(h quant.Histogram, width float64) quant.Histogram {
	if h.Width == 0 {
		if width == 0 {
			width = 1
		}
		return quant.Histogram{Width: width, Counts: h.Counts}
	}
	for h.Width < width {
		wide := quant.Histogram{Width: 2 * h.Width, First: h.First >> 1}
		wide.Counts = make([]int, (h.First+len(h.Counts)-1)>>1-wide.First+1)
		for i, n := range h.Counts {
			wide.Counts[(h.First+i)>>1-wide.First] += n
		}
		h = wide
	}
	return h
}

func total(h quant.Histogram) int {
	n := 0
	for _, k := range h.Counts {
		n += k
	}
	return n
}

// steps returns the outline of a histogram: real places, and shares in percent
// that are at least floor.
func steps(h quant.Histogram, floor float64) plotter.XYs {
	all := float64(max(total(h), 1))
	at := func(i int) float64 { return float64(h.First+i) * h.Width }
	out := plotter.XYs{{X: at(0), Y: floor}}
	for i, n := range h.Counts {
		share := max(100*float64(n)/all, floor)
		out = append(out, plotter.XY{X: at(i), Y: share}, plotter.XY{X: at(i + 1), Y: share})
	}
	return append(out, plotter.XY{X: at(len(h.Counts)), Y: floor})
}
