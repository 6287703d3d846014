// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"github.com/zkml-go/zkml/ir/internal/kernel"
	"github.com/zkml-go/zkml/tensor"
)

// An operand is a root that a head reads; Fill is what padding is.
type operand struct {
	id   ID
	fill int64
}

func (o operand) bind(x *execution) kernel.Operand {
	return kernel.Operand{Vector: x.values[o.id], Fill: o.fill}
}

// contractHead computes a contraction.
type contractHead struct {
	c    *kernel.Contraction
	a, b operand
}

func (h *contractHead) reads() []ID { return []ID{h.a.id, h.b.id} }

func (h *contractHead) run(x *execution, emit kernel.Emit) {
	h.c.Run(x.machine, h.a.bind(x), h.b.bind(x), emit)
}

// maxHead computes a maximum, or a view, which is a maximum over no axes.
type maxHead struct {
	m *kernel.Maximum
	a operand
}

func (h *maxHead) reads() []ID { return []ID{h.a.id} }

func (h *maxHead) run(x *execution, emit kernel.Emit) {
	h.m.Run(x.machine, h.a.bind(x), emit)
}

// concatHead joins values: in every period of the result, argument i has a part of
// length[i] elements.
type concatHead struct {
	args   []ID
	length []int
	period int
	size   int
}

func newConcatHead(b *planner, n *Node, op Concat) *concatHead {
	h := &concatHead{size: n.Shape.Size(), period: n.Shape[op.Axis:].Size()}
	for _, a := range n.Args {
		h.args = append(h.args, b.root[a])
		h.length = append(h.length, b.p.Nodes[a].Shape[op.Axis:].Size())
	}
	return h
}

func (h *concatHead) reads() []ID { return h.args }

func (h *concatHead) run(x *execution, emit kernel.Emit) {
	x.machine.Map(h.size, func(worker, at int, dst []int64) {
		// The part that holds element at, and where in it.
		period, in, arg := at/h.period, at%h.period, 0
		for in >= h.length[arg] {
			in, arg = in-h.length[arg], arg+1
		}
		for left := dst; len(left) > 0; {
			n := min(h.length[arg]-in, len(left))
			x.values[h.args[arg]].Load(left[:n], period*h.length[arg]+in, 1)
			left, in, arg = left[n:], 0, arg+1
			if arg == len(h.args) {
				period, arg = period+1, 0
			}
		}
		emit(worker, at, dst)
	})
}

// evalHead computes a node that no kernel knows by its definition.
type evalHead struct {
	op     Op
	args   []ID
	shapes []tensor.Shape
	size   int
}

func newEvalHead(b *planner, n *Node) *evalHead {
	h := &evalHead{op: n.Op, size: n.Shape.Size()}
	for _, a := range n.Args {
		h.args, h.shapes = append(h.args, b.root[a]), append(h.shapes, b.p.Nodes[a].Shape)
	}
	return h
}

func (h *evalHead) reads() []ID { return h.args }

func (h *evalHead) run(x *execution, emit kernel.Emit) {
	args := make([]Tensor, len(h.args))
	for i, a := range h.args {
		args[i] = Tensor{h.shapes[i], Values{x.values[a]}.Int64s()}
	}
	out := h.op.Eval(x.plan.p, args)
	x.machine.Map(h.size, func(worker, at int, dst []int64) {
		copy(dst, out[at:])
		emit(worker, at, dst)
	})
}
