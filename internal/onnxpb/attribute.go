// SPDX-License-Identifier: Apache-2.0

package onnxpb

import (
	"fmt"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// An AttributeType is an AttributeProto.AttributeType.
type AttributeType int32

// The attribute types that are decoded.
const (
	AttrFloat   AttributeType = 1
	AttrInt     AttributeType = 2
	AttrString  AttributeType = 3
	AttrTensor  AttributeType = 4
	AttrGraph   AttributeType = 5
	AttrFloats  AttributeType = 6
	AttrInts    AttributeType = 7
	AttrStrings AttributeType = 8
)

var attributeTypes = []string{"undefined", "float", "int", "string", "tensor", "graph", "floats", "ints", "strings",
	"tensors", "graphs", "sparse_tensor", "sparse_tensors", "type_proto", "type_protos"}

// String returns ONNX's name of the type in lower case.
func (t AttributeType) String() string {
	if t >= 0 && int(t) < len(attributeTypes) {
		return attributeTypes[t]
	}
	return "attribute type " + strconv.Itoa(int(t))
}

// An Attribute is an AttributeProto. Only the field that Type names counts.
type Attribute struct {
	Name    string
	Type    AttributeType
	Ref     string // ref_attr_name: the attribute of an enclosing function
	F       float32
	I       int64
	S       string
	T       *Tensor
	G       *Graph
	Floats  []float32
	Ints    []int64
	Strings []string
}

func (a *Attribute) decode(msg []byte, b *budget, depth int) error {
	// Files older than IR version 2 leave the type out: then the field that is
	// present tells it.
	var seen AttributeType
	err := fields(msg, func(f field) error {
		mark := func(t AttributeType) { seen = t }
		switch f.num {
		case 1:
			return setString(&a.Name, f)
		case 2:
			mark(AttrFloat)
			a.F = math.Float32frombits(uint32(f.num64))
			return f.want(protowire.Fixed32Type)
		case 3:
			mark(AttrInt)
			return setInt(&a.I, f)
		case 4:
			mark(AttrString)
			return setText(&a.S, f)
		case 5:
			mark(AttrTensor)
			return one(&a.T, f, (*Tensor).decode)
		case 6:
			mark(AttrGraph)
			return one(&a.G, f, func(g *Graph, msg []byte) error { return g.decode(msg, b, depth+1) })
		case 7:
			mark(AttrFloats)
			return addFloats(&a.Floats, f)
		case 8:
			mark(AttrInts)
			return addInts(&a.Ints, f)
		case 9:
			mark(AttrStrings)
			return addString(&a.Strings, f, setText)
		case 20:
			return setInt(&a.Type, f)
		case 21:
			return setString(&a.Ref, f)
		}
		return nil
	})
	if a.Type == 0 {
		a.Type = seen
	}
	switch {
	case err != nil:
		return err
	case a.Type == AttrTensor && a.T == nil, a.Type == AttrGraph && a.G == nil:
		return fmt.Errorf("type is %v but there is none", a.Type)
	}
	return nil
}
