// SPDX-License-Identifier: Apache-2.0

package onnxpb_test

import (
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// TestElements reads the extreme values of every type from raw and typed data.
func TestElements(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]float64{
		"float":    {0, 1.5, -3, math.MaxFloat32, math.SmallestNonzeroFloat32},
		"double":   {0, 1.5, -3, math.MaxFloat32, 1 << 40},
		"float16":  {0, 1.5, -3, 65504, 6.103515625e-05},
		"bfloat16": {0, 1.5, -3, 1 << 100},
		"int8":     {0, 127, -128}, "int16": {0, 32767, -32768}, "int32": {0, 1<<31 - 1, -1 << 31}, "int64": {0, 1 << 60, -1 << 62},
		"uint8": {0, 255}, "uint16": {0, 65535}, "uint32": {0, 1<<32 - 1}, "uint64": {0, 1 << 62},
		"bool": {0, 1},
	} {
		for _, typed := range []bool{false, true} {
			in := onnxwrite.Tensor{Type: onnxwrite.Types[name], Dims: []int64{int64(len(data))}, Data: data, Typed: typed}
			tensor, err := onnxpb.DecodeTensor(in.Marshal())
			if err != nil {
				t.Fatalf("%s, typed %v: %v", name, typed, err)
			}
			if tensor.Type.String() != name {
				t.Errorf("type %v, want %s", tensor.Type, name)
			}
			if d := cmp.Diff(data, reals(t, tensor)); d != "" {
				t.Errorf("%s, typed %v (-want +got)\n%s", name, typed, d)
			}
		}
	}
}

// reals converts with the method that fits the type, and checks that the other
// one refuses.
func reals(t *testing.T, tensor *onnxpb.Tensor) []float64 {
	t.Helper()
	var out []float64
	floats, errFloats := tensor.Floats()
	ints, errInts := tensor.Ints()
	if (errFloats == nil) == (errInts == nil) || (errFloats == nil) != tensor.Type.IsFloat() {
		t.Fatalf("%v: Floats %v, Ints %v", tensor.Type, errFloats, errInts)
	}
	for _, x := range floats {
		out = append(out, float64(x))
	}
	for _, x := range ints {
		out = append(out, float64(x))
	}
	return out
}

// TestFloat16 compares the conversion of every binary16 with its definition:
// (−1)^s · 2^(e−15) · (1 + f/1024), without the 1 and with e = 1 for e = 0.
func TestFloat16(t *testing.T) {
	t.Parallel()
	raw := make([]byte, 0, 2<<16)
	want := make([]float64, 1<<16)
	for h := range 1 << 16 {
		raw = append(raw, byte(h), byte(h>>8))
		s, e, f := h>>15, h>>10&31, float64(h&1023)
		switch {
		case e == 31 && f != 0:
			want[h] = math.NaN()
		case e == 31:
			want[h] = math.Inf(1)
		case e == 0:
			want[h] = math.Ldexp(f/1024, -14)
		default:
			want[h] = math.Ldexp(1+f/1024, e-15)
		}
		if s == 1 {
			want[h] = -want[h]
		}
	}
	msg := onnxwrite.Bytes(onnxwrite.Varint(onnxwrite.Varint(nil, 1, 1<<16), 2, 10), 9, raw)
	tensor, err := onnxpb.DecodeTensor(msg)
	if err != nil {
		t.Fatal(err)
	}
	got, err := tensor.Floats()
	if err != nil {
		t.Fatal(err)
	}
	for h, x := range got {
		if x := float64(x); x != want[h] && !(math.IsNaN(x) && math.IsNaN(want[h])) || math.Signbit(x) != math.Signbit(want[h]) && !math.IsNaN(x) {
			t.Fatalf("%#04x is %v, want %v", h, x, want[h])
		}
	}
}

