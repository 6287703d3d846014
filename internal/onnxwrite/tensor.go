// SPDX-License-Identifier: Apache-2.0

package onnxwrite

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// Marshal returns the encoding of t.
func (t Tensor) Marshal() []byte {
	var b []byte
	for _, d := range t.Dims {
		b = Varint(b, 1, uint64(d))
	}
	b = Varint(b, 2, uint64(t.Type))
	if t.Name != "" {
		b = Bytes(b, 8, []byte(t.Name))
	}
	if t.Typed {
		return t.typed(b)
	}
	var raw []byte
	for _, x := range t.Data {
		raw = t.element(raw, x)
	}
	return Bytes(b, 9, raw)
}

// element appends an element in the form of raw_data.
func (t Tensor) element(b []byte, x float64) []byte {
	le := binary.LittleEndian
	switch t.Type {
	case Types["float"]:
		return le.AppendUint32(b, math.Float32bits(float32(x)))
	case Types["double"]:
		return le.AppendUint64(b, math.Float64bits(x))
	case Types["float16"]:
		return le.AppendUint16(b, Float16(x))
	case Types["bfloat16"]:
		return le.AppendUint16(b, uint16(math.Float32bits(float32(x))>>16))
	case Types["int64"], Types["uint64"]:
		return le.AppendUint64(b, uint64(int64(x)))
	case Types["int32"], Types["uint32"]:
		return le.AppendUint32(b, uint32(int64(x)))
	case Types["int16"], Types["uint16"]:
		return le.AppendUint16(b, uint16(int64(x)))
	}
	return append(b, byte(int64(x)))
}

// typed appends the elements in the field of their type, packed.
func (t Tensor) typed(b []byte) []byte {
	var run []byte
	field := protowire.Number(5)
	for _, x := range t.Data {
		switch t.Type {
		case Types["float"]:
			field, run = 4, protowire.AppendFixed32(run, math.Float32bits(float32(x)))
		case Types["double"]:
			field, run = 10, protowire.AppendFixed64(run, math.Float64bits(x))
		case Types["int64"]:
			field, run = 7, protowire.AppendVarint(run, uint64(int64(x)))
		case Types["uint64"], Types["uint32"]:
			field, run = 11, protowire.AppendVarint(run, uint64(int64(x)))
		case Types["float16"], Types["bfloat16"]:
			e := t.element(nil, x)
			run = protowire.AppendVarint(run, uint64(binary.LittleEndian.Uint16(e)))
		default:
			run = protowire.AppendVarint(run, uint64(int64(x)))
		}
	}
	return Bytes(b, field, run)
}

// Float16 encodes a number as binary16 if that holds it exactly as a normal
// number, else 0.
func Float16(x float64) uint16 {
	bits := math.Float64bits(x)
	exp := int(bits>>52&0x7ff) - 1023 + 15
	frac := bits & (1<<52 - 1)
	if exp < 1 || exp > 30 || frac&(1<<42-1) != 0 {
		return 0
	}
	return uint16(bits>>63<<15) | uint16(exp<<10) | uint16(frac>>42)
}
