// SPDX-License-Identifier: Apache-2.0

package graph

import "fmt"

// Visit runs the network and calls see with the value of every node, in order.
// inputs are in the order of g.Inputs. Nodes further on get what see leaves in the
// value of one that is not constant. A value is dropped after its last use unless
// see keeps it; those of constants are made anew for each use, so that a large
// model needs little more than its weights.
func (g *Graph) Visit(inputs [][]float64, see func(id ID, v []float64)) error {
	if len(inputs) != len(g.Inputs) {
		return fmt.Errorf("%w: %d tensors for %d inputs", ErrInput, len(inputs), len(g.Inputs))
	}
	values := make([][]float64, len(g.Nodes))
	for i, id := range g.Inputs {
		n := g.Nodes[id]
		if len(inputs[i]) != n.Shape.Size() {
			return fmt.Errorf("%w: %s has %d elements, want %d (shape %v)", ErrInput, n.Name, len(inputs[i]), n.Shape.Size(), n.Shape)
		}
		values[id] = inputs[i]
	}
	left := g.uses()
	for id, n := range g.Nodes {
		v := values[id]
		if v == nil {
			v = n.Op.Eval(g.args(n, values))
		}
		see(ID(id), v)
		if _, ok := n.Op.(Const); !ok && left[id] > 0 {
			values[id] = v
		}
		for _, a := range n.Args {
			if left[a]--; left[a] == 0 {
				values[a] = nil
			}
		}
	}
	return nil
}

// args returns the arguments of a node.
func (g *Graph) args(n Node, values [][]float64) []Tensor {
	args := make([]Tensor, len(n.Args))
	for i, a := range n.Args {
		args[i] = Tensor{g.Nodes[a].Shape, values[a]}
		if c, ok := g.Nodes[a].Op.(Const); ok {
			args[i].Data = c.Eval(nil)
		}
	}
	return args
}

// uses counts the arguments that name each node.
func (g *Graph) uses() []int {
	count := make([]int, len(g.Nodes))
	for _, n := range g.Nodes {
		for _, a := range n.Args {
			count[a]++
		}
	}
	return count
}
