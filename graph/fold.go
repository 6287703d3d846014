// SPDX-License-Identifier: Apache-2.0

package graph

import "github.com/zkml-go/zkml/tensor"

// Folding may cost foldBase multiply-accumulates and moves, and foldPerElement
// more for each element that the model gives: as much as reading it several
// times, and nothing that a small file can make large.
const (
	foldBase       = 1 << 24
	foldPerElement = 8
)

// fold computes a node whose arguments are all constants, or returns false if
// that would make the network larger, as a broadcast constant would, or cost too
// much. The result is rounded to float32, as a model's own tensors are.
func (b *Builder) fold(op Op, args []ID, shape tensor.Shape) (Const, bool) {
	if len(args) == 0 {
		return Const{}, false
	}
	operands := make([]Tensor, len(args))
	size := 0
	for i, a := range args {
		c, ok := b.g.Nodes[a].Op.(Const)
		if !ok {
			return Const{}, false
		}
		operands[i].Shape = c.Shape
		size += len(c.Data)
	}
	if shape.Size() > size {
		return Const{}, false
	}
	work := size
	switch op := op.(type) {
	case View:
		if regroups(op.View) {
			return Const{Shape: shape, Data: b.g.Nodes[args[0]].Op.(Const).Data}, true
		}
	case Contract:
		if tensor.Shape(op.Contraction.Extents).Check() != nil {
			return Const{}, false
		}
		work = max(work, tensor.Shape(op.Contraction.Extents).Size())
	}
	if b.folded+work > foldBase+foldPerElement*b.stored {
		return Const{}, false
	}
	b.folded += work
	for i, a := range args {
		operands[i].Data = b.g.Nodes[a].Op.Eval(nil)
	}
	out := op.Eval(operands)
	data := make([]float32, len(out))
	for i, x := range out {
		data[i] = float32(x)
	}
	return Const{Shape: shape, Data: data}, true
}

// regroups reports whether v keeps every element in place.
func regroups(v tensor.View) bool {
	if !v.Axes.Equal(v.From) {
		return false
	}
	for d, a := range v.Index {
		if a.Offset != 0 || len(a.Terms) != 1 || a.Terms[0] != (tensor.Term{Axis: d, Coef: 1}) {
			return false
		}
	}
	return true
}
