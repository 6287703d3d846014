// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("divide", stateDivide)

// stateDivide: q is the quotient of a by b > 0, and r its remainder:
//
//	a − q·b = r ,   r ≥ 0 ,   b − 1 − r ≥ 0
//
// with q, r and b − 1 − r small integers: each is in [0, N), or q − lo is, for
// some N that a table or a few limbs hold.
//
// Uniqueness: q·b + r is an integer far below the order of the field, so the
// identity over the field is one over ℤ. The two ranges of r put it in [0, b),
// and division with remainder by b has one quotient and one remainder. The second
// ties r to its own divisor: without it r could be larger by any multiple of b.
// q·b and r are virtual. A lookup of q states its range.
func stateDivide(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Witness
	a, divisor := &b.Program.Nodes[n.Args[0]], n.Args[1]
	bound := b.Program.Nodes[divisor].Range.Hi
	product := b.aux(Column{Name: b.auxName(id, "product"), Shape: n.Shape, Kind: Virtual,
		Range: ir.Range{Lo: a.Range.Lo - bound + 1, Hi: a.Range.Hi}})
	b.add(Contract{Node: id, Out: product, A: ColumnID(id), B: ColumnID(divisor), Contraction: tensor.Elementwise(n.Shape)})
	r := b.aux(Column{Name: b.auxName(id, "remainder"), Shape: n.Shape, Kind: Virtual, Range: ir.Range{Hi: bound - 1}})
	b.define(id, column(r), n.Shape, Sum{{1, column(n.Args[0])}, {-1, column(product)}})
	b.small(id, n.Shape, column(r), bound)
	b.small(id, n.Shape, Sum{{1, column(divisor)}, {-1, Int(1)}, {-1, column(r)}}, bound)
	if !b.lookedUp(id) {
		b.small(id, n.Shape, Sum{{1, column(id)}, {1, Int(-n.Range.Lo)}}, n.Range.Count())
	}
	return nil
}
