// SPDX-License-Identifier: Apache-2.0

package npy_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/tensor"
)

// file returns an .npy file with the given header text, as NumPy lays it out:
// padded with spaces to a multiple of 64 bytes and ended by a newline.
func file(version byte, header string, body []byte) []byte {
	out := append([]byte("\x93NUMPY"), version, 0)
	prefix := 10
	if version >= 2 {
		prefix = 12
	}
	for (prefix+len(header)+1)%64 != 0 {
		header += " "
	}
	header += "\n"
	if version >= 2 {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(header)))
	} else {
		out = binary.LittleEndian.AppendUint16(out, uint16(len(header)))
	}
	return append(append(out, header...), body...)
}

func header(descr, shape string) string {
	return fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape)
}

// elements packs numbers in little-endian order.
func elements(t *testing.T, data any) []byte {
	t.Helper()
	out, err := binary.Append(nil, binary.LittleEndian, data)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDecode(t *testing.T) {
	t.Parallel()
	const big = 1<<53 - 1
	for _, c := range []struct {
		descr string
		data  any
		want  []float64
	}{
		{"|u1", []uint8{0, 1, 255}, []float64{0, 1, 255}},
		{"|i1", []int8{-128, 0, 127}, []float64{-128, 0, 127}},
		{"|b1", []uint8{0, 1, 2}, []float64{0, 1, 1}},
		{"<u2", []uint16{0, 258, 65535}, []float64{0, 258, 65535}},
		{"<i2", []int16{-32768, 258, 32767}, []float64{-32768, 258, 32767}},
		{"<u4", []uint32{0, 66051, math.MaxUint32}, []float64{0, 66051, math.MaxUint32}},
		{"<i4", []int32{math.MinInt32, 66051, math.MaxInt32}, []float64{math.MinInt32, 66051, math.MaxInt32}},
		{"<u8", []uint64{0, 66051, big}, []float64{0, 66051, big}},
		{"<i8", []int64{-big, 66051, big}, []float64{-big, 66051, big}},
		{"<f4", []float32{-0.5, math.SmallestNonzeroFloat32, math.MaxFloat32}, []float64{-0.5, math.SmallestNonzeroFloat32, math.MaxFloat32}},
		{"<f8", []float64{-0.1, math.Inf(1), math.MaxFloat64}, []float64{-0.1, math.Inf(1), math.MaxFloat64}},
	} {
		for version := byte(1); version <= 3; version++ {
			got, err := npy.Decode(file(version, header(c.descr, "(1, 3)"), elements(t, c.data)))
			if err != nil {
				t.Fatalf("%s, version %d: %v", c.descr, version, err)
			}
			want := &npy.Array{Shape: tensor.Shape{1, 3}, Data: c.want, Bytes: c.descr == "|u1"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, version %d (-want +got):\n%s", c.descr, version, diff)
			}
		}
	}
}

func TestDecodeShapes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]tensor.Shape{
		"()": {}, "(6,)": {6}, "(2, 3)": {2, 3}, "(2,3,)": {2, 3}, "( 1 , 2 , 3 , 1 )": {1, 2, 3, 1},
	} {
		got, err := npy.Decode(file(1, header("|u1", text), make([]byte, want.Size())))
		if err != nil {
			t.Errorf("shape %s: %v", text, err)
		} else if !got.Shape.Equal(want) {
			t.Errorf("shape %s is %v, want %v", text, got.Shape, want)
		}
	}
	// The keys may come in another order, as other writers have it.
	got, err := npy.Decode(file(1, "{'shape': (2,), 'fortran_order':False,'descr':'|u1'}", []byte{3, 4}))
	if err != nil || got.Data[1] != 4 {
		t.Errorf("another order of keys: %v, %v", got, err)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	good := file(1, header("<f4", "(2,)"), make([]byte, 8))
	long := header("|u1", "(1,)") + strings.Repeat(" ", 70000)
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":                {nil, "signature"},
		"another file":           {[]byte("PK\x03\x04 and some more"), "signature"},
		"signature only":         {good[:6], "signature"},
		"version 0":              {file(0, header("<f4", "(2,)"), make([]byte, 8)), "version 0"},
		"version 4":              {file(4, header("<f4", "(2,)"), make([]byte, 8)), "version 4"},
		"truncated length":       {file(2, header("<f4", "(2,)"), nil)[:11], "truncated"},
		"truncated header":       {good[:40], "header of"},
		"huge header":            {append([]byte("\x93NUMPY\x02\x00\xff\xff\xff\xff"), make([]byte, 100)...), "header of 4294967295 bytes"},
		"truncated data":         {good[:len(good)-1], "7 bytes of data for shape [2] of <f4, want 8"},
		"more data":              {append(good[:len(good):len(good)], 0), "9 bytes of data"},
		"column-major":           {file(1, "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", make([]byte, 8)), "column-major"},
		"no header":              {file(1, "", nil), "header"},
		"no shape":               {file(1, "{'descr': '<f4', 'fortran_order': False, }", nil), "header"},
		"structure":              {file(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", nil), "header"},
		"big-endian":             {file(1, header(">f4", "(2,)"), make([]byte, 8)), "\">f4\""},
		"complex":                {file(1, header("<c8", "(1,)"), make([]byte, 8)), "\"<c8\""},
		"objects":                {file(1, header("|O", "(1,)"), make([]byte, 8)), "\"|O\""},
		"half precision":         {file(1, header("<f2", "(1,)"), make([]byte, 2)), "\"<f2\""},
		"byte order of a byte":   {file(1, header("<u1", "(1,)"), make([]byte, 1)), "\"<u1\""},
		"no elements":            {file(1, header("<f4", "(0,)"), nil), "extent 0"},
		"negative extent":        {file(1, header("<f4", "(-2, -1)"), make([]byte, 8)), "extent -2"},
		"claims more than holds": {file(1, header("<f8", "(2147483647,)"), make([]byte, 8)), "want 17179869176"},
		"claims beyond memory":   {file(1, header("|u1", "(2147483647, 2147483647, 2147483647)"), nil), "more than"},
		"extent beyond 32 bits":  {file(1, header("|u1", "(4294967296,)"), nil), "shape"},
		"extent in words":        {file(1, header("|u1", "(two,)"), nil), "shape"},
		"empty extent":           {file(1, header("|u1", "(1,,2)"), nil), "shape"},
		"header too long for v1": {file(1, long, []byte{1}), ""},
	} {
		_, err := npy.Decode(c.data)
		if !errors.Is(err, npy.ErrFormat) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want ErrFormat and %q", name, err, c.says)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("%s: the message has %d bytes", name, len(err.Error()))
		}
	}
	if _, err := npy.Decode(file(2, long, []byte{1})); err != nil {
		t.Errorf("a long header in version 2: %v", err)
	}
}
