// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
)

// Public says how the public inputs come about. Without lies Z is the hash of D
// and the words of the run, and E the value of these words at Z.
type Public struct {
	d fr.Element
	// Claim changes the words that calldata has, of which E is made.
	Claim func(words []fr.Element)
	// ZOfClaim makes Z the hash of the claimed words.
	ZOfClaim bool
	// Final changes D, Z and E.
	Final func(d, z, e *fr.Element, words []fr.Element)
}

// Words returns the words of the statement, from values over the field: for an
// honest run, those of package statement.
func (r *Run) Words() []fr.Element {
	words, _ := r.words()
	return words
}

// Claimed returns the words that calldata has.
func (r *Run) Claimed() []fr.Element {
	words := r.Words()
	if r.Public.Claim != nil {
		r.Public.Claim(words)
	}
	return words
}

// Committed returns the commitments of the run and the words that they are of.
func (r *Run) Committed() (commitments []fr.Element, words [][]fr.Element) {
	all, words := r.words()
	return all[len(all)-len(words):], words
}

// words returns the words of the statement and those of its committed tensors.
func (r *Run) words() (words []fr.Element, committed [][]fr.Element) {
	values := r.Values()
	p := r.Model.System.Program
	var in, out tape
	var commitments []fr.Element
	visit := func(id ir.ID, v ir.Visibility, t *tape) {
		data := values[id]
		for _, x := range r.Model.System.Columns[id].Data { // of a constant
			data = append(data, fromInt(x))
		}
		switch v {
		case ir.Public:
			t.put(p.Nodes[id].Range, data)
		case ir.Committed:
			var own tape
			own.put(p.Nodes[id].Range, data)
			committed = append(committed, own.words)
			salt := r.Salts[len(commitments)]
			commitments = append(commitments, sponge.Hash(sponge.Commitment, append([]fr.Element{salt}, own.words...)...))
		}
	}
	for _, id := range p.Inputs {
		visit(id, p.Input(id).Visibility, &in)
	}
	for _, o := range p.Outputs {
		visit(o.ID, o.Visibility, &out)
	}
	words = statement.Words(nil, nil, nil)
	lengths := big.NewInt(int64(in.bytes))
	lengths.Lsh(lengths, 64).Add(lengths, big.NewInt(int64(out.bytes)))
	lengths.Lsh(lengths, 64).Add(lengths, big.NewInt(int64(len(commitments))))
	words[0].SetBigInt(lengths)
	words = append(words, in.words...)
	words = append(words, out.words...)
	return append(words, commitments...), committed
}

// A tape collects words of big-endian bytes.
type tape struct {
	words []fr.Element
	bytes int
}

// put appends a tensor from a word boundary on. An element may be any element of
// the field: it adds to its place, whatever spills over.
func (t *tape) put(r ir.Range, data []fr.Element) {
	enc := must(r.Encoding())
	offset := fromInt(enc.Offset)
	t.bytes = len(t.words) * statement.ChunkBytes
	room := 0
	for _, x := range data {
		if room < enc.Bytes {
			t.words = append(t.words, fr.Element{})
			room = statement.ChunkBytes
		}
		room -= enc.Bytes
		var place fr.Element
		place.SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(8*room)))
		x.Add(&x, &offset).Mul(&x, &place)
		last := &t.words[len(t.words)-1]
		last.Add(last, &x)
		t.bytes += enc.Bytes
	}
}

// Circuit returns the assignment of the run.
func (r *Run) Circuit() *circuits.Circuit {
	words, claimed := r.Words(), r.Claimed()
	hashed := words
	if r.Public.ZOfClaim {
		hashed = claimed
	}
	d := r.Public.d
	z := sponge.Hash(sponge.Statement, append([]fr.Element{d}, hashed...)...)
	e := statement.Evaluate(claimed, z)
	if r.Public.Final != nil {
		r.Public.Final(&d, &z, &e, words)
	}
	c := r.Model.Circuit()
	c.D, c.Z, c.E = d, z, e
	next := 0
	for id, col := range r.Model.System.Columns {
		if col.Kind != relation.Witness {
			continue
		}
		lo := fromInt(col.Range.Lo)
		for i, x := range r.Columns()[relation.ColumnID(id)] {
			c.Columns[next][i] = *x.Sub(&x, &lo)
		}
		next++
	}
	fill(c.Counts, r.Counts())
	for i := range r.Salts {
		c.Salts[i] = r.Salts[i]
	}
	return c
}

func fill(dst [][]frontend.Variable, src [][]fr.Element) {
	for t := range src {
		for i := range src[t] {
			dst[t][i] = src[t][i]
		}
	}
}
