// SPDX-License-Identifier: Apache-2.0

package relation

import "github.com/zkml-go/zkml/ir"

var (
	_ = register("linear", stateLinear)
	_ = register("contract", stateContract)
)

// stateLinear: y − ∑ cᵢ·xᵢ − c₀ = 0.
func stateLinear(b *builder, id ir.ID, n *ir.Node) error {
	op := n.Op.(ir.Linear)
	b.Columns[id].Kind = Virtual
	e := Sum{{1, Int(op.Bias)}}
	for i, a := range n.Args {
		e = append(e, Scaled{op.Coefs[i], column(a)})
	}
	b.define(id, column(id), n.Shape, e)
	return nil
}

// stateContract: y is the contraction of the arguments. Accumulators stay
// virtual: they are exact, so nothing about them needs to be chosen.
func stateContract(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Virtual
	b.add(Contract{Node: id, Out: ColumnID(id), A: ColumnID(n.Args[0]), B: ColumnID(n.Args[1]),
		Contraction: n.Op.(ir.Contract).Contraction})
	return nil
}
