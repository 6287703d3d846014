// SPDX-License-Identifier: Apache-2.0

package onnxwrite

import (
	"encoding/binary"
	"io"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// Marshal returns the encoding of t.
func (t Tensor) Marshal() []byte {
	b := t.head()
	if t.Floats != nil {
		b = protowire.AppendVarint(protowire.AppendTag(b, 9, protowire.BytesType), uint64(4*len(t.Floats)))
		return appendFloats(b, t.Floats)
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

// field returns t as a field of a message, but for the Floats at its end.
func (t Tensor) field(number protowire.Number) []byte {
	if t.Floats == nil {
		return Bytes(nil, number, t.Marshal())
	}
	raw := protowire.AppendVarint(protowire.AppendTag(t.head(), 9, protowire.BytesType), uint64(4*len(t.Floats)))
	b := protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.BytesType), uint64(len(raw)+4*len(t.Floats)))
	return append(b, raw...)
}

// writeFloats writes x in the form of raw_data.
func writeFloats(w io.Writer, x []float32) error {
	const chunk = 1 << 14
	for ; len(x) > 0; x = x[min(chunk, len(x)):] {
		if _, err := w.Write(appendFloats(nil, x[:min(chunk, len(x))])); err != nil {
			return err
		}
	}
	return nil
}

func appendFloats(b []byte, x []float32) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// head returns what comes before the elements.
func (t Tensor) head() []byte {
	var b []byte
	for _, d := range t.Dims {
		b = Varint(b, 1, uint64(d))
	}
	b = Varint(b, 2, uint64(t.Type))
	if t.Name != "" {
		b = Bytes(b, 8, []byte(t.Name))
	}
	return b
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
