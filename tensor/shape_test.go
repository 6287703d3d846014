// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

func TestShapeCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s  tensor.Shape
		ok bool
	}{
		{tensor.Shape{}, true},
		{tensor.Shape{1, 2, 3}, true},
		{tensor.Shape{1 << 16, 1 << 15}, true},
		{tensor.Shape{1 << 31}, true},
		{tensor.Shape{1 << 16, 1<<15 + 1}, false},
		{tensor.Shape{math.MaxInt, 2}, false},
		{tensor.Shape{2, math.MaxInt}, false},
		{tensor.Shape{1 << 32, 1 << 32}, false}, // the product wraps to 0
		{tensor.Shape{2, 0}, false},
		{tensor.Shape{-1}, false},
	} {
		if err := c.s.Check(); (err == nil) != c.ok {
			t.Errorf("Check of %v: %v, want ok %v", c.s, err, c.ok)
		}
	}
}

func TestShape(t *testing.T) {
	t.Parallel()
	s := tensor.Shape{2, 3, 4}
	if got := s.Size(); got != 24 {
		t.Errorf("Size is %d", got)
	}
	if got := (tensor.Shape{}).Size(); got != 1 {
		t.Errorf("Size of a scalar is %d", got)
	}
	if d := cmp.Diff([]int{12, 4, 1}, s.Strides()); d != "" {
		t.Errorf("Strides: %s", d)
	}
	if got := s.String() + (tensor.Shape{}).String(); got != "[2,3,4][]" {
		t.Errorf("String is %s", got)
	}
	if !s.Equal(tensor.Shape{2, 3, 4}) || s.Equal(tensor.Shape{2, 3}) || s.Equal(tensor.Shape{2, 3, 5}) {
		t.Error("Equal")
	}
	c := s.Clone()
	c[0] = 9
	if s[0] != 2 || tensor.Shape(nil).Clone() == nil {
		t.Error("Clone")
	}
}

// TestBroadcast uses the examples of the ONNX document on broadcasting.
func TestBroadcast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b, want tensor.Shape }{
		{tensor.Shape{2, 3, 4, 5}, tensor.Shape{}, tensor.Shape{2, 3, 4, 5}},
		{tensor.Shape{2, 3, 4, 5}, tensor.Shape{5}, tensor.Shape{2, 3, 4, 5}},
		{tensor.Shape{4, 5}, tensor.Shape{2, 3, 4, 5}, tensor.Shape{2, 3, 4, 5}},
		{tensor.Shape{1, 4, 5}, tensor.Shape{2, 3, 1, 1}, tensor.Shape{2, 3, 4, 5}},
		{tensor.Shape{3, 4, 5}, tensor.Shape{2, 1, 1, 1}, tensor.Shape{2, 3, 4, 5}},
		{tensor.Shape{2, 3}, tensor.Shape{3, 2}, nil},
		{tensor.Shape{2}, tensor.Shape{2, 3}, nil},
	} {
		for _, swap := range []bool{false, true} {
			a, b := c.a, c.b
			if swap {
				a, b = b, a
			}
			got, err := tensor.Broadcast(a, b)
			if (err == nil) != (c.want != nil) || !got.Equal(c.want) {
				t.Errorf("Broadcast of %v and %v: %v, %v; want %v", a, b, got, err, c.want)
			}
		}
	}
}

func TestNormalizeAxis(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		axis int64
		rank int
		want int // −1: an error
	}{
		{0, 3, 0}, {2, 3, 2}, {-1, 3, 2}, {-3, 3, 0}, {3, 3, -1}, {-4, 3, -1}, {0, 0, -1},
		{math.MaxInt64, 3, -1}, {math.MinInt64, 3, -1},
	} {
		got, err := tensor.NormalizeAxis(c.axis, c.rank)
		if err != nil {
			got = -1
		}
		if got != c.want {
			t.Errorf("NormalizeAxis(%d, %d) is %d, want %d", c.axis, c.rank, got, c.want)
		}
	}
}
