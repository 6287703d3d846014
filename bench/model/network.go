// SPDX-License-Identifier: Apache-2.0

package model

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/zoo"
)

// A network is a model file and the inputs that it is calibrated and proved on, which are
// drawn: nothing depends on what they show.
type network struct {
	name string
	onnx func() ([]byte, error)
	// lo and hi are the range of inputs, integers if whole.
	lo, hi float64
	whole  bool
	bits   int // of activations
}

const (
	// seed is that of weights of the zoo and of all inputs.
	seed = 1
	// calibration is the number of inputs that a model is calibrated on.
	calibration = 4
	// languageBits is the width of activations that language models need.
	languageBits = 12
)

// find returns the network of a name.
func find(name string) (*network, error) {
	for _, e := range []struct {
		name string
		data func() []byte
	}{{"mlp", examples.MLP}, {"lenet5", examples.LeNet5}} {
		if e.name == name {
			return &network{name: name, onnx: func() ([]byte, error) { return e.data(), nil }, lo: 0, hi: 1}, nil
		}
	}
	a, err := zoo.Find(name)
	if err != nil {
		return nil, fmt.Errorf("no model %q: want mlp, lenet5, what zkml zoo list has, or circuit-N", name)
	}
	n := &network{name: name, onnx: func() ([]byte, error) { return a.Build(seed) }, lo: -1, hi: 1}
	if a.Vocabulary > 0 {
		n.lo, n.hi, n.whole, n.bits = 0, float64(a.Vocabulary-1), true, languageBits
	}
	return n, nil
}

// compile returns the integer program of a model file, and an input.
func (n *network) compile(data []byte) (*ir.Program, [][]int64, error) {
	g, _, err := onnx.Load(data)
	if err != nil {
		return nil, nil, err
	}
	if g, err = quant.Prepare(g); err != nil {
		return nil, nil, err
	}
	samples := n.samples(g)
	c, err := quant.Calibrate(g, samples[:calibration], 100)
	if err != nil {
		return nil, nil, err
	}
	p, err := quant.Compile(g, c, quant.Options{ActBits: n.bits, InputRange: &quant.Span{Lo: n.lo, Hi: n.hi}})
	if err != nil {
		return nil, nil, err
	}
	in := make([][]int64, len(p.Inputs))
	for i, id := range p.Inputs {
		if in[i], err = quant.QuantizeInput(p.Input(id), samples[calibration][i]); err != nil {
			return nil, nil, err
		}
	}
	return p, in, nil
}

// samples draws inputs for calibration and one to prove.
func (n *network) samples(g *graph.Graph) []quant.Sample {
	rng := rand.New(rand.NewPCG(seed, 0x62656e))
	out := make([]quant.Sample, calibration+1)
	for k := range out {
		for _, id := range g.Inputs {
			x := zoo.Images(g.Nodes[id].Shape, rng)
			for i := range x {
				if x[i] = n.lo + (n.hi-n.lo)*(x[i]+1)/2; n.whole {
					x[i] = math.Round(x[i])
				}
			}
			out[k] = append(out[k], x)
		}
	}
	return out
}
