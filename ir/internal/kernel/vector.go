// SPDX-License-Identifier: Apache-2.0

// Package kernel computes the loop nests of integer programs fast.
//
// It knows arrays of integers of six widths and loops over them (tensor.Nest), and
// nothing of primitives or programs. All arithmetic is on int64 and wraps; callers
// have proved that results fit. Every result is independent of the number of
// threads: no element is computed by more than one, and sums are exact.
package kernel

import "math"

// A Vector is an array of integers of one width. Reading and writing different
// elements at the same time is safe.
type Vector interface {
	// Len returns the number of elements.
	Len() int
	// Bytes returns the number of bytes of an element.
	Bytes() int
	// At returns element i.
	At(i int) int64
	// Load sets dst[k] to element at + k·stride.
	Load(dst []int64, at, stride int)
	// Store sets the elements from at on to src, whose values fit.
	Store(at int, src []int64)
	// MulAdd adds w times element at + k·stride to acc[k].
	MulAdd(acc []int64, w int64, at, stride int)
	// Max raises acc[k] to element at + k·stride.
	Max(acc []int64, at, stride int)
}

// Make returns a vector of n zeros of the narrowest width that holds lo and hi.
func Make(n int, lo, hi int64) Vector {
	in := func(l, h int64) bool { return l <= lo && hi <= h }
	switch {
	case in(math.MinInt8, math.MaxInt8):
		return make(cells[int8], n)
	case in(0, math.MaxUint8):
		return make(cells[uint8], n)
	case in(math.MinInt16, math.MaxInt16):
		return make(cells[int16], n)
	case in(0, math.MaxUint16):
		return make(cells[uint16], n)
	case in(math.MinInt32, math.MaxInt32):
		return make(cells[int32], n)
	}
	return make(cells[int64], n)
}

// Wrap returns data as a vector, without a copy.
func Wrap(data []int64) Vector { return cells[int64](data) }

// cells implements Vector.
type cells[T int8 | uint8 | int16 | uint16 | int32 | int64] []T

func (c cells[T]) Len() int { return len(c) }

func (c cells[T]) Bytes() int {
	var zero T
	switch any(zero).(type) {
	case int8, uint8:
		return 1
	case int16, uint16:
		return 2
	case int32:
		return 4
	}
	return 8
}

func (c cells[T]) At(i int) int64 { return int64(c[i]) }

func (c cells[T]) Load(dst []int64, at, stride int) {
	switch {
	case len(dst) == 0:
	case stride == 0:
		x := int64(c[at])
		for k := range dst {
			dst[k] = x
		}
	case stride == 1:
		for k, x := range c[at : at+len(dst)] {
			dst[k] = int64(x)
		}
	default:
		for k := range dst {
			dst[k] = int64(c[at])
			at += stride
		}
	}
}

func (c cells[T]) Store(at int, src []int64) {
	dst := c[at : at+len(src)]
	for k, x := range src {
		dst[k] = T(x)
	}
}

func (c cells[T]) MulAdd(acc []int64, w int64, at, stride int) {
	if len(acc) == 0 {
		return
	}
	if stride == 1 {
		src := c[at : at+len(acc)]
		for k := range src {
			acc[k] += w * int64(src[k])
		}
		return
	}
	for k := range acc {
		acc[k] += w * int64(c[at])
		at += stride
	}
}

func (c cells[T]) Max(acc []int64, at, stride int) {
	if len(acc) == 0 {
		return
	}
	if stride == 1 {
		src := c[at : at+len(acc)]
		for k := range src {
			acc[k] = max(acc[k], int64(src[k]))
		}
		return
	}
	for k := range acc {
		acc[k] = max(acc[k], int64(c[at]))
		at += stride
	}
}
