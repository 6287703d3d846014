// SPDX-License-Identifier: Apache-2.0

// Package chart draws measurements of integer networks as SVG and PNG. The same
// measurement gives the same bytes.
package chart

import (
	"fmt"
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/zkml-go/zkml/quant"
)

// An Accuracy is a picture of how far an integer network is from its float
// network: the signal-to-noise ratio and the saturation of every layer, and the
// distribution of the error of the first output.
type Accuracy struct {
	Title string
	Sets  []Set
}

// A Set is what was measured on one data set. All sets are of the same layers.
type Set struct {
	Name        string
	Summary     string // one line, shown beside the name
	Measurement *quant.Measurement
}

// pixelsPerInch is the resolution of a PNG.
const pixelsPerInch = 144

// SVG writes the picture as an SVG document, which names its font and does not
// embed it.
func (a *Accuracy) SVG(w io.Writer) error {
	width, height := a.size()
	c := vgsvg.New(width, height)
	if err := a.draw(draw.New(c)); err != nil {
		return err
	}
	_, err := c.WriteTo(w)
	return err
}

// PNG writes the picture as a PNG.
func (a *Accuracy) PNG(w io.Writer) error {
	width, height := a.size()
	c := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(pixelsPerInch))}
	if err := a.draw(draw.New(c)); err != nil {
		return err
	}
	_, err := c.WriteTo(w)
	return err
}

// The layout: a heading, the panels of the layers side by side, and the panel of
// the errors.
const (
	pageWidth   = 8.5 * vg.Inch
	margin      = 4 * vg.Millimeter
	titleHeight = 22
	lineHeight  = 15
	rowHeight   = 15              // of a layer
	maxRows     = 9 * vg.Inch     // of all layers
	minRows     = 1.2 * vg.Inch   // of all layers
	axisHeight  = 0.75 * vg.Inch  // of the title and the axis of a panel
	errorHeight = 2.6 * vg.Inch   // of the panel of the errors
	snrShare    = vg.Length(0.64) // of the width
)

// check reports an error if the sets are not of the same layers.
func (a *Accuracy) check() error {
	if len(a.Sets) == 0 {
		return fmt.Errorf("chart: no data sets")
	}
	layers := a.layers()
	if len(layers) == 0 {
		return fmt.Errorf("chart: no layers")
	}
	for _, s := range a.Sets {
		if len(s.Measurement.Layers) != len(layers) {
			return fmt.Errorf("chart: %d layers in set %q, %d in the first", len(s.Measurement.Layers), s.Name, len(layers))
		}
	}
	return nil
}

func (a *Accuracy) layers() []quant.LayerError {
	if len(a.Sets) == 0 {
		return nil
	}
	return a.Sets[0].Measurement.Layers
}

func (a *Accuracy) headHeight() vg.Length {
	return titleHeight + vg.Length(len(a.Sets))*lineHeight
}

func (a *Accuracy) rowsHeight() vg.Length {
	return min(max(vg.Length(len(a.layers()))*rowHeight, minRows), maxRows) + axisHeight
}

func (a *Accuracy) size() (width, height vg.Length) {
	return pageWidth, a.headHeight() + a.rowsHeight() + errorHeight + 4*margin
}

func (a *Accuracy) draw(c draw.Canvas) error {
	if err := a.check(); err != nil {
		return err
	}
	width, height := a.size()
	c.SetColor(background)
	c.Fill(c.Rectangle.Path())
	// part returns the part of the page from its top left corner.
	part := func(left, top, w, h vg.Length) draw.Canvas {
		return draw.Crop(c, left, left+w-width, height-top-h, -top)
	}
	inner := width - 2*margin
	a.heading(part(margin, margin, inner, a.headHeight()))
	top := 2*margin + a.headHeight()
	snr, err := a.snr()
	if err != nil {
		return err
	}
	snr.Draw(part(margin, top, inner*snrShare-2*margin, a.rowsHeight()))
	saturation, err := a.saturation()
	if err != nil {
		return err
	}
	saturation.Draw(part(margin+inner*snrShare, top, inner*(1-snrShare), a.rowsHeight()))
	errors, err := a.errors()
	if err != nil {
		return err
	}
	errors.Draw(part(margin, top+a.rowsHeight()+margin, inner, errorHeight))
	return nil
}
