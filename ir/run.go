// SPDX-License-Identifier: Apache-2.0

package ir

// A Trace holds the value of every node of one run, indexed by ID.
type Trace [][]int64

// Run executes the program and keeps every value. inputs are in the order of
// p.Inputs; an element outside its declared range is refused with ErrInput. The
// trace shares the slices of inputs.
func (p *Program) Run(inputs [][]int64) (Trace, error) {
	return p.RunKeeping(inputs, func(ID) bool { return true })
}

// RunKeeping is Run for the values that keep wants, and those of inputs:
// the others are nil.
func (p *Program) RunKeeping(inputs [][]int64, keep func(ID) bool) (Trace, error) {
	run, err := p.Execute(inputs, keep)
	if err != nil {
		return nil, err
	}
	trace := make(Trace, len(p.Nodes))
	for i, id := range p.Inputs {
		trace[id] = inputs[i]
	}
	for id := range trace {
		if trace[id] == nil && keep(ID(id)) {
			trace[id] = run.Values(ID(id)).Int64s()
		}
	}
	return trace, nil
}

// Outputs returns the values of the program's outputs.
func (t Trace) Outputs(p *Program) [][]int64 {
	out := make([][]int64, len(p.Outputs))
	for i, o := range p.Outputs {
		out[i] = t[o.ID]
	}
	return out
}
