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
	"gonum.org/v1/plot/vg/vgsvg"
)

// A Gas is a picture of what executing models on a chain costs against their size, on logarithmic axes, with
// the costs that do not depend on the size as horizontal lines.
type Gas struct {
	Title  string
	Series []GasSeries
	Levels []GasLevel
}

// A GasSeries is models that are executed in one way, connected in the order of their sizes if Line says so.
type GasSeries struct {
	Name string
	MACs []float64
	Gas  []float64
	Line bool
}

// A GasLevel is a cost that every model has.
type GasLevel struct {
	Name string
	Gas  float64
}

const gasHeight = 5.2 * vg.Inch

// SVG writes the picture as an SVG document, which names its font and does not embed it.
func (g *Gas) SVG(w io.Writer) error {
	p, err := g.plot()
	if err != nil {
		return err
	}
	head := titleHeight + vg.Length(len(g.Series))*lineHeight
	height := gasHeight + head + 3*margin
	c := vgsvg.New(pageWidth, height)
	page := draw.New(c)
	page.SetColor(background)
	page.Fill(page.Rectangle.Path())
	heading := draw.Crop(page, margin, -margin, height-margin-head, -margin)
	heading.FillText(style(13, ink), vg.Point{X: heading.Min.X, Y: heading.Max.Y - titleHeight/2}, g.Title)
	for i, s := range g.Series {
		y := heading.Max.Y - titleHeight - vg.Length(i)*lineHeight - lineHeight/2
		heading.DrawGlyph(glyphOf(i), vg.Point{X: heading.Min.X + 4, Y: y - 1.5})
		heading.FillText(style(9.5, ink), vg.Point{X: heading.Min.X + 14, Y: y}, s.Name)
	}
	p.Draw(draw.Crop(page, margin, -margin, margin, -2*margin-head))
	_, err = c.WriteTo(w)
	return err
}

func (g *Gas) plot() (*plot.Plot, error) {
	p := newPlot("", "multiply-accumulates of the model")
	p.Y.Label.Text = "gas of one evaluation"
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Add(lines(true), lines(false))
	var least, most float64
	for i, s := range g.Series {
		if len(s.MACs) == 0 || len(s.MACs) != len(s.Gas) || slices.Min(s.MACs) <= 0 || slices.Min(s.Gas) <= 0 {
			return nil, fmt.Errorf("chart: series %q has no points, or some that a logarithmic axis has not", s.Name)
		}
		if i == 0 {
			least, most = s.MACs[0], s.MACs[0]
		}
		least, most = min(least, slices.Min(s.MACs)), max(most, slices.Max(s.MACs))
		points := make(plotter.XYs, len(s.MACs))
		for k := range points {
			points[k] = plotter.XY{X: s.MACs[k], Y: s.Gas[k]}
		}
		if s.Line {
			line, err := plotter.NewLine(points)
			if err != nil {
				return nil, err
			}
			line.Color, line.Width = colorOf(i), 1.2
			p.Add(line)
		}
		marks, err := plotter.NewScatter(points)
		if err != nil {
			return nil, err
		}
		marks.GlyphStyle = glyphOf(i)
		p.Add(marks)
	}
	for _, l := range g.Levels {
		line, err := plotter.NewLine(plotter.XYs{{X: least, Y: l.Gas}, {X: most, Y: l.Gas}})
		if err != nil {
			return nil, err
		}
		line.Color, line.Width, line.Dashes = ink, 0.8, []vg.Length{4, 3}
		label, err := plotter.NewLabels(plotter.XYLabels{XYs: plotter.XYs{{X: least, Y: l.Gas}}, Labels: []string{l.Name}})
		if err != nil {
			return nil, err
		}
		label.TextStyle[0] = style(8.5, ink)
		label.Offset = vg.Point{X: 2, Y: 6}
		p.Add(line, label)
	}
	return p, nil
}
