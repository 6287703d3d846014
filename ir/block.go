// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/zkml-go/zkml/tensor"
)

// Constants and the values of tables are kept out of the text as blocks: the
// elements in order, each in Bytes bytes, two's complement, little endian,
// where Bytes is the smallest of 1, 2, 4 and 8 that holds them all. The text
// names a block by its SHA-256.

// blockWidth returns the number of bytes per element of the block of data.
func blockWidth(data []int64) int {
	r := rangeOf(data)
	for _, bytes := range []int{1, 2, 4} {
		half := int64(1) << (8*bytes - 1)
		if r.Within(Range{-half, half - 1}) {
			return bytes
		}
	}
	return 8
}

// writeBlock writes the block of data.
func writeBlock(w io.Writer, data []int64) error {
	const chunk = 4096 // elements, to bound the buffer
	width := blockWidth(data)
	buf := make([]byte, 0, chunk*8)
	for len(data) > 0 {
		n := min(chunk, len(data))
		buf = buf[:0]
		for _, x := range data[:n] {
			var b [8]byte
			binary.LittleEndian.PutUint64(b[:], uint64(x))
			buf = append(buf, b[:width]...)
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}

// blockSum returns the SHA-256 of the block of data in hexadecimal.
func blockSum(data []int64) string {
	h := sha256.New()
	writeBlock(h, data) // a hash never fails
	return hex.EncodeToString(h.Sum(nil))
}

// A blockReader takes blocks off the front of the weights section.
type blockReader struct{ rest []byte }

// next reads a block of n elements. It allocates only once it has seen that the
// section holds them.
func (b *blockReader) next(n, width int) ([]int64, error) {
	switch width {
	case 1, 2, 4, 8:
	default:
		return nil, fmt.Errorf("elements of %d bytes, want 1, 2, 4 or 8", width)
	}
	if n <= 0 || n > len(b.rest)/width {
		return nil, fmt.Errorf("%d elements of %d bytes, but %d bytes of weights are left", n, width, len(b.rest))
	}
	data := make([]int64, n)
	unused := 64 - 8*width
	for i := range data {
		var w [8]byte
		copy(w[:], b.rest[i*width:(i+1)*width])
		data[i] = int64(binary.LittleEndian.Uint64(w[:])) << unused >> unused // extends the sign
	}
	b.rest = b.rest[n*width:]
	return data, nil
}

// constText is what the text says of a constant.
type constText struct {
	Shape  tensor.Shape `json:"shape"`
	Bytes  int          `json:"bytes"`
	SHA256 string       `json:"sha256"`
}

func constParams(o Op) any {
	c := o.(Const)
	return constText{c.Shape, blockWidth(c.Data), blockSum(c.Data)}
}

func readConst(params []byte, blocks *blockReader) (Op, error) {
	var t constText
	if err := json.Unmarshal(params, &t); err != nil {
		return nil, err
	}
	if err := t.Shape.Check(); err != nil {
		return nil, err
	}
	data, err := blocks.next(t.Shape.Size(), t.Bytes)
	return Const{Shape: t.Shape, Data: data}, err
}

// tableText is what the text says of a table.
type tableText struct {
	Name   string `json:"name"`
	Lo     int64  `json:"lo"`
	Size   int    `json:"size"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func (t *Table) text() tableText {
	return tableText{t.Name, t.Lo, len(t.Values), blockWidth(t.Values), blockSum(t.Values)}
}
