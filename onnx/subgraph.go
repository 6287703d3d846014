// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"

	"github.com/zkml-go/zkml/internal/onnxpb"
)

// Graph returns a graph attribute, nil if it is not there.
func (n *node) Graph(name string) *onnxpb.Graph {
	if a := n.attr(name, onnxpb.AttrGraph); a != nil {
		return a.G
	}
	return nil
}

// inline lowers the nodes of a graph without inputs, which sees the names of the
// graphs around it, and returns its outputs. Its own names are gone afterwards.
func (n *node) inline(what string, g *onnxpb.Graph) []*value {
	im := n.im
	if len(g.Inputs) > 0 || g.Sparse > 0 {
		n.Failf("%s has %d inputs and %d sparse initializers, want none", what, len(g.Inputs), g.Sparse)
	}
	var names []string
	own := func(name string) {
		if _, dup := im.scope[name]; dup || name == "" {
			n.Failf("%s gives a value to %q, which has one, or no name", what, name)
		}
		names = append(names, name)
	}
	defer func() {
		for _, name := range names {
			delete(im.scope, name)
		}
	}()
	for _, t := range g.Initializers {
		own(t.Name)
		h, err := newHost(t, fmt.Sprintf("initializer %q", t.Name))
		if err != nil {
			n.Fail(err)
		}
		im.scope[t.Name] = &value{dtype: t.Type, host: h}
		if t.Type.IsFloat() {
			im.info.Parameters += int64(h.size())
		}
	}
	live := liveNodes(g)
	for i := range g.Nodes {
		if !live[i] {
			continue
		}
		p := &g.Nodes[i]
		for _, name := range p.Outputs {
			if name != "" {
				own(name)
			}
		}
		for _, name := range p.Inputs {
			if name != "" && im.scope[name] == nil {
				n.Failf("node %q of %s uses %q, which nothing computes before it", label(p), what, name)
			}
		}
		promotions, spot := im.promotions, im.b.At("")
		err := im.node(p)
		im.b.At(spot)
		im.promotions = append(promotions, im.promotions...)
		if err != nil {
			n.Failf("in %s: %w", what, err)
		}
	}
	var outs []*value
	for _, o := range g.Outputs {
		v := im.scope[o.Name]
		if v == nil {
			n.Failf("nothing computes output %q of %s", o.Name, what)
		}
		outs = append(outs, v)
	}
	return outs
}

// liveNodes marks the nodes that the outputs of g depend on.
func liveNodes(g *onnxpb.Graph) []bool {
	needed := map[string]bool{}
	for _, o := range g.Outputs {
		needed[o.Name] = true
	}
	live := make([]bool, len(g.Nodes))
	for i := len(g.Nodes) - 1; i >= 0; i-- {
		for _, name := range g.Nodes[i].Outputs {
			live[i] = live[i] || name != "" && needed[name]
		}
		if live[i] {
			taken(&g.Nodes[i], func(name string) { needed[name] = true })
		}
	}
	return live
}
