// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// A Layer is the tensor that a node of the model computes, in both networks: an
// element of node Real of the graph stands against Scale times the element of node
// Integer of the program.
type Layer struct {
	Name    string   `json:"name"` // of the model's node, or of an input
	Kind    string   `json:"kind"` // of the graph's node, or the name of its function
	Real    graph.ID `json:"real"`
	Integer ir.ID    `json:"integer"`
	Scale   float64  `json:"scale"`
}

// CompileLayers is Compile and returns the layers, too. A node of the model that
// becomes several nodes of the graph is one layer, its last; nodes that only
// re-index make none. Where the value is rounded before it is used the layer is
// what it is rounded to.
func CompileLayers(g *graph.Graph, cal *Calibration, opts Options) (*ir.Program, []Layer, error) {
	c, err := compile(g, cal, opts)
	if err != nil {
		return nil, nil, err
	}
	return c.p, c.layers(), nil
}

func (c *compiler) layers() []Layer {
	var out []Layer
	at := map[string]int{}
	for i := range c.g.Nodes {
		id, n := graph.ID(i), &c.g.Nodes[i]
		v, ok := c.narrow[id]
		if !ok {
			v = c.at[id]
		}
		kind := n.Op.Kind()
		if m, ok := n.Op.(graph.Map); ok {
			kind = m.Func.Name
		}
		if c.at[id].constant != nil || v.scale == 0 || kind == "view" || kind == "concat" {
			continue
		}
		l := Layer{Name: n.Name, Kind: kind, Real: id, Integer: v.id, Scale: v.scale}
		if k, seen := at[n.Name]; seen {
			out[k] = l
			continue
		}
		at[n.Name] = len(out)
		out = append(out, l)
	}
	return out
}

// checkLayers reports an error unless layers are of g and p. They may come from a
// file.
func checkLayers(g *graph.Graph, p *ir.Program, layers []Layer) error {
	for _, l := range layers {
		switch {
		case l.Real < 0 || int(l.Real) >= len(g.Nodes) || g.Nodes[l.Real].Name != l.Name:
			return fmt.Errorf("layer %q: the float network has no such node %d", l.Name, l.Real)
		case l.Integer < 0 || int(l.Integer) >= len(p.Nodes):
			return fmt.Errorf("layer %q: the integer network has no node %d", l.Name, l.Integer)
		case g.Nodes[l.Real].Shape.Size() != p.Nodes[l.Integer].Shape.Size():
			return fmt.Errorf("layer %q: shape %v over the reals, %v over the integers", l.Name, g.Nodes[l.Real].Shape, p.Nodes[l.Integer].Shape)
		case !(l.Scale > 0) || !finite([]float64{l.Scale}):
			return fmt.Errorf("layer %q: scale %v", l.Name, l.Scale)
		}
	}
	return nil
}
