// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
)

// CommittedWords returns the words of the committed tensors of a run that are bound by a hash,
// in the order of the statement. values holds the elements of every value of the program.
func CommittedWords(p *Plan, values [][]int64) ([][]fr.Element, error) {
	l, err := p.statement()
	if err != nil {
		return nil, err
	}
	var out [][]fr.Element
	for _, t := range l.tensors {
		if t.commitment < 0 || t.own {
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
	// Own tells that nothing but the tensor is in a column of the proof, whose commitment
	// is the tensor's. The first such tensor has the first column after the mask, the next
	// one the next. All others are hashed.
	Own bool
}

// CommittedTensors lists the committed tensors of the statement.
func CommittedTensors(p *Plan) ([]Committed, error) {
	l, err := p.statement()
	if err != nil {
		return nil, err
	}
	var out []Committed
	for _, t := range l.tensors {
		if t.commitment >= 0 {
			out = append(out, Committed{t.column, t.numWords, t.own})
		}
	}
	return out, nil
}

// A word of a tensor that is hashed takes 37 constraints of the wrap, about 0.6 ms. A
// tensor that is not takes a column, columnGas and some 300 for the hash of its commitment:
// ownWords is the least number of words of a committed tensor that gets one.
const (
	wordSeconds = 0.6e-3
	ownWords    = 512
)

// A largeTensor is a committed tensor of the statement, and how many words it has.
type largeTensor struct{ tensor, words int }

// planOwn lists the committed tensors of the statement that are worth a column of their
// own, and are committed as they are: those that others are computed from by sums, views
// and contractions are not.
func (p *Plan) planOwn(least int) error {
	l, err := statementOf(p.System.Program)
	if err != nil {
		return err
	}
	if least == 0 {
		least = ownWords
	}
	taken := map[int]bool{}
	for _, t := range l.tensors {
		k := p.columns[t.column]
		if t.commitment >= 0 && t.numWords >= least && k >= 0 && !p.Tensors[k].Model && !taken[k] {
			taken[k] = true
			p.large = append(p.large, largeTensor{k, t.numWords})
		}
	}
	return nil
}

// statement returns the layout of the statement, in which committed tensors with a column
// of their own are marked.
func (p *Plan) statement() (*statementLayout, error) {
	l, err := statementOf(p.System.Program)
	if err != nil {
		return nil, err
	}
	left := p.Layout.Own
	for i := range l.tensors {
		t := &l.tensors[i]
		if t.commitment >= 0 && len(left) > 0 && p.columns[t.column] == left[0] {
			t.own = true
			left = left[1:]
		}
	}
	return l, nil
}
