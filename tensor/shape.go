// SPDX-License-Identifier: Apache-2.0

// Package tensor is the arithmetic-free part of a network: shapes, affine
// re-indexings (views) and the index geometry of contractions.
//
// The graph over the reals, the integer program, the relations and every
// interpreter share these definitions, so that "which element meets which" is
// stated once. All layouts are row-major; nothing here knows what an element is.
package tensor

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// MaxElements bounds the number of elements of any tensor a program may name.
// It keeps a hostile shape from turning into an allocation.
const MaxElements = 1 << 31

// A Shape lists the extents of a tensor's axes, outermost first. The empty
// shape is a scalar.
type Shape []int

// Size returns the number of elements.
func (s Shape) Size() int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// Check reports an error if an extent is negative or zero, or if the tensor
// would have more than MaxElements elements.
func (s Shape) Check() error {
	n := 1
	for axis, d := range s {
		if d <= 0 {
			return fmt.Errorf("shape %v: axis %d has extent %d, want a positive number", s, axis, d)
		}
		if d > MaxElements/n {
			return fmt.Errorf("shape %v has more than %d elements", s, MaxElements)
		}
		n *= d
	}
	return nil
}

// Strides returns the row-major strides, in elements.
func (s Shape) Strides() []int {
	st := make([]int, len(s))
	n := 1
	for i := len(s) - 1; i >= 0; i-- {
		st[i] = n
		n *= s[i]
	}
	return st
}

// Equal reports whether s and t have the same axes.
func (s Shape) Equal(t Shape) bool {
	if len(s) != len(t) {
		return false
	}
	for i := range s {
		if s[i] != t[i] {
			return false
		}
	}
	return true
}

// Clone returns a copy of s; the copy of an empty shape is not nil.
func (s Shape) Clone() Shape { return append(Shape{}, s...) }

// String formats s as [2,3].
func (s Shape) String() string {
	parts := make([]string, len(s))
	for i, d := range s {
		parts[i] = strconv.Itoa(d)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// Broadcast returns the shape that a and b broadcast to under the
// multidirectional rule of ONNX (and NumPy).
//
// https://onnx.ai/onnx/repo-docs/Broadcasting.html
func Broadcast(a, b Shape) (Shape, error) {
	n := max(len(a), len(b))
	out := make(Shape, n)
	for i := range n {
		da, db := 1, 1
		if j := i - (n - len(a)); j >= 0 {
			da = a[j]
		}
		if j := i - (n - len(b)); j >= 0 {
			db = b[j]
		}
		switch {
		case da == db || db == 1:
			out[i] = da
		case da == 1:
			out[i] = db
		default:
			return nil, fmt.Errorf("shapes %v and %v do not broadcast: axis %d is %d and %d", a, b, i, da, db)
		}
	}
	return out, nil
}

// NormalizeAxis maps an ONNX axis in [-rank, rank) to [0, rank).
func NormalizeAxis(axis int64, rank int) (int, error) {
	if axis < -int64(rank) || axis >= int64(rank) || axis > math.MaxInt32 {
		return 0, fmt.Errorf("axis %d is outside [%d, %d)", axis, -rank, rank)
	}
	if axis < 0 {
		axis += int64(rank)
	}
	return int(axis), nil
}
