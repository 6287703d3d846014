// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg" // for input files
	_ "image/png"  // for input files
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// maxInputFile bounds an input file and the arrays inside it, in bytes.
const maxInputFile = 1 << 30

// readFile reads a file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, bad(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, bad(err)
	}
	if int64(len(data)) > limit {
		return nil, badf("%s: larger than %d bytes", path, limit)
	}
	return data, nil
}

// readInput reads one input of p from a file: JSON, .npy, .npz, PNG or JPEG.
func readInput(path string, p *ir.Program) (quant.Sample, error) {
	data, err := readFile(path, maxInputFile)
	if err != nil {
		return nil, err
	}
	var s quant.Sample
	switch strings.ToLower(filepath.Ext(path)) {
	case ".npy", ".npz":
		s, err = sampleFromArrays(data, path, p)
	case ".png", ".jpg", ".jpeg":
		s, err = sampleFromImage(data, p)
	default:
		s, err = sampleFromJSON(data, p)
	}
	if err != nil {
		return nil, badf("%s: %w", path, err)
	}
	return s, nil
}

// sampleFromJSON reads {"input name": nested arrays, …}, or one bare array if
// the network has one input.
func sampleFromJSON(data []byte, p *ir.Program) (quant.Sample, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	if d.More() {
		return nil, fmt.Errorf("something follows the JSON value")
	}
	named, ok := v.(map[string]any)
	if !ok {
		if len(p.Inputs) != 1 {
			return nil, fmt.Errorf("a bare array for %d inputs: want an object with one array per input", len(p.Inputs))
		}
		named = map[string]any{p.Input(p.Inputs[0]).Name: v}
	}
	s := make(quant.Sample, len(p.Inputs))
	for i, id := range p.Inputs {
		in := p.Input(id)
		x, ok := named[in.Name]
		if !ok {
			return nil, fmt.Errorf("no array for input %q", in.Name)
		}
		delete(named, in.Name)
		if err := flatten(x, in.Shape, &s[i]); err != nil {
			return nil, fmt.Errorf("input %q (shape %v): %w", in.Name, in.Shape, err)
		}
	}
	for name := range named {
		return nil, fmt.Errorf("the network has no input %q", name)
	}
	return s, nil
}

// flatten appends the numbers of nested arrays of the given shape to out.
// Leading axes of extent 1 may be missing.
func flatten(v any, shape tensor.Shape, out *[]float64) error {
	switch v := v.(type) {
	case float64:
		if shape.Size() != 1 {
			return fmt.Errorf("a number where an array of shape %v belongs", shape)
		}
		*out = append(*out, v)
		return nil
	case []any:
		for len(shape) > 1 && shape[0] == 1 && depth(v) < len(shape) {
			shape = shape[1:]
		}
		if len(shape) == 0 || len(v) != shape[0] {
			return fmt.Errorf("an array of %d elements where shape %v belongs", len(v), shape)
		}
		for _, x := range v {
			if err := flatten(x, shape[1:], out); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%v is not a number", v)
}

// depth returns how deeply arrays are nested along their first elements.
func depth(v any) int {
	if a, ok := v.([]any); ok && len(a) > 0 {
		return 1 + depth(a[0])
	} else if ok {
		return 1
	}
	return 0
}

// sampleFromArrays reads one sample from .npy or .npz data.
func sampleFromArrays(data []byte, path string, p *ir.Program) (quant.Sample, error) {
	arrays, err := decodeArrays(data, path)
	if err != nil {
		return nil, err
	}
	s := make(quant.Sample, len(p.Inputs))
	for i, id := range p.Inputs {
		in := p.Input(id)
		a, err := arrayFor(arrays, in.Name, len(p.Inputs))
		if err != nil {
			return nil, err
		}
		if len(a.Data) != in.Shape.Size() {
			return nil, fmt.Errorf("array %q has shape %v, input %q has %v", a.Name, a.Shape, in.Name, in.Shape)
		}
		lo, hi := quant.RealRange(in)
		s[i] = pixels(a, lo, hi)
	}
	return s, nil
}

func decodeArrays(data []byte, path string) ([]*npy.Array, error) {
	if strings.EqualFold(filepath.Ext(path), ".npz") {
		return npy.DecodeZip(data, maxInputFile)
	}
	a, err := npy.Decode(data)
	return []*npy.Array{a}, err
}

// arrayFor returns the array of an input: the one of its name, or the only one
// that is not the labels if the network has one input.
func arrayFor(arrays []*npy.Array, name string, inputs int) (*npy.Array, error) {
	var only *npy.Array
	others := 0
	for _, a := range arrays {
		if a.Name == name {
			return a, nil
		}
		if a.Name != labelsArray {
			only = a
			others++
		}
	}
	if inputs == 1 && others == 1 {
		return only, nil
	}
	return nil, fmt.Errorf("no array named %q among %d", name, len(arrays))
}

// pixels returns the elements of a. Unsigned bytes are pixels: 0 is lo and 255
// is hi.
func pixels(a *npy.Array, lo, hi float64) []float64 {
	if !a.Bytes {
		return a.Data
	}
	out := make([]float64, len(a.Data))
	for i, x := range a.Data {
		out[i] = lo + (hi-lo)*x/255
	}
	return out
}

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
		return nil, err
	}
	if cfg.Width != width || cfg.Height != height {
		return nil, fmt.Errorf("the picture has %d×%d pixels, the input %d×%d", cfg.Width, cfg.Height, width, height)
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