// TestUnpacked reads typed data written one element at a time, in several packed
// runs, and in a mixture: a reader must accept all of them.
func TestUnpacked(t *testing.T) {
	t.Parallel()
	head := func(kind string, n uint64) []byte {
		return onnxwrite.Varint(onnxwrite.Varint(nil, 1, n), 2, uint64(onnxwrite.Types[kind]))
	}
	run := onnxwrite.Bytes(nil, 7, protowire.AppendVarint(protowire.AppendVarint(nil, 300), 2))
	single := func(x uint64) []byte { return onnxwrite.Varint(nil, 7, x) }
	fixed32 := func(x float32) []byte {
		return protowire.AppendFixed32(protowire.AppendTag(nil, 4, protowire.Fixed32Type), math.Float32bits(x))
	}
	fixed64 := func(x float64) []byte {
		return protowire.AppendFixed64(protowire.AppendTag(nil, 10, protowire.Fixed64Type), math.Float64bits(x))
	}
	for name, c := range map[string]struct {
		msg  []byte
		want []float64
	}{
		"single":     {slices.Concat(head("int64", 2), single(300), single(math.MaxUint64)), []float64{300, -1}},
		"runs":       {slices.Concat(head("int64", 4), run, run), []float64{300, 2, 300, 2}},
		"mixed":      {slices.Concat(head("int64", 5), single(7), run, single(8), single(9)), []float64{7, 300, 2, 8, 9}},
		"float":      {slices.Concat(head("float", 2), fixed32(1.5), fixed32(-2)), []float64{1.5, -2}},
		"double":     {slices.Concat(head("double", 1), fixed64(0.25)), []float64{0.25}},
		"dims first": {slices.Concat(onnxwrite.Bytes(nil, 1, []byte{1, 2}), onnxwrite.Varint(nil, 2, 7), run), []float64{300, 2}},
		"bool":       {slices.Concat(head("bool", 2), onnxwrite.Varint(nil, 5, 0), onnxwrite.Varint(nil, 5, 9)), []float64{0, 1}},
	} {
		tensor, err := onnxpb.DecodeTensor(c.msg)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(c.want, reals(t, tensor)); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}

// TestRefusedTensors lists tensors whose claims and bytes disagree.
func TestRefusedTensors(t *testing.T) {
	t.Parallel()
	head := slices.Clip(onnxwrite.Varint(onnxwrite.Varint(nil, 1, 2), 2, 1)) // two floats
	eight := make([]byte, 8)
	ints := slices.Clip(onnxwrite.Varint(onnxwrite.Varint(nil, 1, 2), 2, 7)) // two int64
	for name, c := range map[string]struct {
		msg  []byte
		want string
	}{
		"no data":            {head, "0 elements of data for dimensions [2], want 2"},
		"short raw":          {onnxwrite.Bytes(head, 9, eight[:7]), "7 bytes of data"},
		"short typed":        {onnxwrite.Bytes(head, 4, eight[:4]), "1 elements of data"},
		"raw and typed":      {onnxwrite.Bytes(onnxwrite.Bytes(head, 9, eight), 4, eight), "both raw and typed data"},
		"two typed fields":   {onnxwrite.Bytes(onnxwrite.Bytes(head, 4, eight), 10, eight), "data in fields 4 and 10"},
		"field of no type":   {onnxwrite.Bytes(head, 5, []byte{1, 2}), "data of type float in field 5, want 4"},
		"split float":        {onnxwrite.Bytes(head, 4, eight[:6]), "6 bytes of packed data, want a multiple of 4"},
		"split double":       {onnxwrite.Bytes(head, 10, eight[:6]), "want a multiple of 8"},
		"open varint":        {onnxwrite.Bytes(ints, 7, []byte{1, 0x80}), "packed data end inside a number"},
		"wire type":          {protowire.AppendFixed64(protowire.AppendTag(head, 9, protowire.Fixed64Type), 1), "field 9 has wire type 1, want 2"},
		"element wire type":  {onnxwrite.Varint(head, 4, 1), "field 4 has wire type 0, want 5"},
		"negative dimension": {onnxwrite.Varint(onnxwrite.Varint(nil, 1, math.MaxUint64), 2, 1), "negative or too large"},
		"name not UTF-8":     {onnxwrite.Bytes(head, 8, []byte{0xff}), "field 8 is not UTF-8"},
		"segment":            {onnxwrite.Bytes(head, 3, nil), "segment"},
		"external":           {onnxwrite.Bytes(head, 13, nil), "external data"},
	} {
		_, err := onnxpb.DecodeTensor(c.msg)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}

// TestRefusedElements lists elements that the result type does not hold.
func TestRefusedElements(t *testing.T) {
	t.Parallel()
	big := onnxwrite.Tensor{Name: "w", Type: onnxwrite.Types["double"], Dims: []int64{2}, Data: []float64{1, 1e39}}
	tensor, err := onnxpb.DecodeTensor(big.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tensor.Floats(); err == nil || !strings.Contains(err.Error(), `tensor "w": element 1 is 1e+39, too large for float32`) {
		t.Error(err)
	}
	msg := onnxwrite.Varint(onnxwrite.Varint(onnxwrite.Varint(nil, 1, 1), 2, 13), 11, math.MaxUint64)
	if tensor, err = onnxpb.DecodeTensor(msg); err != nil {
		t.Fatal(err)
	}
	if _, err := tensor.Ints(); err == nil || !strings.Contains(err.Error(), "element 0 is 18446744073709551615, too large for int64") {
		t.Error(err)
	}
	overlong := onnxwrite.Bytes(onnxwrite.Varint(onnxwrite.Varint(nil, 1, 1), 2, 7), 7, append(slices.Repeat([]byte{0xff}, 11), 1))
	if tensor, err = onnxpb.DecodeTensor(overlong); err != nil {
		t.Fatal(err)
	}
	if _, err := tensor.Ints(); err == nil {
		t.Error("a number of twelve bytes was read")
	}
}

// TestAliases shows that weights are not copied until they are asked for.
func TestAliases(t *testing.T) {
	in := onnxwrite.Tensor{Type: 1, Dims: []int64{1 << 16}, Data: make([]float64, 1<<16)}
	for _, typed := range []bool{false, true} {
		in.Typed = typed
		msg := in.Marshal()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := onnxpb.DecodeTensor(msg)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 1<<14 || err != nil {
			t.Errorf("typed %v: decoding %d bytes allocates %d, %v", typed, len(msg), n, err)
		}
	}
}
