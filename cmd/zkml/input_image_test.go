// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

func pngFile(t testing.TB, im image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// levels scales pixels to the declared range of program.
func levels(v ...float64) quant.Sample {
	for i := range v {
		v[i] /= 255
	}
	return quant.Sample{v}
}

func TestSampleFromImage(t *testing.T) {
	t.Parallel()
	gray := image.NewGray(image.Rect(0, 0, 2, 2))
	gray.Pix = []byte{0, 1, 128, 255}
	deep := image.NewGray16(image.Rect(0, 0, 2, 2))
	for i, v := range []uint16{0, 0x0101, 0x8080, 0xffff} {
		deep.SetGray16(i%2, i/2, color.Gray16{Y: v})
	}
	cut := colors(4, 4).(*image.NRGBA).SubImage(image.Rect(2, 1, 4, 3)) // bounds that do not start at 0
	clear := image.NewNRGBA(image.Rect(0, 0, 2, 2))                     // transparent: black
	for i := range clear.Pix {
		if i%4 != 3 {
			clear.Pix[i] = 255
		}
	}
	rgb := levels(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11)
	for name, c := range map[string]struct {
		im    image.Image
		shape tensor.Shape
		want  quant.Sample
	}{
		"gray":             {gray, tensor.Shape{1, 1, 2, 2}, levels(0, 1, 128, 255)},
		"matrix":           {gray, tensor.Shape{2, 2}, levels(0, 1, 128, 255)},
		"no batch":         {gray, tensor.Shape{1, 2, 2}, levels(0, 1, 128, 255)},
		"gray, 16 bits":    {deep, tensor.Shape{1, 1, 2, 2}, levels(0, 1, 128, 255)},
		"gray as colors":   {gray, tensor.Shape{1, 3, 2, 2}, levels(0, 1, 128, 255, 0, 1, 128, 255, 0, 1, 128, 255)},
		"colors":           {colors(2, 2), tensor.Shape{1, 3, 2, 2}, rgb},
		"colors, no batch": {colors(2, 2), tensor.Shape{3, 2, 2}, rgb},
		"colors as gray":   {colors(2, 2), tensor.Shape{1, 1, 2, 2}, levels(1, 4, 7, 10)},
		"a part":           {cut, tensor.Shape{1, 1, 2, 2}, levels(19, 22, 31, 34)},
		"transparent":      {clear, tensor.Shape{1, 1, 2, 2}, levels(0, 0, 0, 0)},
	} {
		got, err := sampleFromImage(pngFile(t, c.im), program(t, c.shape))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if d := cmp.Diff(c.want, got, cmpopts.EquateApprox(0, 1e-9)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestSampleFromImageRefuses(t *testing.T) {
	t.Parallel()
	small := pngFile(t, colors(2, 3))
	// A picture of 2³¹−1 by 2³¹−1 pixels, it says; its sizes are bytes 16 to 23.
	huge := bytes.Clone(small)
	copy(huge[16:], []byte{0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff})
	for name, c := range map[string]struct {
		data   []byte
		shapes []tensor.Shape
		want   string
	}{
		"empty":           {nil, []tensor.Shape{{3, 2}}, "neither PNG nor JPEG"},
		"not a picture":   {examples.MLP(), []tensor.Shape{{3, 2}}, "neither PNG nor JPEG"},
		"header alone":    {small[:40], []tensor.Shape{{3, 2}}, "EOF"},
		"cut":             {small[:len(small)-13], []tensor.Shape{{3, 2}}, "EOF"},
		"turned":          {small, []tensor.Shape{{2, 3}}, `the picture has 2×3 pixels, the input "a" 3×2`},
		"too large":       {huge, []tensor.Shape{{3, 2}}, "neither PNG nor JPEG"}, // its checksum is wrong, too
		"two inputs":      {small, []tensor.Shape{{3, 2}, {3, 2}}, "a picture for 2 inputs"},
		"two channels":    {small, []tensor.Shape{{1, 2, 3, 2}}, "an input of shape [1,2,3,2] is no picture"},
		"a batch":         {small, []tensor.Shape{{2, 1, 3, 2}}, "is no picture"},
		"a vector":        {small, []tensor.Shape{{6}}, "is no picture"},
		"a scalar":        {small, []tensor.Shape{{}}, "is no picture"},
		"channels last":   {small, []tensor.Shape{{1, 3, 2, 3}}, "2×3 pixels"},
		"volume, 1 layer": {small, []tensor.Shape{{1, 3, 1, 3, 2}}, "is no picture"},
	} {
		_, err := sampleFromImage(c.data, program(t, c.shapes...))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
	}
}

// FuzzImage checks that reading is total and that pixels are in the range.
func FuzzImage(f *testing.F) {
	f.Add(pngFile(f, colors(2, 3)))
	f.Add(pngFile(f, image.NewGray16(image.Rect(0, 0, 2, 3))))
	f.Add(pngFile(f, image.NewPaletted(image.Rect(0, 0, 2, 3), color.Palette{color.White, color.Black})))
	f.Add(examples.Seven())
	var b bytes.Buffer
	if err := jpeg.Encode(&b, colors(2, 3), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	gray, rgb := program(f, tensor.Shape{1, 1, 3, 2}), program(f, tensor.Shape{1, 3, 3, 2})
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, p := range []*ir.Program{gray, rgb} {
			s, err := sampleFromImage(data, p)
			if err != nil {
				continue
			}
			checkSample(t, s, p)
			for _, x := range s[0] {
				if math.IsNaN(x) || x < 0 || x > 1 {
					t.Fatalf("a pixel of %v", x)
				}
			}
		}
	})
}
