// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/zkml-go/zkml/ir/internal/kernel"
	"github.com/zkml-go/zkml/tensor"
)

// Constants and the values of tables are kept out of the text as blocks: the
// elements in order, each in Bytes bytes, two's complement, little endian,
// where Bytes is the smallest of 1, 2, 4 and 8 that holds them all. The text
// names a block by its SHA-256.

// blockWidth returns the number of bytes per element of the block of data.
func blockWidth(data Values) int {
	r := data.Range()
	for _, bytes := range []int{1, 2, 4} {
		half := int64(1) << (8*bytes - 1)
		if r.Within(Range{-half, half - 1}) {
			return bytes
		}
	}
	return 8
}

// writeBlock writes the block of data.
func writeBlock(w io.Writer, data Values) error {
	width := blockWidth(data)
	var buf []byte
	return data.chunks(func(chunk []int64) error {
		buf = buf[:0]
		for _, x := range chunk {
			var b [8]byte
			binary.LittleEndian.PutUint64(b[:], uint64(x))
			buf = append(buf, b[:width]...)
		}
		_, err := w.Write(buf)
		return err
	})
}

// blockSum returns the SHA-256 of the block of data in hexadecimal.
func blockSum(data Values) string {
	h := sha256.New()
	writeBlock(h, data) // a hash never fails
	return hex.EncodeToString(h.Sum(nil))
}

// A blockReader takes blocks off the front of the weights section.
type blockReader struct{ rest []byte }

// next reads a block of n elements. It allocates only once it has seen that the
// section holds them.
func (b *blockReader) next(n, width int) (Values, error) {
	switch width {
	case 1, 2, 4, 8:
	default:
		return Values{}, fmt.Errorf("elements of %d bytes, want 1, 2, 4 or 8", width)
	}
	if n <= 0 || n > len(b.rest)/width {
		return Values{}, fmt.Errorf("%d elements of %d bytes, but %d bytes of weights are left", n, width, len(b.rest))
	}
	half := int64(1) << (8*width - 1)
	data := kernel.Make(n, -half, half-1)
	unused := 64 - 8*width
	var chunk [512]int64
	for at := 0; at < n; at += len(chunk) {
		part := chunk[:min(len(chunk), n-at)]
		for i := range part {
			var w [8]byte
			copy(w[:], b.rest[:width])
			b.rest = b.rest[width:]
			part[i] = int64(binary.LittleEndian.Uint64(w[:])) << unused >> unused // extends the sign
		}
		data.Store(at, part)
	}
	return Values{data}, nil
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
	return tableText{t.Name, t.Lo, len(t.Values), blockWidth(wrap(t.Values)), blockSum(wrap(t.Values))}
}
