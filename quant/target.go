// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// ErrTarget is returned if no width of activations reaches a target.
var ErrTarget = errors.New("target agreement not reached")

// A Raise is the width that a layer got to reach a target.
type Raise struct {
	Layer string  `json:"layer"`
	Bits  int     `json:"bits"`
	SNR   float64 `json:"snr_db"` // of the layer before it was first raised
}

// raiseBits is how much wider a layer gets at a time, and raiseShare the part of all
// layers that is raised at once.
const raiseBits, raiseShare = 2, 4

// CompileTarget is CompileLayers with activations as wide as an agreement of at least
// target, a share, on samples asks for. It starts from opts and widens the layers
// that add the most noise in relation to their signal, until the target is reached.
// It returns what it raised, in the order of the network. ErrTarget says that 16 bits
// everywhere are not enough.
func CompileTarget(g *graph.Graph, cal *Calibration, opts Options, samples []Sample, labels []int, target float64) (*ir.Program, []Layer, []Raise, error) {
	if err := opts.setDefaults(); err != nil {
		return nil, nil, nil, err
	}
	raised := map[string]*Raise{}
	from := slices.Clone(opts.Overrides)
	best := 0.0
	for {
		p, layers, err := CompileLayers(g, cal, opts)
		if err != nil {
			return nil, nil, nil, err
		}
		m, err := Measure(g, p, layers, samples, labels)
		if err != nil {
			return nil, nil, nil, err
		}
		if best = max(best, m.Agreement); m.Agreement >= target {
			return p, layers, raises(layers, raised), nil
		}
		bits, err := opts.layerBits(g, cal, layers)
		if err != nil {
			return nil, nil, nil, err
		}
		worst := noisiest(g, layers, m.Layers, bits)
		if len(worst) == 0 {
			return nil, nil, nil, fmt.Errorf("%w: %.2f %% of %d samples with %d bits everywhere, %.2f %% at best, want %.2f %%",
				ErrTarget, 100*m.Agreement, m.Samples, maxActBits, 100*best, 100*target)
		}
		for _, i := range worst[:(len(worst)+raiseShare-1)/raiseShare] {
			r, ok := raised[layers[i].Name]
			if !ok {
				r = &Raise{Layer: layers[i].Name}
				if s := m.Layers[i].SNR; s != nil {
					r.SNR = *s
				}
				raised[r.Layer] = r
			}
			r.Bits = min(bits[i]+raiseBits, maxActBits)
		}
		opts.Overrides = slices.Clone(from)
		for _, r := range raises(layers, raised) {
			opts.Overrides = append(opts.Overrides, Override{Nodes: r.Layer, Bits: r.Bits})
		}
	}
}

// raises lists the raised layers in their order.
func raises(layers []Layer, raised map[string]*Raise) []Raise {
	var out []Raise
	for _, l := range layers {
		if r, ok := raised[l.Name]; ok {
			out = append(out, *r)
		}
	}
	return out
}

// layerBits returns the width of every layer's activations.
func (o *Options) layerBits(g *graph.Graph, cal *Calibration, layers []Layer) ([]int, error) {
	_, bits, err := o.override(g, cal)
	out := make([]int, len(layers))
	for i, l := range layers {
		out[i] = bits[l.Real]
	}
	return out, err
}

// noisiest returns the layers that can be wider, that which adds the most noise
// first: whose ratio of noise to signal is furthest above the largest of the layers
// before it. Layers whose scale is the model's own stay as they are.
func noisiest(g *graph.Graph, layers []Layer, errors []LayerError, bits []int) []int {
	at := map[string]int{}
	for i, l := range layers {
		at[l.Name] = i
	}
	noise := func(i int) float64 {
		if r := errors[i].RelativeRMSE; r != nil {
			return *r * *r
		}
		return 0
	}
	// before returns the largest ratio of the layers that made the arguments of a node.
	var before func(id graph.ID, of int) float64
	before = func(id graph.ID, of int) float64 {
		largest := 0.0
		for _, a := range g.Nodes[id].Args {
			if i, ok := at[g.Nodes[a].Name]; ok && i != of {
				largest = max(largest, noise(i))
			} else if g.Nodes[a].Op.Kind() != "const" {
				largest = max(largest, before(a, of))
			}
		}
		return largest
	}
	added := make([]float64, len(layers))
	var out []int
	for i, l := range layers {
		if bits[i] >= maxActBits || l.Kind == "fakequant" {
			continue
		}
		added[i] = noise(i) - before(l.Real, i)
		out = append(out, i)
	}
	slices.SortStableFunc(out, func(i, j int) int { return cmp.Compare(added[j], added[i]) })
	return out
}
