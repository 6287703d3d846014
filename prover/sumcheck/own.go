// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/statement"
)

// state makes the claim: the commitments of tensors with a column of their own are those to the
// columns of the proof, whose blinds open them; all others are hashes with salts.
func (a *attempt) state(columns []opening.Column) error {
	claim := a.claim
	var salts []fr.Element
	own, hashed := 0, 0
	for _, t := range a.tensors {
		if t.Own {
			claim.Commitments = append(claim.Commitments, statement.ColumnCommitment(pcs.EncodePoint(&a.commits[1+own])))
			salts = append(salts, columns[own].Blind)
			own++
			continue
		}
		c, salt, err := hash(a.words[hashed])
		if err != nil {
			return err
		}
		claim.Commitments = append(claim.Commitments, c)
		salts, a.salts = append(salts, salt), append(a.salts, salt)
		hashed++
	}
	a.result.Claim, a.result.Salts = &claim, salts
	return nil
}

// hash returns a salted hash of words that is not taken for a commitment to a column.
func hash(words []fr.Element) (c, salt fr.Element, err error) {
	for {
		if _, err = salt.SetRandom(); err != nil {
			return c, salt, err
		}
		if c = circuits.CommitWords(salt, words); !statement.IsColumnCommitment(&c) {
			return c, salt, nil
		}
	}
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
	powers, release, err := ck.on(cpu.Device{})
	if err != nil {
		return none, err
	}
	defer release()
	c, err := opening.Commit(context.Background(), powers, pcs.Params{Vars: p.Layout.Vars}, column)
	if err != nil {
		return none, err
	}
	return statement.ColumnCommitment(pcs.EncodePoint(&c[0])), nil
}
