// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// arity is the number of arguments that each primitive takes; −1 means one or
// more.
var arity = map[string]int{
	"input": 0, "const": 0, "view": 1, "map": 1, "max": 1, "contract": 2, "divide": 2, "gather": 2, "linear": -1, "concat": -1,
}

// Check reports an error if g is not well formed: an argument that does not
// precede its use, a number of arguments or a shape that does not fit, an input
// that is not listed, an output that names no node. A Builder's graph passes;
// Check is for passes that rewrite one.
func (g *Graph) Check() error {
	inputs := 0
	for id, n := range g.Nodes {
		if err := g.checkNode(ID(id)); err != nil {
			return fmt.Errorf("node %d (%s, %s): %w", id, n.Name, n.Op.Kind(), err)
		}
		if _, ok := n.Op.(Input); !ok {
			continue
		}
		if inputs >= len(g.Inputs) || g.Inputs[inputs] != ID(id) {
			return fmt.Errorf("inputs are listed as %v, and node %d is one", g.Inputs, id)
		}
		inputs++
	}
	if inputs != len(g.Inputs) || inputs == 0 || len(g.Outputs) == 0 {
		return fmt.Errorf("%d input nodes, %d listed, %d outputs; want all inputs listed and at least one of each", inputs, len(g.Inputs), len(g.Outputs))
	}
	for _, o := range g.Outputs {
		if o.ID < 0 || int(o.ID) >= len(g.Nodes) {
			return fmt.Errorf("output %s is node %d of %d", o.Name, o.ID, len(g.Nodes))
		}
	}
	return nil
}

func (g *Graph) checkNode(id ID) error {
	n := &g.Nodes[id]
	want, ok := arity[n.Op.Kind()]
	if !ok {
		return fmt.Errorf("not a primitive")
	}
	if len(n.Args) != want && (want >= 0 || len(n.Args) == 0) {
		return fmt.Errorf("%d arguments", len(n.Args))
	}
	shapes := make([]tensor.Shape, len(n.Args))
	for i, a := range n.Args {
		if a < 0 || a >= id {
			return fmt.Errorf("argument %d is node %d, which does not precede it", i, a)
		}
		shapes[i] = g.Nodes[a].Shape
	}
	s, err := n.Op.Infer(shapes)
	if err != nil {
		return err
	}
	if !s.Equal(n.Shape) {
		return fmt.Errorf("shape %v, want %v", n.Shape, s)
	}
	return s.Check()
}
