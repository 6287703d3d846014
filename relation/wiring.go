// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("view", stateView)
	_ = register("concat", stateConcat)
)

// stateView: the result is the argument, re-indexed:
//
//	y − x∘v = 0
func stateView(b *builder, id ir.ID, n *ir.Node) error {
	op := n.Op.(ir.View)
	b.Columns[id].Kind = Virtual
	source := Cell{Column: ColumnID(n.Args[0]), View: &op.View, Fill: op.Fill}
	b.define(id, column(id), n.Shape, source)
	return nil
}

// stateConcat: each argument is a slice of the result:
//
//	y∘slice_k − x_k = 0   for every argument k
func stateConcat(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Virtual
	axis := n.Op.(ir.Concat).Axis
	start, count, step := make([]int, len(n.Shape)), n.Shape.Clone(), make([]int, len(n.Shape))
	for d := range step {
		step[d] = 1
	}
	for _, a := range n.Args {
		s := b.Program.Nodes[a].Shape
		count[axis] = s[axis]
		v, err := tensor.Slice(n.Shape, start, count, step)
		if err != nil {
			return err
		}
		b.define(id, Cell{Column: ColumnID(id), View: &v}, s, column(a))
		start[axis] += s[axis]
	}
	return nil
}

// define states that the virtual cell pivot equals e.
func (b *builder) define(id ir.ID, pivot Cell, domain tensor.Shape, e Expr) {
	b.add(Zero{Node: id, Domain: domain, Expr: Sum{{1, pivot}, {-1, e}}, Pivot: &pivot, Sign: 1})
}
