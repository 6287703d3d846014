// SPDX-License-Identifier: Apache-2.0

package relation

import "github.com/zkml-go/zkml/ir"

var _ = register("lookup", stateLookup)

// stateLookup: (x, y) ∈ T.
//
// Uniqueness: the arguments of T are distinct, so x has one y.
func stateLookup(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Witness
	b.add(Member{Node: id, Domain: n.Shape, Tuple: []Expr{column(n.Args[0]), column(id)},
		Table: TableID(n.Op.(ir.Lookup).Table)})
	return nil
}
