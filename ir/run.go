// SPDX-License-Identifier: Apache-2.0

package ir

import "fmt"

// A Trace holds the value of every node of one run, indexed by ID.
type Trace [][]int64

// Run executes the program. inputs are in the order of p.Inputs; an element
// outside its declared range is refused with ErrInput.
func (p *Program) Run(inputs [][]int64) (Trace, error) {
	if len(inputs) != len(p.Inputs) {
		return nil, fmt.Errorf("%w: %d tensors for %d inputs", ErrInput, len(inputs), len(p.Inputs))
	}
	trace := make(Trace, len(p.Nodes))
	for i, id := range p.Inputs {
		in := p.Input(id)
		if len(inputs[i]) != in.Shape.Size() {
			return nil, fmt.Errorf("%w: %s has %d elements, want %d (shape %v)", ErrInput, in.Name, len(inputs[i]), in.Shape.Size(), in.Shape)
		}
		for k, x := range inputs[i] {
			if !in.Declared.Contains(x) {
				return nil, fmt.Errorf("%w: %s[%d] = %d is outside the declared range %v", ErrInput, in.Name, k, x, in.Declared)
			}
		}
		trace[id] = inputs[i]
	}
	for id := range p.Nodes {
		if trace[id] == nil {
			trace[id] = p.eval(ID(id), trace)
		}
	}
	return trace, nil
}

func (p *Program) eval(id ID, trace Trace) []int64 {
	n := &p.Nodes[id]
	args := make([]Tensor, len(n.Args))
	for i, a := range n.Args {
		args[i] = Tensor{p.Nodes[a].Shape, trace[a]}
	}
	return n.Op.Eval(p, args)
}

// Outputs returns the values of the program's outputs.
func (t Trace) Outputs(p *Program) [][]int64 {
	out := make([][]int64, len(p.Outputs))
	for i, o := range p.Outputs {
		out[i] = t[o.ID]
	}
	return out
}
