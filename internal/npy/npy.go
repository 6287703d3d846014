// SPDX-License-Identifier: Apache-2.0

// Package npy reads and writes NumPy's array files: .npy and .npz.
//
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
package npy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/tensor"
)

// ErrFormat is wrapped by every complaint about a file.
var ErrFormat = errors.New("not a readable array file")

// An Array is an array of numbers, row-major. Integers beyond 2⁵³ lose digits.
type Array struct {
	Name  string // within an .npz, else empty
	Shape tensor.Shape
	Data  []float64
	// Bytes says that the elements are unsigned bytes, as in images.
	Bytes bool
}

const magic = "\x93NUMPY"

// Decode reads an .npy file. Nothing is allocated beyond what data holds.
func Decode(data []byte) (*Array, error) {
	header, body, err := split(data)
	if err != nil {
		return nil, err
	}
	descr, shape, err := parse(header)
	if err != nil {
		return nil, err
	}
	read, size, err := element(descr)
	if err != nil {
		return nil, err
	}
	// The product cannot overflow: Check bounds it, and an empty array has an axis
	// of extent 0 that Check refuses.
	if err := shape.Check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	n := shape.Size()
	if n*size != len(body) {
		return nil, fmt.Errorf("%w: %d bytes of data for shape %v of %s, want %d", ErrFormat, len(body), shape, descr, n*size)
	}
	a := &Array{Shape: shape, Data: make([]float64, n), Bytes: descr == "|u1"}
	for i := range a.Data {
		a.Data[i] = read(body[i*size:])
	}
	return a, nil
}

// split separates the header text from the elements.
func split(data []byte) (header string, body []byte, err error) {
	if len(data) < 10 || string(data[:6]) != magic {
		return "", nil, fmt.Errorf("%w: no NumPy signature", ErrFormat)
	}
	// Version 3 is version 2 with a header in UTF-8, which is what a string holds.
	if major := data[6]; major < 1 || major > 3 {
		return "", nil, fmt.Errorf("%w: format version %d, want 1 to 3", ErrFormat, major)
	}
	at, size := 10, int(binary.LittleEndian.Uint16(data[8:]))
	if data[6] >= 2 {
		if len(data) < 12 {
			return "", nil, fmt.Errorf("%w: truncated header", ErrFormat)
		}
		at, size = 12, int(binary.LittleEndian.Uint32(data[8:]))
	}
	if size > len(data)-at {
		return "", nil, fmt.Errorf("%w: header of %d bytes in a file of %d", ErrFormat, size, len(data))
	}
	return string(data[at : at+size]), data[at+size:], nil
}

var (
	descrField = regexp.MustCompile(`'descr':\s*'([^']*)'`)
	orderField = regexp.MustCompile(`'fortran_order':\s*(True|False)`)
	shapeField = regexp.MustCompile(`'shape':\s*\(([^)]*)\)`)
)

// parse reads the header's Python dictionary.
func parse(header string) (descr string, shape tensor.Shape, err error) {
	d, o, s := descrField.FindStringSubmatch(header), orderField.FindStringSubmatch(header), shapeField.FindStringSubmatch(header)
	if d == nil || o == nil || s == nil {
		return "", nil, fmt.Errorf("%w: header %.80q", ErrFormat, header)
	}
	if o[1] == "True" {
		return "", nil, fmt.Errorf("%w: column-major arrays are not supported", ErrFormat)
	}
	shape = tensor.Shape{}
	extents := strings.Split(s[1], ",")
	if last := len(extents) - 1; strings.TrimSpace(extents[last]) == "" { // (2, 3,) or ()
		extents = extents[:last]
	}
	for _, f := range extents {
		n, err := strconv.ParseInt(strings.TrimSpace(f), 10, 32)
		if err != nil {
			return "", nil, fmt.Errorf("%w: shape (%.80s)", ErrFormat, s[1])
		}
		shape = append(shape, int(n))
	}
	return d[1], shape, nil
}

// element returns a reader of one element and its size in bytes.
func element(descr string) (read func([]byte) float64, size int, err error) {
	le := binary.LittleEndian
	switch descr {
	case "|u1":
		return func(b []byte) float64 { return float64(b[0]) }, 1, nil
	case "|i1":
		return func(b []byte) float64 { return float64(int8(b[0])) }, 1, nil
	case "|b1":
		return func(b []byte) float64 { return float64(min(b[0], 1)) }, 1, nil
	case "<u2":
		return func(b []byte) float64 { return float64(le.Uint16(b)) }, 2, nil
	case "<i2":
		return func(b []byte) float64 { return float64(int16(le.Uint16(b))) }, 2, nil
	case "<u4":
		return func(b []byte) float64 { return float64(le.Uint32(b)) }, 4, nil
	case "<i4":
		return func(b []byte) float64 { return float64(int32(le.Uint32(b))) }, 4, nil
	case "<u8":
		return func(b []byte) float64 { return float64(le.Uint64(b)) }, 8, nil
	case "<i8":
		return func(b []byte) float64 { return float64(int64(le.Uint64(b))) }, 8, nil
	case "<f4":
		return func(b []byte) float64 { return float64(math.Float32frombits(le.Uint32(b))) }, 4, nil
	case "<f8":
		return func(b []byte) float64 { return math.Float64frombits(le.Uint64(b)) }, 8, nil
	}
	return nil, 0, fmt.Errorf("%w: elements of type %.20q are not supported: save bool, little-endian integers, float32 or float64", ErrFormat, descr)
}
