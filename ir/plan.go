// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"github.com/zkml-go/zkml/ir/internal/kernel"
	"github.com/zkml-go/zkml/tensor"
)

// A Plan is how to execute a program fast: its nodes grouped into stages, each one
// pass over memory. Contractions and maxima read through the views before them,
// elementwise nodes are computed on the fly while their argument is in the cache,
// and views that only regroup axes cost nothing. A plan is immutable and safe for
// concurrent use; it depends on the program only.
type Plan struct {
	p *Program
	// root maps a node to the one that has the same elements in the same order:
	// itself, or the argument of a view that only regroups.
	root   []ID
	stages []stage
}

// A stage computes the nodes of its steps, chunk by chunk.
type stage struct {
	size  int  // elements of each of its nodes
	head  head // computes the first step; nil: all steps are elementwise
	steps []step
}

// A head computes the elements of a node that is not elementwise.
type head interface {
	// reads returns the roots that it reads.
	reads() []ID
	// run hands the elements over.
	run(x *execution, emit kernel.Emit)
}

// A step sets one register, a chunk of elements, in one of three ways: by the head
// of its stage, by reading a value of an earlier stage, or by an elementwise op.
type step struct {
	id     ID // whose elements the register holds
	read   *read
	op     elementwise
	args   []int // registers
	isHead bool
}

// A read is a value of an earlier stage, seen through a view or as it is.
type read struct {
	id     ID // a root
	fill   int64
	source *kernel.Source
}

// maxSteps bounds the registers of a stage, which should stay in the cache.
const maxSteps = 24

// Plan returns the plan of p. It costs about as much as running p on tiny tensors:
// callers that run a program often keep it.
func (p *Program) Plan() *Plan {
	b := &planner{Plan: &Plan{p: p, root: make([]ID, len(p.Nodes))}, where: make([]int, len(p.Nodes))}
	for id := range p.Nodes {
		b.place(ID(id))
	}
	return b.Plan
}

// planner is a plan under construction.
type planner struct {
	*Plan
	where []int // the stage of a root; −1: an input or a constant
}

// place plans node id.
func (b *planner) place(id ID) {
	n := &b.p.Nodes[id]
	b.root[id], b.where[id] = id, -1
	switch op := n.Op.(type) {
	case Input, Const:
	case View:
		b.view(id, n, op)
	case Contract:
		nest := op.Contraction.Nest()
		x, y := b.through(&nest, 0, n.Args[0]), b.through(&nest, 1, n.Args[1])
		b.begin(id, &contractHead{kernel.NewContraction(nest, n.Range.Lo, n.Range.Hi), x, y})
	case Max:
		nest := tensor.ReduceNest(b.p.Nodes[n.Args[0]].Shape, op.Axes)
		x := b.through(&nest, 0, n.Args[0])
		b.begin(id, &maxHead{kernel.NewMaximum(nest), x})
	case Concat:
		b.begin(id, newConcatHead(b, n, op))
	case Gather:
		b.begin(id, newGatherHead(b, n, op))
	case elementwise:
		b.elementwise(id, n, op)
	default:
		b.begin(id, newEvalHead(b, n))
	}
}

func (b *planner) view(id ID, n *Node, op View) {
	nest := op.View.Nest()
	from := b.root[n.Args[0]]
	switch {
	case !kernel.Fits(nest):
		b.begin(id, newEvalHead(b, n))
	case kernel.NewSource(nest).Plain(b.p.Nodes[from].Shape.Size()):
		b.root[id], b.where[id] = from, b.where[from]
	default:
		b.begin(id, &maxHead{kernel.NewMaximum(nest), operand{from, op.Fill}})
	}
}

// begin appends a stage whose head computes id.
func (b *planner) begin(id ID, h head) {
	b.where[id] = len(b.stages)
	b.stages = append(b.stages, stage{size: b.p.Nodes[id].Shape.Size(), head: h, steps: []step{{id: id, isHead: true}}})
}

// seen returns what to read in place of the result of a view, if that is possible.
func (b *planner) seen(id ID) (View, ID, bool) {
	v, ok := b.p.Nodes[id].Op.(View)
	if !ok || !kernel.Fits(v.View.Nest()) {
		return View{}, 0, false
	}
	return v, b.root[b.p.Nodes[id].Args[0]], true
}

// through returns what an operand of nest reads for argument a.
func (b *planner) through(nest *tensor.Nest, number int, a ID) operand {
	id := b.root[a]
	if v, from, ok := b.seen(id); ok && nest.Through(number, v.View) {
		return operand{from, v.Fill}
	}
	return operand{id: id}
}

// elementwise adds id to the latest stage that computes one of its arguments, or
// to one of its own if another argument is not known by then in every element.
func (b *planner) elementwise(id ID, n *Node, op elementwise) {
	at, joins := -1, false
	for _, a := range n.Args {
		if _, from, ok := b.seen(b.root[a]); ok {
			if s := b.where[from]; s >= at {
				at, joins = s, false
			}
			continue
		}
		if s := b.where[b.root[a]]; s > at {
			at, joins = s, true
		}
	}
	if !joins || len(b.stages[at].steps)+len(n.Args) >= maxSteps {
		at = len(b.stages)
		b.stages = append(b.stages, stage{size: n.Shape.Size()})
	}
	b.where[id] = at
	s := &b.stages[at]
	args := make([]int, len(n.Args))
	for i, a := range n.Args {
		args[i] = b.register(s, b.root[a])
	}
	s.steps = append(s.steps, step{id: id, op: op, args: args})
}

// register returns the register of s that holds the elements of a root, which it
// adds a step for if there is none.
func (b *planner) register(s *stage, id ID) int {
	for i := range s.steps {
		if s.steps[i].id == id {
			return i
		}
	}
	r := &read{id: id}
	if v, from, ok := b.seen(id); ok {
		r.id, r.fill, r.source = from, v.Fill, kernel.NewSource(v.View.Nest())
	} else {
		r.source = kernel.NewSource(tensor.Identity(b.p.Nodes[id].Shape).Nest())
	}
	s.steps = append(s.steps, step{id: id, read: r})
	return len(s.steps) - 1
}
