// SPDX-License-Identifier: Apache-2.0

// Package onnxwrite writes ONNX models from Go values.
package onnxwrite

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// A Model is a ModelProto to be written. An IRVersion of 0 is left out.
type Model struct {
	IRVersion int64
	Producer  string
	Opsets    map[string]int64
	Inputs    []Value
	Outputs   []Value
	Values    []Value
	Inits     []Tensor
	Nodes     []Node
}

// A Value declares an input or output. A dimension is an int, or a string that
// names it, or nil. Without Dims no shape is declared.
type Value struct {
	Name string
	Type int32
	Dims []any
}

// A Node is a NodeProto. Attributes are of type int64, float32, string, Tensor,
// []int64, []float32, []string or Model (a graph).
type Node struct {
	Name, Op, Domain string
	In, Out          []string
	Attrs            map[string]any
}

// A Tensor is a TensorProto whose elements are in raw_data, or, if Typed is set,
// in the typed field.
type Tensor struct {
	Name  string
	Type  int32
	Dims  []int64
	Data  []float64
	Typed bool
}

// Element types, by the names that the text form uses.
var Types = map[string]int32{
	"float": 1, "uint8": 2, "int8": 3, "uint16": 4, "int16": 5, "int32": 6, "int64": 7, "bool": 9,
	"float16": 10, "double": 11, "uint32": 12, "uint64": 13, "bfloat16": 16,
}

// Marshal returns the encoding of m.
func (m Model) Marshal() []byte {
	var b []byte
	if m.IRVersion != 0 {
		b = Varint(b, 1, uint64(m.IRVersion))
	}
	if m.Producer != "" {
		b = Bytes(b, 2, []byte(m.Producer))
	}
	b = Bytes(b, 7, m.graph())
	for _, d := range slices.Sorted(maps.Keys(m.Opsets)) {
		b = Bytes(b, 8, Varint(Bytes(nil, 1, []byte(d)), 2, uint64(m.Opsets[d])))
	}
	return b
}

func (m Model) graph() []byte {
	var g []byte
	for _, n := range m.Nodes {
		g = Bytes(g, 1, n.marshal())
	}
	for _, t := range m.Inits {
		g = Bytes(g, 5, t.Marshal())
	}
	for _, part := range []struct {
		field protowire.Number
		list  []Value
	}{{11, m.Inputs}, {12, m.Outputs}, {13, m.Values}} {
		for _, v := range part.list {
			g = Bytes(g, part.field, v.Marshal())
		}
	}
	return g
}

// Marshal returns the encoding of v as a ValueInfoProto.
func (v Value) Marshal() []byte {
	t := Varint(nil, 1, uint64(v.Type))
	if v.Dims != nil {
		var shape []byte
		for _, d := range v.Dims {
			var dim []byte
			switch d := d.(type) {
			case int:
				dim = Varint(nil, 1, uint64(d))
			case string:
				dim = Bytes(nil, 2, []byte(d))
			}
			shape = Bytes(shape, 1, dim)
		}
		t = Bytes(t, 2, shape)
	}
	return Bytes(Bytes(nil, 1, []byte(v.Name)), 2, Bytes(nil, 1, t))
}

func (n Node) marshal() []byte {
	var b []byte
	for _, s := range n.In {
		b = Bytes(b, 1, []byte(s))
	}
	for _, s := range n.Out {
		b = Bytes(b, 2, []byte(s))
	}
	if n.Name != "" {
		b = Bytes(b, 3, []byte(n.Name))
	}
	b = Bytes(b, 4, []byte(n.Op))
	for _, name := range slices.Sorted(maps.Keys(n.Attrs)) {
		b = Bytes(b, 5, attribute(name, n.Attrs[name]))
	}
	if n.Domain != "" {
		b = Bytes(b, 7, []byte(n.Domain))
	}
	return b
}

func attribute(name string, value any) []byte {
	b := Bytes(nil, 1, []byte(name))
	kind := 0
	switch v := value.(type) {
	case float32:
		kind, b = 1, fixed32(b, 2, v)
	case int64:
		kind, b = 2, Varint(b, 3, uint64(v))
	case string:
		kind, b = 3, Bytes(b, 4, []byte(v))
	case Tensor:
		kind, b = 4, Bytes(b, 5, v.Marshal())
	case Model:
		kind, b = 5, Bytes(b, 6, v.graph())
	case []float32:
		kind = 6
		for _, x := range v {
			b = fixed32(b, 7, x)
		}
	case []int64:
		kind = 7
		for _, x := range v {
			b = Varint(b, 8, uint64(x))
		}
	case []string:
		kind = 8
		for _, x := range v {
			b = Bytes(b, 9, []byte(x))
		}
	default:
		panic(fmt.Sprintf("zkml: internal error: attribute %s of type %T", name, value))
	}
	return Varint(b, 20, uint64(kind))
}

// Bytes appends a length-delimited field.
func Bytes(b []byte, field protowire.Number, data []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), data)
}

// Varint appends a varint field.
func Varint(b []byte, field protowire.Number, x uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), x)
}

func fixed32(b []byte, field protowire.Number, x float32) []byte {
	return protowire.AppendFixed32(protowire.AppendTag(b, field, protowire.Fixed32Type), math.Float32bits(x))
}
