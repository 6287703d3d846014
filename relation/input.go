// SPDX-License-Identifier: Apache-2.0

package relation

import "github.com/zkml-go/zkml/ir"

var _ = register("input", stateInput)

// stateInput: the prover chooses the input, within the declared range:
//
//	x − lo ∈ [0, hi − lo]
//
// The range is what every later interval of the program rests on.
func stateInput(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Witness
	b.inRange(id, n.Shape, Sum{{1, column(id)}, {1, Int(-n.Range.Lo)}}, n.Range.Count())
	return nil
}
