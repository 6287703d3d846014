// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/statement"
)

// ownColumns puts the commitments to columns into the claim, for the committed tensors that
// have one of their own; their blinds are what opens them. columns are those of the proof.
func (p *proving) ownColumns(columns []opening.Column) error {
	tensors, err := reduction.CommittedTensors(p.Plan)
	if err != nil {
		return err
	}
	r, next := p.result, 0
	for i, t := range tensors {
		if !t.Own {
			p.salts = append(p.salts, r.Salts[i])
			continue
		}
		r.Claim.Commitments[i] = statement.ColumnCommitment(pcs.EncodePoint(&p.commits[1+next]))
		r.Salts[i] = columns[next].Blind
		next++
	}
	return nil
}

// Commitment returns the commitment of a statement to the elements x of its committed tensor
// number i that salt opens: proofs with that commitment are of runs with x.
func (ck *CommitmentKey) Commitment(p *reduction.Plan, i int, x []int64, salt fr.Element) (fr.Element, error) {
	var none fr.Element
	tensors, err := reduction.CommittedTensors(p)
	if err != nil {
		return none, err
	}
	if i < 0 || i >= len(tensors) {
		return none, fmt.Errorf("committed tensor %d of %d", i, len(tensors))
	}
	t := tensors[i]
	node := &p.System.Program.Nodes[t.Column]
	if len(x) != node.Shape.Size() {
		return none, fmt.Errorf("%d elements of %s, want %d", len(x), node.Name, node.Shape.Size())
	}
	for _, v := range x {
		if v < node.Range.Lo || v > node.Range.Hi {
			return none, fmt.Errorf("an element of %s is %d, outside [%d, %d]", node.Name, v, node.Range.Lo, node.Range.Hi)
		}
	}
	if !t.Own {
		enc, err := node.Range.Encoding()
		if err != nil {
			return none, err
		}
		return circuits.Commit(salt, enc.Put(nil, x)), nil
	}
	values := make([][]int64, len(p.System.Columns))
	values[t.Column] = x
	next := 0
	for _, before := range tensors[:i] {
		if before.Own {
			next++
		}
	}
	column := columns(p, argument.Partial(p, values), p.Layout.Model+next, p.Layout.Model+next+1)
	column[0].Blind = salt
	c, err := commit(pcs.Params{Vars: p.Layout.Vars}, ck.srs, column)
	if err != nil {
		return none, err
	}
	return statement.ColumnCommitment(pcs.EncodePoint(&c[0])), nil
}
