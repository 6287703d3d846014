// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"

	"github.com/zkml-go/zkml/internal/onnxpb"
)

// names checks that every name is given a value once and before it is used, and
// finds the nodes that the outputs depend on.
func (im *importer) names() error {
	g := im.model.Graph
	im.producer = map[string]int{}
	given := map[string]bool{}
	for _, v := range g.Inputs {
		if v.Name == "" || given[v.Name] {
			return fmt.Errorf("two inputs are called %q, or one has no name", v.Name)
		}
		given[v.Name] = true
	}
	seen := map[string]bool{}
	for _, t := range g.Initializers {
		if t.Name == "" || seen[t.Name] {
			return fmt.Errorf("two initializers are called %q, or one has no name", t.Name)
		}
		seen[t.Name], given[t.Name] = true, true
	}
	if g.Sparse > 0 {
		return fmt.Errorf("the model has %d sparse initializers, which are not supported", g.Sparse)
	}
	for i := range g.Nodes {
		for _, name := range g.Nodes[i].Outputs {
			if name == "" {
				continue
			}
			if j, dup := im.producer[name]; dup {
				return fmt.Errorf("nodes %q and %q both compute %q", label(&g.Nodes[j]), label(&g.Nodes[i]), name)
			}
			if given[name] {
				return fmt.Errorf("node %q computes %q, which is an input or initializer", label(&g.Nodes[i]), name)
			}
			im.producer[name] = i
		}
	}
	if err := im.order(given); err != nil {
		return err
	}
	return im.liveness(given)
}

// order checks that nodes are in topological order.
func (im *importer) order(given map[string]bool) error {
	nodes := im.model.Graph.Nodes
	for i := range nodes {
		for _, name := range nodes[i].Inputs {
			if name == "" || given[name] {
				continue
			}
			j, ok := im.producer[name]
			if !ok {
				return fmt.Errorf("node %q uses %q, which nothing computes", label(&nodes[i]), name)
			}
			if j >= i {
				return fmt.Errorf("node %q uses %q before node %q computes it: the graph is cyclic or not in topological order",
					label(&nodes[i]), name, label(&nodes[j]))
			}
		}
	}
	return nil
}

// liveness marks the nodes that an output depends on.
func (im *importer) liveness(given map[string]bool) error {
	g := im.model.Graph
	im.live = make([]bool, len(g.Nodes))
	im.uses = map[string]bool{}
	outputs := map[string]bool{}
	for _, o := range g.Outputs {
		j, computed := im.producer[o.Name]
		switch {
		case outputs[o.Name]:
			return fmt.Errorf("two outputs are called %q", o.Name)
		case !computed && !given[o.Name]:
			return fmt.Errorf("nothing computes output %q", o.Name)
		case computed:
			im.live[j] = true
		}
		outputs[o.Name], im.uses[o.Name] = true, true
	}
	for i := len(g.Nodes) - 1; i >= 0; i-- {
		if !im.live[i] {
			continue
		}
		taken(&g.Nodes[i], func(name string) {
			im.uses[name] = true
			if j, ok := im.producer[name]; ok {
				im.live[j] = true
			}
		})
	}
	return nil
}

// taken calls visit with the names that a node takes, those of the graphs in its
// attributes included.
func taken(n *onnxpb.Node, visit func(name string)) {
	for _, name := range n.Inputs {
		visit(name)
	}
	for i := range n.Attributes {
		if g := n.Attributes[i].G; g != nil {
			for j := range g.Nodes {
				taken(&g.Nodes[j], visit)
			}
			for _, o := range g.Outputs {
				visit(o.Name)
			}
			for _, o := range g.Outputs {
				visit(o.Name)
			}
		}
	}
}
