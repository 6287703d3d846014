// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
)

// A tensorCode says how a tensor lies in the bytes of a state: each element x is x + offset in so many bytes,
// big endian, and the first is at a multiple of statement.ChunkBytes. These are the bytes of a statement, but for
// ranges that no statement can have.
type tensorCode struct {
	name     string
	elements int
	elem     ir.Range
	enc      ir.Encoding
}

func newTensorCode(name string, elements int, r ir.Range) tensorCode {
	enc, err := r.Encoding()
	switch {
	case err == nil:
	case r.Lo >= 0:
		enc = ir.Encoding{Bytes: 8}
	default:
		enc = ir.Encoding{Bytes: 8, Offset: math.MinInt64} // wraps as 2⁶³ does
	}
	return tensorCode{name, elements, r, enc}
}

func (t tensorCode) write(w *writer, first int) {
	w.u32(first)
	w.u32(t.elements)
	w.u8(t.enc.Bytes)
	w.i64(t.elem.Lo)
	w.i64(t.elem.Hi)
}

// Input returns the bytes of the input of an evaluation. They are those of the statement of a proof whose
// inputs are all public. The tensors are in the order of the program's inputs.
func (m *Model) Input(inputs [][]int64) ([]byte, error) {
	if len(inputs) != len(m.inputs) {
		return nil, fmt.Errorf("%w: %d tensors for %d inputs", ir.ErrInput, len(inputs), len(m.inputs))
	}
	var out []byte
	for i, t := range m.inputs {
		if len(inputs[i]) != t.elements {
			return nil, fmt.Errorf("%w: %s has %d elements, want %d", ir.ErrInput, t.name, len(inputs[i]), t.elements)
		}
		for k, x := range inputs[i] {
			if !t.elem.Contains(x) {
				return nil, fmt.Errorf("%w: %s[%d] = %d is outside the declared range %v", ir.ErrInput, t.name, k, x, t.elem)
			}
		}
		out = t.enc.Put(statement.Align(out), inputs[i])
	}
	return out, nil
}

// Output reads the bytes that an evaluation of all layers returned.
func (m *Model) Output(data []byte) ([][]int64, error) {
	out := make([][]int64, len(m.outputs))
	at := 0
	for i, t := range m.outputs {
		at = (at + statement.ChunkBytes - 1) / statement.ChunkBytes * statement.ChunkBytes
		end := at + t.elements*t.enc.Bytes
		if end > len(data) {
			return nil, fmt.Errorf("output: %d bytes, want at least %d", len(data), end)
		}
		values, err := t.enc.Get(data[at:end])
		if err != nil {
			return nil, err
		}
		out[i], at = values, end
	}
	if at != len(data) {
		return nil, fmt.Errorf("output: %d bytes, want %d", len(data), at)
	}
	return out, nil
}
