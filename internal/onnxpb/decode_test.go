// SPDX-License-Identifier: Apache-2.0

package onnxpb_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// TestDecode reads back a model with every field that is decoded.
func TestDecode(t *testing.T) {
	t.Parallel()
	weight := onnxwrite.Tensor{Name: "w", Type: 1, Dims: []int64{2}, Data: []float64{1, 2}}
	inner := onnxwrite.Model{Nodes: []onnxwrite.Node{{Op: "Relu", In: []string{"a"}, Out: []string{"b"}}}}
	m := onnxwrite.Model{
		IRVersion: 8, Producer: "test", Opsets: map[string]int64{"": 13, "com.acme": 2},
		Inputs:  []onnxwrite.Value{{Name: "x", Type: 1, Dims: []any{1, "N", nil}}, {Name: "s", Type: 7, Dims: []any{}}},
		Outputs: []onnxwrite.Value{{Name: "y", Type: 1}},
		Values:  []onnxwrite.Value{{Name: "h", Type: 1, Dims: []any{2}}},
		Inits:   []onnxwrite.Tensor{weight},
		Nodes: []onnxwrite.Node{{Name: "n", Op: "Op", Domain: "com.acme", In: []string{"x", ""}, Out: []string{"y"}, Attrs: map[string]any{
			"f": float32(1.5), "i": int64(-3), "s": "text", "t": weight, "g": inner,
			"fs": []float32{1, 2}, "is": []int64{3, -4}, "ss": []string{"a", "b"},
		}}},
	}
	got, err := onnxpb.Decode(m.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	w := &onnxpb.Tensor{Name: "w", Type: onnxpb.Float, Dims: []int64{2}}
	want := &onnxpb.Model{
		IRVersion: 8, ProducerName: "test", Opsets: []onnxpb.OperatorSet{{Domain: "", Version: 13}, {Domain: "com.acme", Version: 2}},
		Graph: &onnxpb.Graph{
			Initializers: []*onnxpb.Tensor{w},
			Inputs: []onnxpb.ValueInfo{
				{Name: "x", Type: onnxpb.Float, HasShape: true, Dims: []onnxpb.Dim{{Value: 1}, {Param: "N"}, {}}},
				{Name: "s", Type: onnxpb.Int64, HasShape: true},
			},
			Outputs: []onnxpb.ValueInfo{{Name: "y", Type: onnxpb.Float}},
			Values:  []onnxpb.ValueInfo{{Name: "h", Type: onnxpb.Float, HasShape: true, Dims: []onnxpb.Dim{{Value: 2}}}},
			Nodes: []onnxpb.Node{{Name: "n", OpType: "Op", Domain: "com.acme", Inputs: []string{"x", ""}, Outputs: []string{"y"},
				Attributes: []onnxpb.Attribute{
					{Name: "f", Type: onnxpb.AttrFloat, F: 1.5},
					{Name: "fs", Type: onnxpb.AttrFloats, Floats: []float32{1, 2}},
					{Name: "g", Type: onnxpb.AttrGraph, G: &onnxpb.Graph{Nodes: []onnxpb.Node{{OpType: "Relu", Inputs: []string{"a"}, Outputs: []string{"b"}}}}},
					{Name: "i", Type: onnxpb.AttrInt, I: -3},
					{Name: "is", Type: onnxpb.AttrInts, Ints: []int64{3, -4}},
					{Name: "s", Type: onnxpb.AttrString, S: "text"},
					{Name: "ss", Type: onnxpb.AttrStrings, Strings: []string{"a", "b"}},
					{Name: "t", Type: onnxpb.AttrTensor, T: w},
				}}},
		},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(onnxpb.Tensor{})); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestOldAttributes reads attributes without a type, as the first version of the
// format has them, and numbers in packed and single form.
func TestOldAttributes(t *testing.T) {
	t.Parallel()
	attr := func(fields ...[]byte) []byte {
		return onnxwrite.Bytes(nil, 7, onnxwrite.Bytes(nil, 1, onnxwrite.Bytes(nil, 5, slices.Concat(fields...))))
	}
	float := func(field protowire.Number, x float32) []byte {
		return protowire.AppendFixed32(protowire.AppendTag(nil, field, protowire.Fixed32Type), math.Float32bits(x))
	}
	for name, c := range map[string]struct {
		data []byte
		want onnxpb.Attribute
	}{
		"int":           {attr(onnxwrite.Varint(nil, 3, 7)), onnxpb.Attribute{Type: onnxpb.AttrInt, I: 7}},
		"float":         {attr(float(2, 0.5)), onnxpb.Attribute{Type: onnxpb.AttrFloat, F: 0.5}},
		"string":        {attr(onnxwrite.Bytes(nil, 4, []byte("s"))), onnxpb.Attribute{Type: onnxpb.AttrString, S: "s"}},
		"packed ints":   {attr(onnxwrite.Bytes(nil, 8, []byte{1, 2})), onnxpb.Attribute{Type: onnxpb.AttrInts, Ints: []int64{1, 2}}},
		"single ints":   {attr(onnxwrite.Varint(nil, 8, 1), onnxwrite.Varint(nil, 8, 2)), onnxpb.Attribute{Type: onnxpb.AttrInts, Ints: []int64{1, 2}}},
		"packed floats": {attr(onnxwrite.Bytes(nil, 7, []byte{0, 0, 0, 0x3f})), onnxpb.Attribute{Type: onnxpb.AttrFloats, Floats: []float32{0.5}}},
		"single floats": {attr(float(7, 0.5), float(7, 1)), onnxpb.Attribute{Type: onnxpb.AttrFloats, Floats: []float32{0.5, 1}}},
		"strings":       {attr(onnxwrite.Bytes(nil, 9, []byte("s"))), onnxpb.Attribute{Type: onnxpb.AttrStrings, Strings: []string{"s"}}},
		"reference":     {attr(onnxwrite.Bytes(nil, 21, []byte("r"))), onnxpb.Attribute{Ref: "r"}},
	} {
		m, err := onnxpb.Decode(c.data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(c.want, m.Graph.Nodes[0].Attributes[0]); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}

// TestRefused lists malformed messages and what is said about each.
func TestRefused(t *testing.T) {
	t.Parallel()
	graph := func(b []byte) []byte { return onnxwrite.Bytes(nil, 7, b) }
	node := func(b []byte) []byte { return graph(onnxwrite.Bytes(onnxwrite.Bytes(nil, 1, nil), 1, b)) }
	named := func(b ...byte) []byte {
		return node(onnxwrite.Bytes(onnxwrite.Bytes(nil, 3, []byte("n")), 5, append(onnxwrite.Bytes(nil, 1, []byte("a")), b...)))
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"tag":               {[]byte{0x80}, "bad field tag"},
		"field 0":           {[]byte{0x00, 0x00}, "bad field tag"},
		"varint":            {[]byte{0x08, 0x80}, "field 1: "},
		"length":            {[]byte{0x3a, 0x05, 0x00}, "field 7: "},
		"fixed32":           {graph([]byte{0x0d, 0x00}), "field 1: "},
		"fixed64":           {graph([]byte{0x09, 0x00}), "field 1: "},
		"group":             {[]byte{0x0b, 0x0c}, "field 1 has wire type 3, which ONNX does not use"},
		"graph wire type":   {[]byte{0x38, 0x00}, "field 7 has wire type 0, want 2"},
		"node wire type":    {graph([]byte{0x08, 0x00}), "node 0: field 1 has wire type 0, want 2"},
		"version wire type": {[]byte{0x0a, 0x00}, "field 1 has wire type 2, want 0"},
		"control character": {node(onnxwrite.Bytes(nil, 4, []byte("Re\x1blu"))), `node 1: field 4 is "Re\x1blu": a name with control characters`},
		"input name":        {node([]byte{0x0a, 0x01, 0x0a}), `node 1: field 1 is "\n": a name with control characters`},
		"attribute text":    {named(0x22, 0x01, 0xff), `attribute "a": field 4 is not UTF-8`},
		"attribute texts":   {named(0x4a, 0x01, 0xff), `attribute "a": field 9 is not UTF-8`},
		"node name":         {node([]byte{0x1a, 0x01, 0xff}), "node 1: field 3 is not UTF-8"},
		"attribute":         {named(0x10, 0x00), `node 1 "n": attribute "a": field 2 has wire type 0, want 5`},
		"attribute ints":    {named(0x42, 0x01, 0x80), `node 1 "n": attribute "a": field 8: `},
		"attribute floats":  {named(0x3a, 0x03, 0, 0, 0), `attribute "a": field 7: 3 bytes of packed floats`},
		"attribute tensor":  {named(0xa0, 0x01, 0x04), `attribute "a": type is tensor but there is none`},
		"attribute graph":   {named(0xa0, 0x01, 0x05), `attribute "a": type is graph but there is none`},
		"two tensors":       {named(0x2a, 0x00, 0x2a, 0x00), `attribute "a": field 5 occurs twice`},
		"input":             {graph(onnxwrite.Bytes(nil, 11, []byte{0x0a, 0x01, 'x', 0x10, 0x00})), `input 0 "x": field 2 has wire type 0, want 2`},
		"shape":             {graph(onnxwrite.Bytes(nil, 12, onnxwrite.Bytes(nil, 2, onnxwrite.Bytes(nil, 1, []byte{0x10, 0x00})))), `output 0 "": field 2 has wire type 0, want 2`},
		"value":             {graph(onnxwrite.Bytes(nil, 13, []byte{0x0a, 0x01, 0xff})), `value 0 "": field 1 is not UTF-8`},
		"initializer":       {graph([]byte{0x28, 0x00}), "field 5 has wire type 0, want 2"},
	} {
		_, err := onnxpb.Decode(c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// TestIgnored reads over fields that mean nothing here, known or not.
func TestIgnored(t *testing.T) {
	t.Parallel()
	graph := slices.Concat(
		onnxwrite.Bytes(nil, 10, []byte("doc")), onnxwrite.Varint(nil, 99, 5),
		onnxwrite.Bytes(nil, 11, onnxwrite.Bytes(onnxwrite.Bytes(nil, 1, []byte("q")), 2, onnxwrite.Bytes(nil, 4, nil))), // a sequence
		onnxwrite.Bytes(nil, 1, slices.Concat(onnxwrite.Bytes(nil, 6, []byte("doc")), onnxwrite.Bytes(nil, 8, []byte("over")))),
	)
	m, err := onnxpb.Decode(slices.Concat(onnxwrite.Bytes(nil, 4, []byte("domain")), onnxwrite.Bytes(nil, 7, graph), onnxwrite.Bytes(nil, 14, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if v := m.Graph.Inputs[0]; v.Type != 0 || v.HasShape {
		t.Errorf("a sequence is read as %+v", v)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	if got := onnxpb.DataType(99).String() + ", " + onnxpb.String.String() + ", " + onnxpb.AttributeType(99).String() + ", " + onnxpb.AttrInts.String(); got != "data type 99, string, attribute type 99, ints" {
		t.Error(got)
	}
}
