// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Curves is a picture of quantities against sizes that are powers of two, on logarithmic
// axes. It has no background: a page shows through.
type Curves struct {
	Title string
	// Seconds makes the vertical axis one of times, otherwise it is of ratios.
	Seconds bool
	Series  []Curve
}

// A Curve is points by size; a dashed one is of the same color as the one before it.
type Curve struct {
	Name   string
	Log2   []int
	Values []float64
	Dashed bool
}

const (
	curvesWidth  = 6.4 * vg.Inch
	curvesHeight = 2.9 * vg.Inch
)

// SVG writes the picture as an SVG document, which names its font and does not embed it.
func (c *Curves) SVG(w io.Writer) error {
	p, err := c.plot()
	if err != nil {
		return err
	}
	names := make([]string, len(c.Series))
	for i, s := range c.Series {
		names[i] = s.Name
	}
	return transparent(w, c.Title, names, func(i int) draw.GlyphStyle { return glyphOf(c.color(i)) }, curvesWidth, curvesHeight, p)
}

// color returns the index of the color of series i.
func (c *Curves) color(i int) int {
	n := -1
	for _, s := range c.Series[:i+1] {
		if !s.Dashed {
			n++
		}
	}
	return max(n, 0)
}

// transparent writes a plot below a title and a line for each name, with its mark.
func transparent(w io.Writer, title string, names []string, mark func(i int) draw.GlyphStyle, width, height vg.Length, p *plot.Plot) error {
	height += titleHeight + vg.Length(len(names))*lineHeight
	svg := vgsvg.New(width, height)
	headed(draw.New(svg), title, names, mark, p)
	_, err := svg.WriteTo(w)
	return err
}

// headed draws what transparent writes.
func headed(page draw.Canvas, title string, names []string, mark func(i int) draw.GlyphStyle, p *plot.Plot) {
	height := page.Max.Y - page.Min.Y
	page.FillText(style(12, ink), vg.Point{X: 4, Y: height - titleHeight/2}, title)
	for i, name := range names {
		y := height - titleHeight - vg.Length(i)*lineHeight - lineHeight/2
		page.DrawGlyph(mark(i), vg.Point{X: 8, Y: y - 1.5})
		page.FillText(style(9.5, ink), vg.Point{X: 18, Y: y}, name)
	}
	p.Draw(draw.Crop(page, 4, -8, 4, -titleHeight-vg.Length(len(names))*lineHeight-4))
}

func (c *Curves) plot() (*plot.Plot, error) {
	p := newPlot("", "elements")
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, decades{seconds: c.Seconds}
	p.X.Tick.Marker = powers{}
	p.Add(lines(true), lines(false))
	for i, s := range c.Series {
		if len(s.Log2) == 0 || len(s.Log2) != len(s.Values) {
			return nil, fmt.Errorf("chart: curve %q has %d sizes and %d values", s.Name, len(s.Log2), len(s.Values))
		}
		points := make(plotter.XYs, len(s.Log2))
		for k := range points {
			if !(s.Values[k] > 0) || math.IsInf(s.Values[k], 0) {
				return nil, fmt.Errorf("chart: curve %q has the value %v, which a logarithmic axis has not", s.Name, s.Values[k])
			}
			points[k] = plotter.XY{X: float64(s.Log2[k]), Y: s.Values[k]}
		}
		line, marks, err := plotter.NewLinePoints(points)
		if err != nil {
			return nil, err
		}
		line.Color, line.Width, marks.GlyphStyle = colorOf(c.color(i)), 1.4, glyphOf(c.color(i))
		if s.Dashed {
			line.Dashes = []vg.Length{3, 3}
		}
		p.Add(line, marks)
	}
	// Whole decades, so that there are two marks at least.
	p.Y.Min, p.Y.Max = math.Pow(10, math.Floor(math.Log10(p.Y.Min)+1e-9)), math.Pow(10, math.Ceil(math.Log10(p.Y.Max)-1e-9))
	if p.Y.Min == p.Y.Max {
		p.Y.Min, p.Y.Max = p.Y.Min/10, p.Y.Max*10
	}
	p.X.Min, p.X.Max = p.X.Min-0.4, p.X.Max+0.4
	return p, nil
}

// powers marks an axis of exponents at whole ones.
type powers struct{}

// Ticks implements plot.Ticker.
func (powers) Ticks(lo, hi float64) []plot.Tick {
	var out []plot.Tick
	for k := math.Ceil(lo); k <= hi; k++ {
		out = append(out, plot.Tick{Value: k, Label: "2^" + strconv.Itoa(int(k))})
	}
	return out
}

// decades marks a logarithmic axis at powers of ten.
type decades struct{ seconds bool }

// Ticks implements plot.Ticker.
func (d decades) Ticks(lo, hi float64) []plot.Tick {
	var out []plot.Tick
	for k := math.Floor(math.Log10(lo) + 1e-9); k <= math.Log10(hi)+1e-9; k++ {
		x := math.Pow(10, k)
		t := plot.Tick{Value: x, Label: strconv.FormatFloat(x, 'g', 3, 64) + "×"}
		if d.seconds {
			t.Label = duration(x)
		}
		out = append(out, t)
	}
	return out
}

// duration formats seconds with the unit that makes them 1 to 999.
func duration(s float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}} {
		if s >= u.size*(1-1e-9) {
			return strconv.FormatFloat(s/u.size, 'g', 3, 64) + " " + u.name
		}
	}
	return strconv.FormatFloat(s*1e9, 'g', 3, 64) + " ns"
}
