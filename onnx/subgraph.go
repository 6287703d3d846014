// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"slices"

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
	b := n.open(what, g)
	defer b.close()
	return b.run(nil)
}

// A block is a graph in an attribute of a node, ready to be lowered, once or more.
type block struct {
	n     *node
	what  string
	g     *onnxpb.Graph
	live  []bool
	names []string // of its initializers
}

// open puts the initializers of g in scope until close.
func (n *node) open(what string, g *onnxpb.Graph) *block {
	b := &block{n: n, what: what, g: g, live: liveNodes(g)}
	if g.Sparse > 0 {
		n.Failf("%s has %d sparse initializers, want none", what, g.Sparse)
	}
	for _, t := range g.Initializers {
		h, err := newHost(t, fmt.Sprintf("initializer %q", t.Name))
		if err != nil {
			n.Fail(err)
		}
		b.name(&b.names, t.Name, &value{dtype: t.Type, host: h})
		if t.Type.IsFloat() {
			n.im.info.Parameters += int64(h.size())
		}
	}
	return b
}

// name gives a value to a name of the graph's own, and lists it.
func (b *block) name(list *[]string, name string, v *value) {
	if _, dup := b.n.im.scope[name]; dup || name == "" {
		b.drop(b.names)
		b.drop(*list)
		b.n.Failf("%s gives a value to %q, which has one, or no name", b.what, name)
	}
	b.n.im.scope[name] = v
	*list = append(*list, name)
}

func (b *block) close() { b.drop(b.names) }

func (b *block) drop(names []string) {
	for _, name := range names {
		delete(b.n.im.scope, name)
	}
}

// run lowers the graph for the given inputs and returns its outputs.
func (b *block) run(args []*value) []*value {
	n, im, g := b.n, b.n.im, b.g
	var names []string
	defer func() { b.drop(names) }()
	var inputs []string
	for _, v := range g.Inputs {
		if !slices.Contains(b.names, v.Name) { // not an initializer
			inputs = append(inputs, v.Name)
		}
	}
	if len(inputs) != len(args) {
		n.Failf("%s has %d inputs, want %d", b.what, len(inputs), len(args))
	}
	for i, name := range inputs {
		b.name(&names, name, args[i])
	}
	for i := range g.Nodes {
		if !b.live[i] {
			continue
		}
		p := &g.Nodes[i]
		for _, name := range p.Inputs {
			if name != "" && im.scope[name] == nil {
				n.Failf("node %q of %s uses %q, which nothing computes before it", label(p), b.what, name)
			}
		}
		for _, name := range p.Outputs {
			if name != "" {
				b.name(&names, name, nil)
			}
		}
		promotions, spot := im.promotions, im.b.At("")
		err := im.node(p)
		im.b.At(spot)
		im.promotions = append(promotions, im.promotions...)
		if err != nil {
			n.Failf("in %s: %w", b.what, err)
		}
	}
	var outs []*value
	for _, o := range g.Outputs {
		v := im.scope[o.Name]
		if v == nil {
			n.Failf("nothing computes output %q of %s", o.Name, b.what)
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
