// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

// maxArrays bounds the arrays of one file once they are decompressed, in bytes.
// An element of one byte becomes one of eight.
const maxArrays = 1 << 28

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
		if !sameElements(a.Shape, in.Shape) {
			return nil, fmt.Errorf("array %q has shape %v, input %q has %v", a.Name, a.Shape, in.Name, in.Shape)
		}
		lo, hi := quant.RealRange(in)
		s[i] = pixels(a, lo, hi)
	}
	return s, nil
}

func decodeArrays(data []byte, path string) ([]*npy.Array, error) {
	if strings.EqualFold(filepath.Ext(path), ".npz") {
		return npy.DecodeZip(data, maxArrays)
	}
	if len(data) > maxArrays {
		return nil, fmt.Errorf("%d bytes, want at most %d", len(data), maxArrays)
	}
	a, err := npy.Decode(data)
	return []*npy.Array{a}, err
}

// arrayFor returns the array of an input: the one of its name, or the only one
// that is not the labels if the network has one input.
func arrayFor(arrays []*npy.Array, name string, inputs int) (*npy.Array, error) {
	var named, others []*npy.Array
	for _, a := range arrays {
		if a.Name == name {
			named = append(named, a)
		}
		if a.Name != labelsArray {
			others = append(others, a)
		}
	}
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return nil, fmt.Errorf("%d arrays named %q", len(named), name)
	case inputs == 1 && len(others) == 1:
		return others[0], nil
	}
	var names []string
	for _, a := range arrays {
		names = append(names, fmt.Sprintf("%q", a.Name))
	}
	return nil, fmt.Errorf("no array named %q, the file has %s", name, strings.Join(names, ", "))
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
