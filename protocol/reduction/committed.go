// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
)

// CommittedWords returns the words of the committed tensors of a run, in the order of
// the statement. values holds the elements of every value of the program.
func CommittedWords(p *ir.Program, values [][]int64) ([][]fr.Element, error) {
	l, err := statementOf(p)
	if err != nil {
		return nil, err
	}
	var out [][]fr.Element
	for _, t := range l.tensors {
		if t.commitment < 0 {
			continue
		}
		enc := ir.Encoding{Bytes: t.bytes, Offset: t.offset}
		words := statement.Words(enc.Put(nil, values[t.column]), nil, nil)
		out = append(out, words[1:])
	}
	return out, nil
}

// A Committed is a committed tensor of the statement.
type Committed struct {
	Column   relation.ColumnID
	NumWords int
}

// CommittedTensors lists the committed tensors of the statement.
func CommittedTensors(p *ir.Program) ([]Committed, error) {
	l, err := statementOf(p)
	if err != nil {
		return nil, err
	}
	var out []Committed
	for _, t := range l.tensors {
		if t.commitment >= 0 {
			out = append(out, Committed{t.column, t.numWords})
		}
	}
	return out, nil
}
