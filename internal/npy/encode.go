// SPDX-License-Identifier: Apache-2.0

package npy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
)

// Encode returns the .npy file of a, with elements of type float64 or, of an array
// of bytes, uint8.
func Encode(a *Array) ([]byte, error) {
	if n := a.Shape.Size(); n != len(a.Data) {
		return nil, fmt.Errorf("%d elements for shape %v, want %d", len(a.Data), a.Shape, n)
	}
	descr := "<f8"
	if a.Bytes {
		descr = "|u1"
	}
	extents := ""
	for _, n := range a.Shape {
		extents += fmt.Sprintf("%d,", n)
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, extents)
	// Elements start at a multiple of 64 bytes, after a line end.
	header += strings.Repeat(" ", 63-(len(magic)+4+len(header))%64) + "\n"
	out := append([]byte(magic), 1, 0)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(header)))
	out = append(out, header...)
	for i, x := range a.Data {
		if !a.Bytes {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(x))
			continue
		}
		if x != float64(byte(x)) {
			return nil, fmt.Errorf("element %d is %v, want a byte", i, x)
		}
		out = append(out, byte(x))
	}
	return out, nil
}

// EncodeZip returns the compressed .npz file of arrays, by their names. The same
// arrays give the same bytes.
func EncodeZip(arrays []*Array) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, a := range arrays {
		data, err := Encode(a)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: a.Name + ".npy", Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
