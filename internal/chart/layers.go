// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"fmt"
	"unicode/utf8"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxSNR is where ratios are cut off, in dB: a layer of no more error than the
// rounding of a constant would squeeze the others together.
const maxSNR = 100

// snr is the panel of the signal-to-noise ratios: layers from top to bottom in the
// order of the network.
func (a *Accuracy) snr() (*plot.Plot, error) {
	p := newPlot("Signal-to-noise ratio of each layer", "dB")
	clipped := false
	p.Add(lines(false))
	for i, s := range a.Sets {
		var points plotter.XYs
		var exact plotter.XYLabels
		for k, l := range s.Measurement.Layers {
			if l.SNR == nil {
				exact.XYs, exact.Labels = append(exact.XYs, plotter.XY{X: 0, Y: a.row(k)}), append(exact.Labels, "  exact")
				continue
			}
			clipped = clipped || *l.SNR > maxSNR
			points = append(points, plotter.XY{X: min(*l.SNR, maxSNR), Y: a.row(k)})
		}
		if len(points) > 0 {
			line, marks, err := plotter.NewLinePoints(points)
			if err != nil {
				return nil, err
			}
			line.Color, line.Width = light(colorOf(i)), 1.2
			marks.GlyphStyle = glyphOf(i)
			p.Add(line, marks)
		}
		if len(exact.Labels) > 0 && i == 0 {
			labels, err := plotter.NewLabels(exact)
			if err != nil {
				return nil, err
			}
			for k := range labels.TextStyle {
				labels.TextStyle[k] = style(8, ink)
			}
			p.Add(labels)
		}
	}
	p.X.Min, p.X.Max = min(p.X.Min, 0), max(p.X.Max*1.04, 10)
	if clipped {
		p.X.Label.Text = fmt.Sprintf("dB; %d means that or more", maxSNR)
	}
	a.rows(p, true)
	return p, nil
}

// saturation is the panel of the shares of saturated elements.
func (a *Accuracy) saturation() (*plot.Plot, error) {
	p := newPlot("Saturated elements", "%")
	p.Add(lines(false))
	most := 0.0
	pitch := a.rowsHeight() - axisHeight
	width := min(pitch/vg.Length(len(a.layers()))/vg.Length(len(a.Sets))*0.7, 7)
	for i, s := range a.Sets {
		bars := make(plotter.Values, len(s.Measurement.Layers))
		for k, l := range s.Measurement.Layers {
			share := 100 * float64(l.Saturated) / float64(max(l.Elements, 1))
			bars[len(bars)-1-k] = share
			most = max(most, share)
		}
		b, err := plotter.NewBarChart(bars, width)
		if err != nil {
			return nil, err
		}
		b.Horizontal, b.Color, b.LineStyle.Width = true, colorOf(i), 0
		b.Offset = width * (vg.Length(len(a.Sets)-1)/2 - vg.Length(i))
		p.Add(b)
	}
	if most == 0 {
		none, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: 0, Y: float64(len(a.layers())-1) / 2}}, Labels: []string{"   none"}})
		if err != nil {
			return nil, err
		}
		none.TextStyle[0] = style(9, ink)
		p.Add(none)
		most = 1
	}
	p.X.Min, p.X.Max = 0, most*1.1
	a.rows(p, false)
	return p, nil
}

// row returns the place of layer k on the vertical axis.
func (a *Accuracy) row(k int) float64 { return float64(len(a.layers()) - 1 - k) }

const (
	maxLabels    = 60 // layers that are named
	maxLabelSize = 34 // of a name, in runes
)

// rows makes the vertical axis one of layers, with their names or without.
func (a *Accuracy) rows(p *plot.Plot, named bool) {
	layers := a.layers()
	every := (len(layers) + maxLabels - 1) / maxLabels
	var ticks plot.ConstantTicks
	for k, l := range layers {
		t := plot.Tick{Value: a.row(k)}
		if named && k%every == 0 {
			t.Label = shorten(l.Name)
		}
		if k%every == 0 {
			ticks = append(ticks, t)
		}
	}
	p.Y.Tick.Marker = ticks
	p.Y.Min, p.Y.Max = -0.6, float64(len(layers))-0.4
	p.Y.Tick.Length = 0
	if every > 1 && named {
		p.Y.Label.Text = fmt.Sprintf("layers in order, one in %d is named", every)
	}
}

// shorten keeps the end of a name, which is what tells it from others.
func shorten(s string) string {
	n := utf8.RuneCountInString(s)
	if n <= maxLabelSize {
		return s
	}
	return "…" + string([]rune(s)[n-maxLabelSize+1:])
}

// lines returns the grid behind a panel, without the lines through layers.
func lines(horizontal bool) *plotter.Grid {
	g := plotter.NewGrid()
	g.Vertical = draw.LineStyle{Color: faint, Width: 0.5}
	g.Horizontal = g.Vertical
	if !horizontal {
		g.Horizontal.Color = nil
	}
	return g
}
