// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // for input files
	_ "image/png"  // for input files
	"math"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// sampleFromImage reads a picture into an input of shape […,C,H,W] or […,H,W]:
// black is the low end of the declared range, white the high end. The size must
// be the input's; nothing is resized.
func sampleFromImage(data []byte, p *ir.Program) (quant.Sample, error) {
	if len(p.Inputs) != 1 {
		return nil, fmt.Errorf("a picture for %d inputs", len(p.Inputs))
	}
	in := p.Input(p.Inputs[0])
	channels, height, width, err := imageShape(in.Shape)
	if err != nil {
		return nil, err
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("neither PNG nor JPEG: %w", err)
	}
	if cfg.Width != width || cfg.Height != height {
		return nil, fmt.Errorf("the picture has %d×%d pixels, the input %q %d×%d", cfg.Width, cfg.Height, in.Name, width, height)
	}
	im, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	lo, hi := quant.RealRange(in)
	out := make([]float64, in.Shape.Size())
	for y := range height {
		for x := range width {
			r, g, b, _ := im.At(im.Bounds().Min.X+x, im.Bounds().Min.Y+y).RGBA()
			levels := []uint32{r >> 8, g >> 8, b >> 8}
			if channels == 1 {
				// ITU-R BT.601 luma of the 8-bit levels; gray stays as it is.
				levels = []uint32{uint32(math.Round(0.299*float64(r>>8) + 0.587*float64(g>>8) + 0.114*float64(b>>8)))}
			}
			for c := range channels {
				out[(c*height+y)*width+x] = lo + (hi-lo)*float64(levels[c])/255
			}
		}
	}
	return quant.Sample{out}, nil
}

func imageShape(s tensor.Shape) (channels, height, width int, err error) {
	n := len(s)
	if n >= 3 && (s[n-3] == 1 || s[n-3] == 3) && s.Size() == s[n-3]*s[n-2]*s[n-1] {
		return s[n-3], s[n-2], s[n-1], nil
	}
	if n == 2 {
		return 1, s[0], s[1], nil
	}
	return 0, 0, 0, fmt.Errorf("an input of shape %v is no picture: want [1,1,H,W], [1,3,H,W] or [H,W]", s)
}
