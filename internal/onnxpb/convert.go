// SPDX-License-Identifier: Apache-2.0

package onnxpb

import (
	"encoding/binary"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// Floats converts the elements of a tensor of floating-point type. Doubles are
// rounded to the nearest float32; one that is too large for it is an error.
func (t *Tensor) Floats() ([]float32, error) {
	if !t.Type.IsFloat() {
		return nil, fmt.Errorf("tensor %q holds %v, want a floating-point type", t.Name, t.Type)
	}
	out := make([]float32, 0, t.present())
	err := t.each(func(bits uint64) error {
		x := float32(math.Float32frombits(uint32(bits)))
		switch t.Type {
		case Float16:
			x = fromFloat16(uint16(bits))
		case BFloat16:
			x = math.Float32frombits(uint32(bits) << 16)
		case Double:
			d := math.Float64frombits(bits)
			x = float32(d)
			if math.IsInf(float64(x), 0) && !math.IsInf(d, 0) {
				return fmt.Errorf("tensor %q: element %d is %v, too large for float32", t.Name, len(out), d)
			}
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

// Ints converts the elements of a tensor of integer type or bool (0 and 1). A
// uint64 above the largest int64 is an error.
func (t *Tensor) Ints() ([]int64, error) {
	if !t.Type.IsInt() {
		return nil, fmt.Errorf("tensor %q holds %v, want an integer type or bool", t.Name, t.Type)
	}
	out := make([]int64, 0, t.present())
	err := t.each(func(bits uint64) error {
		x := int64(bits)
		switch t.Type {
		case Int8:
			x = int64(int8(bits))
		case Int16:
			x = int64(int16(bits))
		case Int32:
			x = int64(int32(bits))
		case Uint8:
			x = int64(uint8(bits))
		case Uint16:
			x = int64(uint16(bits))
		case Uint32:
			x = int64(uint32(bits))
		case Bool:
			x = 0
			if bits != 0 {
				x = 1
			}
		case Uint64:
			if bits > math.MaxInt64 {
				return fmt.Errorf("tensor %q: element %d is %d, too large for int64", t.Name, len(out), bits)
			}
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

// present returns the number of elements whose bytes are there.
func (t *Tensor) present() int {
	if t.hasRaw {
		return len(t.raw) / dataTypes[t.Type].size
	}
	return t.count
}

// each calls visit with the encoded form of every element.
func (t *Tensor) each(visit func(bits uint64) error) error {
	if t.hasRaw {
		return eachRaw(t.raw, dataTypes[t.Type].size, visit)
	}
	for _, run := range t.runs {
		var err error
		switch t.typedNum {
		case typedField[Float]:
			err = eachRaw(run, 4, visit)
		case typedField[Double]:
			err = eachRaw(run, 8, visit)
		default:
			err = eachVarint(run, visit)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func eachRaw(b []byte, size int, visit func(bits uint64) error) error {
	for ; len(b) > 0; b = b[size:] {
		var bits uint64
		switch size {
		case 1:
			bits = uint64(b[0])
		case 2:
			bits = uint64(binary.LittleEndian.Uint16(b))
		case 4:
			bits = uint64(binary.LittleEndian.Uint32(b))
		default:
			bits = binary.LittleEndian.Uint64(b)
		}
		if err := visit(bits); err != nil {
			return err
		}
	}
	return nil
}

func eachVarint(b []byte, visit func(bits uint64) error) error {
	for len(b) > 0 {
		x, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return protowire.ParseError(n)
		}
		if err := visit(x); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// fromFloat16 converts an IEEE 754 binary16, exactly.
func fromFloat16(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10)&0x1f, uint32(h)&0x3ff
	switch exp {
	case 0:
		x := float32(frac) / (1 << 24)
		return math.Float32frombits(math.Float32bits(x) | sign)
	case 0x1f:
		return math.Float32frombits(sign | 0xff<<23 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+127-15)<<23 | frac<<13)
}
