// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/statement"
)

// A tensorRef is an input or output of the statement.
type tensorRef struct {
	id         ir.ID
	visibility ir.Visibility
	output     bool
}

// tensors lists the tensors of the statement, inputs first.
func (m *Model) tensors() []tensorRef {
	p := m.System.Program
	var out []tensorRef
	for _, id := range p.Inputs {
		out = append(out, tensorRef{id: id, visibility: p.Input(id).Visibility})
	}
	for _, o := range p.Outputs {
		out = append(out, tensorRef{id: o.ID, visibility: o.Visibility, output: true})
	}
	return out
}

// words returns the words of the statement as package statement defines them.
//
// Every element is written as the bytes of u = x + offset. x lies in its proved
// range, so u fits its bytes and a word has one value.
func (c *Circuit) words(api frontend.API, values [][]frontend.Variable) ([]frontend.Variable, error) {
	var input, output byteString
	var commitments []frontend.Variable
	for _, t := range c.model.tensors() {
		r := c.model.System.Program.Nodes[t.id].Range
		elements := c.model.elements(t.id, values)
		switch t.visibility {
		case ir.Public:
			s := &input
			if t.output {
				s = &output
			}
			if err := s.put(api, r, elements); err != nil {
				return nil, err
			}
		case ir.Committed:
			var s byteString
			if err := s.put(api, r, elements); err != nil {
				return nil, err
			}
			salt := c.Salts[len(commitments)]
			h, err := Commitment(api, salt, s.words)
			if err != nil {
				return nil, err
			}
			commitments = append(commitments, h)
		}
	}
	words := []frontend.Variable{lengths(input.n, output.n, len(commitments))}
	words = append(words, input.words...)
	words = append(words, output.words...)
	return append(words, commitments...), nil
}

// bind binds the words of a statement.
func bind(api frontend.API, d, z, e frontend.Variable, words []frontend.Variable) error {
	return Bind(api, sponge.Statement, d, z, e, words)
}

// Bind states what the public inputs say of the words:
//
//	Z = Poseidon2(D, w₀ … wₙ₋₁) ,   E = ∑ wⱼ·Zʲ
//
// Z needs both arguments. Without the words the prover would know Z before
// choosing them, and could choose words other than those of calldata with the
// same E; without D the words of calldata could be chosen last.
func Bind(api frontend.API, domain sponge.Domain, d, z, e frontend.Variable, words []frontend.Variable) error {
	want, err := hash(api, domain, append([]frontend.Variable{d}, words...))
	if err != nil {
		return err
	}
	api.AssertIsEqual(z, want)
	api.AssertIsEqual(e, evaluate(api, words, z))
	return nil
}

// evaluate returns ∑ wⱼ·zʲ.
func evaluate(api frontend.API, words []frontend.Variable, z frontend.Variable) frontend.Variable {
	e := words[len(words)-1]
	for j := len(words) - 2; j >= 0; j-- {
		e = api.Add(api.Mul(e, z), words[j])
	}
	return e
}

// elements returns the elements of value id. values has none for a constant,
// which an output can be.
func (m *Model) elements(id ir.ID, values [][]frontend.Variable) []frontend.Variable {
	if values[id] != nil {
		return values[id]
	}
	var out []frontend.Variable
	for _, x := range m.System.Columns[id].Data {
		out = append(out, x)
	}
	return out
}

// lengths returns the first word of a statement.
func lengths(input, output, commitments int) *big.Int {
	w := big.NewInt(int64(input))
	w.Lsh(w, 64).Add(w, big.NewInt(int64(output)))
	return w.Lsh(w, 64).Add(w, big.NewInt(int64(commitments)))
}

// A byteString is a big-endian byte string made of whole elements.
type byteString struct {
	words []frontend.Variable // complete chunks, then the one being filled
	n     int                 // bytes
}

// put appends the encoding of values in range r, starting at a chunk boundary.
// The sizes of encodings divide statement.ChunkBytes, so that no element
// straddles two chunks.
func (s *byteString) put(api frontend.API, r ir.Range, values []frontend.Variable) error {
	enc, err := r.Encoding()
	if err != nil {
		return err
	}
	s.n = len(s.words) * statement.ChunkBytes
	perWord := statement.ChunkBytes / enc.Bytes
	for len(values) > 0 {
		k := min(perWord, len(values))
		sum := []frontend.Variable{0, 0}
		for i, x := range values[:k] {
			if enc.Offset != 0 {
				x = api.Add(x, enc.Offset)
			}
			place := new(big.Int).Lsh(big.NewInt(1), uint(8*(statement.ChunkBytes-(i+1)*enc.Bytes)))
			sum = append(sum, api.Mul(place, x))
		}
		s.words = append(s.words, api.Add(sum[0], sum[1], sum[2:]...))
		s.n += k * enc.Bytes
		values = values[k:]
	}
	return nil
}
