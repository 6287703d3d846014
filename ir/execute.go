// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/internal/parallel"
	"github.com/zkml-go/zkml/ir/internal/kernel"
)

// A Run holds the values that one execution kept.
type Run struct {
	plan   *Plan
	values []kernel.Vector // by root
}

// Execute runs the program and returns the values of its outputs and of the nodes
// that keep asks for; nil asks for none. Other values are freed after their last
// use, or never stored. inputs are in the order of p.Inputs; an element outside
// its declared range is refused with ErrInput. See Plan.Execute.
func (p *Program) Execute(inputs [][]int64, keep func(ID) bool) (*Run, error) {
	return p.Plan().Execute(inputs, keep)
}

// Execute is Program.Execute. It uses GOMAXPROCS threads; the result does not
// depend on their number. The inputs are copied.
func (plan *Plan) Execute(inputs [][]int64, keep func(ID) bool) (*Run, error) {
	p := plan.p
	if err := p.checkInputValues(inputs); err != nil {
		return nil, err
	}
	x := &execution{plan: plan, values: make([]kernel.Vector, len(p.Nodes)), machine: kernel.NewMachine(parallel.Workers())}
	x.threads = make([]thread, x.machine.Workers())
	u := plan.usage(keep)
	for i, id := range p.Inputs {
		if u.stored[id] {
			x.values[id] = kernel.Make(len(inputs[i]), p.Nodes[id].Range.Lo, p.Nodes[id].Range.Hi)
			x.values[id].Store(0, inputs[i])
		}
	}
	for id := range p.Nodes {
		if c, ok := p.Nodes[id].Op.(Const); ok && u.stored[id] {
			x.values[id] = c.Data.v
		}
	}
	for i := range plan.stages {
		x.stage(&plan.stages[i], u.live[i], u.stored)
		for _, id := range u.free[i] {
			x.values[id] = nil
		}
	}
	return &Run{plan, x.values}, nil
}

// checkInputValues refuses inputs that do not fit the declarations.
func (p *Program) checkInputValues(inputs [][]int64) error {
	if len(inputs) != len(p.Inputs) {
		return fmt.Errorf("%w: %d tensors for %d inputs", ErrInput, len(inputs), len(p.Inputs))
	}
	for i, id := range p.Inputs {
		in := p.Input(id)
		if len(inputs[i]) != in.Shape.Size() {
			return fmt.Errorf("%w: %s has %d elements, want %d (shape %v)", ErrInput, in.Name, len(inputs[i]), in.Shape.Size(), in.Shape)
		}
		for k, x := range inputs[i] {
			if !in.Declared.Contains(x) {
				return fmt.Errorf("%w: %s[%d] = %d is outside the declared range %v", ErrInput, in.Name, k, x, in.Declared)
			}
		}
	}
	return nil
}

// execution is the state of one run.
type execution struct {
	plan    *Plan
	values  []kernel.Vector // by root, while they are needed
	machine *kernel.Machine
	threads []thread
}

// A thread has registers of its own.
type thread struct{ registers, args [][]int64 }

// stage runs the live steps of s.
func (x *execution) stage(s *stage, live, stored []bool) {
	var steps []boundStep
	for i := range s.steps {
		if !live[i] {
			continue
		}
		b := boundStep{step: &s.steps[i], register: i}
		if r := b.read; r != nil {
			b.load = r.source.Bind(kernel.Operand{Vector: x.values[r.id], Fill: r.fill})
		} else if stored[b.id] {
			n := &x.plan.p.Nodes[b.id]
			b.store = kernel.Make(s.size, n.Range.Lo, n.Range.Hi)
			x.values[b.id] = b.store
		}
		steps = append(steps, b)
	}
	if len(steps) == 0 {
		return
	}
	for i := range x.threads {
		t := &x.threads[i]
		for len(t.registers) < len(s.steps) {
			t.registers = append(t.registers, nil)
		}
	}
	emit := func(worker, at int, chunk []int64) { x.chunk(&x.threads[worker], steps, at, chunk) }
	if s.head != nil {
		s.head.run(x, emit)
	} else {
		x.machine.Map(s.size, emit)
	}
}

// A boundStep is a step with the memory of a run.
type boundStep struct {
	*step
	register int
	load     func(dst []int64, at int)
	store    kernel.Vector
}

// chunk runs steps on the elements from at on. Where the stage has a head, it has
// computed those of the first step.
func (x *execution) chunk(t *thread, steps []boundStep, at int, head []int64) {
	n := len(head)
	for i := range steps {
		s := &steps[i]
		out := head
		if !s.isHead {
			if t.registers[s.register] == nil {
				t.registers[s.register] = make([]int64, kernel.Chunk)
			}
			out = t.registers[s.register][:n]
		}
		switch {
		case s.load != nil:
			s.load(out, at)
		case s.op != nil:
			t.args = t.args[:0]
			for _, r := range s.args {
				arg := head
				if r != 0 || !steps[0].isHead {
					arg = t.registers[r][:n]
				}
				t.args = append(t.args, arg)
			}
			s.op.each(x.plan.p, out, t.args)
		}
		if s.store != nil {
			s.store.Store(at, out)
		}
	}
}

// Values returns the elements of node id, which was kept; it panics otherwise.
func (r *Run) Values(id ID) Values {
	v := r.values[r.plan.root[id]]
	if v == nil {
		panic(fmt.Sprintf("zkml: internal error: the value of node %d was not kept", id))
	}
	return Values{v}
}

// Outputs returns the values of the program's outputs.
func (r *Run) Outputs() [][]int64 {
	out := make([][]int64, len(r.plan.p.Outputs))
	for i, o := range r.plan.p.Outputs {
		out[i] = r.Values(o.ID).Int64s()
	}
	return out
}
