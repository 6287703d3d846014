// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("divide", stateDivide)

// stateDivide: q is the quotient of a by b > 0, and r its remainder:
//
//	a − q·b = r ,   r ∈ [0, hi_b) ,   b − 1 − r ∈ [0, hi_b) ,   q ∈ [lo, hi]
//
// Uniqueness: q and b are integers in their ranges, whose products are below 2⁶¹
// (the range of q comes from those of a and b), so the identity over the field is
// one over ℤ. The ranges of r make it an integer in [0, b), and division with
// remainder by b has one quotient and one remainder. The second range is what
// ties r to b: without it r could be any multiple of b larger. q·b and r are virtual.
func stateDivide(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Witness
	numerator, divisor := n.Args[0], n.Args[1]
	bound := b.Program.Nodes[divisor].Range.Hi
	product := b.aux(Column{Name: b.auxName(id, "product"), Shape: n.Shape, Kind: Virtual, Range: ir.Range{Lo: b.Program.Nodes[numerator].Range.Lo - bound + 1, Hi: b.Program.Nodes[numerator].Range.Hi}})
	b.add(Contract{Node: id, Out: product, A: ColumnID(id), B: ColumnID(divisor), Contraction: tensor.Elementwise(n.Shape)})
	r := b.aux(Column{Name: b.auxName(id, "remainder"), Shape: n.Shape, Kind: Virtual, Range: ir.Range{Hi: bound - 1}})
	b.define(id, column(r), n.Shape, Sum{{1, column(numerator)}, {-1, column(product)}})
	b.inRange(id, n.Shape, column(r), bound)
	b.inRange(id, n.Shape, Sum{{1, column(divisor)}, {-1, Int(1)}, {-1, column(r)}}, bound)
	b.inRange(id, n.Shape, Sum{{1, column(id)}, {1, Int(-n.Range.Lo)}}, n.Range.Count())
	return nil
}
