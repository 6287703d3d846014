// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
)

// A statementLayout says which words of a statement are which tensor.
type statementLayout struct {
	chunk           int        // bytes of a word
	lengths         fr.Element // the first word
	firstCommitment int        // word
	commitments     int
	tensors         []statementTensor
}

// A statementTensor is a public or committed tensor. A committed one has words of its
// own, counted from 0.
type statementTensor struct {
	column     relation.ColumnID
	bytes      int
	offset     int64
	word       int
	commitment int // its number, or −1
	numWords   int
	own        bool // it is committed to as a column of its own, and has no words
}

// statementOf returns the layout of the statement of p, as package statement defines it.
func statementOf(p *ir.Program) (*statementLayout, error) {
	l := &statementLayout{chunk: statement.ChunkBytes}
	var length [2]int // bytes of input and output
	put := func(id ir.ID, v ir.Visibility, side int) error {
		n := &p.Nodes[id]
		if v == ir.Private {
			return nil
		}
		enc, err := n.Range.Encoding()
		if err != nil {
			return err
		}
		bytes := enc.Bytes * n.Shape.Size()
		t := statementTensor{column: relation.ColumnID(id), bytes: enc.Bytes, offset: enc.Offset, commitment: -1,
			numWords: (bytes + l.chunk - 1) / l.chunk}
		if v == ir.Committed {
			t.commitment = l.commitments
			l.commitments++
		} else {
			words := (length[side] + l.chunk - 1) / l.chunk
			t.word = words // relative to its side, for now
			if side == 1 {
				t.word += 1 + (length[0]+l.chunk-1)/l.chunk
			} else {
				t.word++
			}
			length[side] = words*l.chunk + bytes
		}
		l.tensors = append(l.tensors, t)
		return nil
	}
	for _, id := range p.Inputs {
		if err := put(id, p.Input(id).Visibility, 0); err != nil {
			return nil, err
		}
	}
	for _, o := range p.Outputs {
		if err := put(o.ID, o.Visibility, 1); err != nil {
			return nil, err
		}
	}
	words := statement.Words(make([]byte, length[0]), make([]byte, length[1]), nil)
	l.firstCommitment = len(words)
	// The first word of a statement of these lengths, whatever its bytes.
	withCommitments := statement.Words(make([]byte, length[0]), make([]byte, length[1]), make([]fr.Element, l.commitments))
	l.lengths = withCommitments[0]
	return l, nil
}
