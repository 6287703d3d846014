// SPDX-License-Identifier: Apache-2.0

package zoo

import (
	"math"
	"math/rand/v2"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/tensor"
)

const (
	normEpsilon = 1e-3
	// probes is the number of images that statistics are taken of.
	probes = 4
)

// normalize gives every normalization the mean and variance of what it gets when
// the network runs on random images, layer by layer: those before it have theirs.
func (n *net) normalize(seed uint64) error {
	in := n.model.Inputs[0]
	shape := tensor.Shape{probes}
	for _, d := range in.Dims[1:] {
		shape = append(shape, d.(int))
	}
	g, _, err := onnx.Load(n.model.Marshal(), onnx.InputShape(in.Name, shape))
	if err != nil {
		return err
	}
	last := map[string]graph.ID{} // the node that holds the result of a node of the model
	for id, node := range g.Nodes {
		last[node.Name] = graph.ID(id)
	}
	image := Images(shape, rand.New(rand.NewPCG(seed, 0x696d67)))
	return g.Visit([][]float64{image}, func(id graph.ID, v []float64) {
		name := g.Nodes[id].Name
		if at, ok := n.norms[name]; ok && last[name] == id {
			n.fit(at, v, probes)
		}
	})
}

// least bounds a variance from below, relative to the average of all channels: what
// hardly varies on the probes would be all that matters on other images.
const least = 0.1

// fit sets mean and variance of the normalization at index at of the initializers,
// which were 0 and 1, and replaces v, its result with those, by its result.
func (n *net) fit(at int, v []float64, batch int) {
	scale, bias, mean, variance := n.model.Inits[at].Data, n.model.Inits[at+1].Data, n.model.Inits[at+2].Data, n.model.Inits[at+3].Data
	channels := len(scale)
	plane := len(v) / batch / channels
	each := func(c int, do func(x *float64)) {
		for b := range batch {
			for i := range plane {
				do(&v[(b*channels+c)*plane+i])
			}
		}
	}
	// v is x·a + bias, where a = scale / √(1 + ε).
	a := func(c int) float64 { return scale[c] / math.Sqrt(1+normEpsilon) }
	average := 0.0
	for c := range channels {
		sum, squares := 0.0, 0.0
		each(c, func(x *float64) { *x = (*x - bias[c]) / a(c); sum += *x })
		m := sum / float64(batch*plane)
		each(c, func(x *float64) { squares += (*x - m) * (*x - m) })
		mean[c], variance[c] = m, squares/float64(batch*plane)
		average += variance[c] / float64(channels)
	}
	for c := range channels {
		mean[c], variance[c] = float64(float32(mean[c])), float64(float32(max(variance[c], least*average)))
		b := scale[c] / math.Sqrt(variance[c]+normEpsilon)
		each(c, func(x *float64) { *x = (*x-mean[c])*b + bias[c] })
	}
}
