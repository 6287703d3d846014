// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var (
	background = color.Color(color.White)
	ink        = color.NRGBA{R: 0x22, G: 0x22, B: 0x22, A: 0xff}
	faint      = color.NRGBA{R: 0xdd, G: 0xdd, B: 0xdd, A: 0xff}
	// colors tell data sets apart, also for the color-blind: Okabe and Ito's, in an
	// order of falling contrast with white.
	colors = []color.NRGBA{
		{R: 0x00, G: 0x72, B: 0xb2, A: 0xff}, {R: 0xd5, G: 0x5e, B: 0x00, A: 0xff}, {R: 0x00, G: 0x9e, B: 0x73, A: 0xff},
		{R: 0xcc, G: 0x79, B: 0xa7, A: 0xff}, {R: 0xe6, G: 0x9f, B: 0x00, A: 0xff}, {R: 0x56, G: 0xb4, B: 0xe9, A: 0xff},
	}
)

// colorOf returns the color of set i.
func colorOf(i int) color.NRGBA { return colors[i%len(colors)] }

// glyphOf returns the mark of set i, so that color is not all that tells it.
func glyphOf(i int) draw.GlyphStyle {
	shapes := []draw.GlyphDrawer{draw.CircleGlyph{}, draw.SquareGlyph{}, draw.PyramidGlyph{}, draw.CrossGlyph{}, draw.RingGlyph{}, draw.BoxGlyph{}}
	return draw.GlyphStyle{Color: colorOf(i), Radius: 2.6, Shape: shapes[i%len(shapes)]}
}

// light returns c as a fill through which a grid shows.
func light(c color.NRGBA) color.Color {
	c.A = 0x30
	return c
}

// typeface returns the font of a size.
func typeface(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

// style returns a text style in the middle of its line.
func style(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Font: typeface(size), YAlign: text.YCenter, Handler: plot.DefaultTextHandler}
}

// newPlot returns an empty panel.
func newPlot(title, x string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.Title.Text = title
	p.Title.TextStyle.Font, p.Title.TextStyle.Color = typeface(10.5), ink
	p.Title.Padding = 5
	p.X.Label.Text = x
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Label.TextStyle.Font, a.Label.TextStyle.Color = typeface(9), ink
		a.Tick.Label.Font, a.Tick.Label.Color = typeface(8.5), ink
		a.LineStyle = draw.LineStyle{Color: ink, Width: 0.5}
		a.Tick.LineStyle = draw.LineStyle{Color: ink, Width: 0.5}
		a.Tick.Length = 3
		a.Tick.Marker = round{}
		a.Padding = 0
	}
	return p
}

// heading writes the title and a line for every set, with its mark.
func (a *Accuracy) heading(c draw.Canvas) {
	title := style(13, ink)
	c.FillText(title, vg.Point{X: c.Min.X, Y: c.Max.Y - titleHeight/2}, a.Title)
	for i, s := range a.Sets {
		y := c.Max.Y - titleHeight - vg.Length(i)*lineHeight - lineHeight/2
		c.DrawGlyph(glyphOf(i), vg.Point{X: c.Min.X + 4, Y: y - 1.5})
		line := style(9.5, ink)
		c.FillText(line, vg.Point{X: c.Min.X + 14, Y: y}, s.Name+": "+s.Summary)
	}
}

// round marks an axis at multiples of 1, 2 or 5 times a power of ten.
type round struct{}

// Ticks implements plot.Ticker.
func (round) Ticks(lo, hi float64) []plot.Tick {
	const most = 7
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/most)))
	for _, k := range []float64{2, 2.5, 2} { // 1, 2, 5, 10
		if (hi-lo)/step <= most {
			break
		}
		step *= k
	}
	var out []plot.Tick
	for k := math.Ceil(lo / step); k*step <= hi; k++ {
		out = append(out, plot.Tick{Value: k * step, Label: strconv.FormatFloat(k*step, 'g', 4, 64)})
	}
	return out
}
