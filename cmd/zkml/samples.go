// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// labelsArray is the name of the array of class labels in a data set.
const labelsArray = "labels"

// A dataset is a list of samples, with labels or without.
type dataset struct {
	samples []quant.Sample
	labels  []int
}

// readDataset reads a .npy or .npz file: see datasetFromArrays.
func readDataset(path string, g *graph.Graph, r *quant.Span) (*dataset, error) {
	data, err := readFile(path, maxInputFile)
	if err != nil {
		return nil, err
	}
	arrays, err := decodeArrays(data, path)
	if err != nil {
		return nil, badf("%s: %w", path, err)
	}
	d, err := datasetFromArrays(arrays, g, r)
	if err != nil {
		return nil, badf("%s: %w", path, err)
	}
	return d, nil
}

// datasetFromArrays splits arrays of shape [N, …] into N samples of g. Unsigned
// bytes are pixels of the declared range r; nil takes them as they are.
func datasetFromArrays(arrays []*npy.Array, g *graph.Graph, r *quant.Span) (*dataset, error) {
	d := &dataset{}
	for i, id := range g.Inputs {
		n := &g.Nodes[id]
		a, err := arrayFor(arrays, n.Name, len(g.Inputs))
		if err != nil {
			return nil, err
		}
		size := n.Shape.Size()
		if len(a.Shape) == 0 || !sameElements(a.Shape[1:], n.Shape) {
			return nil, fmt.Errorf("array %q has shape %v, want N samples of shape %v for input %q", a.Name, a.Shape, n.Shape, n.Name)
		}
		for i, x := range a.Data {
			if x-x != 0 {
				return nil, fmt.Errorf("array %q: element %d is %v", a.Name, i, x)
			}
		}
		if i == 0 {
			d.samples = make([]quant.Sample, a.Shape[0])
		}
		if len(d.samples) != a.Shape[0] {
			return nil, fmt.Errorf("array %q holds %d samples, the one of another input %d", a.Name, a.Shape[0], len(d.samples))
		}
		data := a.Data
		if r != nil {
			data = pixels(a, r.Lo, r.Hi)
		}
		for k := range d.samples {
			d.samples[k] = append(d.samples[k], data[k*size:(k+1)*size])
		}
	}
	for _, a := range arrays {
		if a.Name != labelsArray {
			continue
		}
		if len(a.Data) != len(d.samples) {
			return nil, fmt.Errorf("%d labels for %d samples", len(a.Data), len(d.samples))
		}
		classes := g.Nodes[g.Outputs[0].ID].Shape.Size()
		for i, x := range a.Data {
			if !(x >= 0 && x < float64(classes)) || x != math.Trunc(x) {
				return nil, fmt.Errorf("label %d is %v, want a class, 0 to %d", i, x, classes-1)
			}
			d.labels = append(d.labels, int(x))
		}
	}
	return d, nil
}

// sameElements reports whether an array of shape a holds the elements of shape s
// in their order: the shapes are equal but for axes of extent 1, or a is flat.
func sameElements(a, s tensor.Shape) bool {
	long := func(s tensor.Shape) tensor.Shape {
		return slices.DeleteFunc(slices.Clone(s), func(n int) bool { return n == 1 })
	}
	a, s = long(a), long(s)
	return slices.Equal(a, s) || len(a) == 1 && a[0] == s.Size()
}

// maxRandom bounds the elements of random samples, 1 GiB of them.
const maxRandom = 1 << 27

// randomDataset draws n samples, each element uniform in r, and rounded where the
// network takes integers.
func randomDataset(g *graph.Graph, n int, seed uint64, r quant.Span) (*dataset, error) {
	size := 0
	for _, id := range g.Inputs {
		size += g.Nodes[id].Shape.Size()
	}
	if n > maxRandom/max(size, 1) {
		return nil, fmt.Errorf("--calibration-random %d: a sample has %d elements, want at most %d together", n, size, maxRandom)
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	d := &dataset{samples: make([]quant.Sample, n)}
	for k := range d.samples {
		for _, id := range g.Inputs {
			x := make([]float64, g.Nodes[id].Shape.Size())
			for i := range x {
				// Weighted, so that the width of the range cannot overflow.
				t := rng.Float64()
				x[i] = r.Lo*(1-t) + r.Hi*t
				if in, ok := g.Nodes[id].Op.(graph.Input); ok && in.Integer {
					x[i] = math.Round(x[i])
				}
			}
			d.samples[k] = append(d.samples[k], x)
		}
	}
	return d, nil
}

// every returns at most n samples of d, evenly spread.
func (d *dataset) every(n int) []quant.Sample {
	if n <= 0 || len(d.samples) <= n {
		return d.samples
	}
	out := make([]quant.Sample, n)
	for i := range out {
		out[i] = d.samples[i*len(d.samples)/n]
	}
	return slices.Clip(out)
}

// parseRange reads "lo,hi".
func parseRange(s string) (*quant.Span, error) {
	lo, hi, ok := strings.Cut(s, ",")
	a, err1 := strconv.ParseFloat(lo, 64)
	b, err2 := strconv.ParseFloat(hi, 64)
	if !ok || err1 != nil || err2 != nil || !(a < b) || a-a != 0 || b-b != 0 {
		return nil, fmt.Errorf("range %q, want LO,HI with LO < HI", s)
	}
	return &quant.Span{Lo: a, Hi: b}, nil
}
