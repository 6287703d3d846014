// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"slices"

	"github.com/zkml-go/zkml/ir"
)

var _ = register("rescale", stateRescale)

// stateRescale: q is the rounded quotient of the one rounding rule:
//
//	M·x + 2^(s−1) − 2ˢ·q = r ,   r ∈ [0, 2ˢ) ,   q − lo ∈ [0, N)
//
// where q has the range [lo, hi] and N > hi − lo.
//
// Uniqueness: M·x + 2^(s−1) is an integer of magnitude below 2⁶¹ (Program.Add
// refuses more), and 2ˢ·q + r one below 2¹¹² for small q and r in range, so the
// identity over the field is one over ℤ, and Euclidean division by 2ˢ has one
// quotient and one remainder. Without the range of q, any r would do: q is
// (M·x + 2^(s−1) − r)/2ˢ in the field. Any range does that makes q a small
// integer: q need not be held to hi, the division does that. A lookup of q itself
// states one: its arguments. r is virtual.
func stateRescale(b *builder, id ir.ID, n *ir.Node) error {
	op := n.Op.(ir.Rescale)
	b.Columns[id].Kind = Witness
	remainder := Sum{
		{op.Multiplier, column(n.Args[0])},
		{1, Int(int64(1) << (op.Shift - 1))},
		{-(int64(1) << op.Shift), column(id)},
	}
	b.inRange(id, n.Shape, remainder, int64(1)<<op.Shift)
	if !b.lookedUp(id) {
		b.small(id, n.Shape, Sum{{1, column(id)}, {1, Int(-n.Range.Lo)}}, n.Range.Count())
	}
	return nil
}

// lookedUp reports whether some lookup takes value id as its argument: then each
// element of it is an argument of the lookup's table.
func (b *builder) lookedUp(id ir.ID) bool {
	return slices.ContainsFunc(b.uses[id], func(u ir.ID) bool {
		return b.Program.Nodes[u].Op.Kind() == "lookup"
	})
}
