// SPDX-License-Identifier: Apache-2.0

package npy_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/tensor"
)

func TestEncode(t *testing.T) {
	t.Parallel()
	arrays := []*npy.Array{
		{Name: "reals", Shape: tensor.Shape{2, 3}, Data: []float64{0, -1.5, math.Pi, 1e300, -5e-324, math.Inf(1)}},
		{Name: "bytes", Shape: tensor.Shape{3}, Data: []float64{0, 128, 255}, Bytes: true},
		{Name: "scalar", Shape: tensor.Shape{}, Data: []float64{7}},
		{Name: "long", Shape: tensor.Shape{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2}, Data: []float64{1, 2}},
	}
	for _, a := range arrays {
		data, err := npy.Encode(a)
		if err != nil {
			t.Fatal(err)
		}
		size := 8 * len(a.Data)
		if a.Bytes {
			size = len(a.Data)
		}
		if start := len(data) - size; start%64 != 0 || data[start-1] != '\n' {
			t.Errorf("%s: elements start at %d, after %q", a.Name, start, data[start-1])
		}
		got, err := npy.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		got.Name = a.Name
		if diff := cmp.Diff(a, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", a.Name, diff)
		}
	}
	packed, err := npy.EncodeZip(arrays)
	if err != nil {
		t.Fatal(err)
	}
	got, err := npy.DecodeZip(packed, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(arrays, got); diff != "" {
		t.Errorf("archive (-want +got):\n%s", diff)
	}
	if again, err := npy.EncodeZip(arrays); err != nil || !bytes.Equal(packed, again) {
		t.Errorf("the same arrays give other bytes: %v", err)
	}
	for name, bad := range map[string]*npy.Array{
		"wrong size": {Shape: tensor.Shape{2}, Data: []float64{1}},
		"no byte":    {Shape: tensor.Shape{1}, Data: []float64{256}, Bytes: true},
		"fraction":   {Shape: tensor.Shape{1}, Data: []float64{0.5}, Bytes: true},
	} {
		if _, err := npy.Encode(bad); err == nil {
			t.Errorf("%s: encoded", name)
		}
		if _, err := npy.EncodeZip([]*npy.Array{bad}); err == nil {
			t.Errorf("%s: encoded in an archive", name)
		}
	}
}
