// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"fmt"
	"io"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Stacks is a picture of bars, each a sum of parts, in seconds. It has no background.
type Stacks struct {
	Title string
	Bars  []string
	// Parts are from the left; each has a value for every bar.
	Parts []Part
}

// A Part is of the same color in all bars.
type Part struct {
	Name   string
	Values []float64
}

// SVG writes the picture as an SVG document, which names its font and does not embed it.
func (s *Stacks) SVG(w io.Writer) error {
	p, err := s.plot()
	if err != nil {
		return err
	}
	names := make([]string, len(s.Parts))
	for i, part := range s.Parts {
		names[i] = part.Name
	}
	height := vg.Length(len(s.Bars))*18 + axisHeight
	return transparent(w, s.Title, names, square, curvesWidth, height, p)
}

// square is the mark of a part: a piece of its bars.
func square(i int) draw.GlyphStyle {
	return draw.GlyphStyle{Color: colorOf(i), Radius: 4, Shape: draw.BoxGlyph{}}
}

func (s *Stacks) plot() (*plot.Plot, error) {
	p := newPlot("", "s")
	p.Add(lines(false))
	var below *plotter.BarChart
	for i, part := range s.Parts {
		if len(part.Values) != len(s.Bars) || len(s.Bars) == 0 {
			return nil, fmt.Errorf("chart: part %q has %d values for %d bars", part.Name, len(part.Values), len(s.Bars))
		}
		values := slices.Clone(plotter.Values(part.Values))
		slices.Reverse(values) // the first bar is the highest
		b, err := plotter.NewBarChart(values, 11)
		if err != nil {
			return nil, err
		}
		b.Horizontal, b.Color, b.LineStyle.Width = true, colorOf(i), 0
		if below != nil {
			b.StackOn(below)
		}
		p.Add(b)
		below = b
	}
	var ticks plot.ConstantTicks
	for i, name := range s.Bars {
		ticks = append(ticks, plot.Tick{Value: float64(len(s.Bars) - 1 - i), Label: name})
	}
	p.Y.Tick.Marker, p.Y.Tick.Length = ticks, 0
	p.Y.Min, p.Y.Max, p.X.Min = -0.6, float64(len(s.Bars))-0.4, 0
	return p, nil
}
