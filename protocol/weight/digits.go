// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"math/bits"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// A digits factor is the weights of an index whose lowest bits have an eq factor of their
// own, on the last of some axes:
//
//	w[…, i·2ᵏ + j] = high[…, i]·low[j] , j < 2ᵏ
//
// So the weights of 36 heads of 64, as 2,304 elements of one axis, are a list of 36.
type digits[T any] struct {
	s    *Space[T]
	high Factor[T]
	low  *eq[T] // full
}

type digitsKey[T any] struct {
	high Factor[T]
	low  *eq[T]
}

// digits returns high and low as one factor, the same for the same two.
func (s *Space[T]) digits(high Factor[T], low *eq[T]) Factor[T] {
	k := digitsKey[T]{high, low}
	f, ok := s.numbers[k]
	if !ok {
		f = &digits[T]{s, high, low}
		s.numbers[k] = f
	}
	return f
}

func (f *digits[T]) Extents() tensor.Shape {
	out := f.high.Extents().Clone()
	out[len(out)-1] <<= len(f.low.point)
	return out
}

func (f *digits[T]) Values() []T { return f.s.outer([]Factor[T]{f.high, f.low}) }

func (f *digits[T]) Eval(at []T) T {
	k := len(f.low.point)
	return f.s.Field.Mul(f.low.Eval(at[:k]), f.high.Eval(at[k:]))
}

func (f *digits[T]) Sum() T { return f.high.Sum() } // eq sums to 1

// shiftDigits returns the weights of f at offset, …, on an axis of the given extent, or nil
// if they are none of the same digits.
func (s *Space[T]) shiftDigits(f *digits[T], offset, extent int) Factor[T] {
	k := len(f.low.point)
	n := f.Extents()
	if len(n) != 1 || offset < 0 || (offset|extent)&(1<<k-1) != 0 || offset+n[0] > extent {
		return nil
	}
	values := make([]T, extent>>k)
	for i := range values {
		values[i] = s.zero()
	}
	copy(values[offset>>k:], f.high.Values())
	return s.digits(s.Explicit(tensor.Shape{extent >> k}, values), f.low)
}

// A Piece is Len elements of an axis from From on, a multiple of the power of two that Len
// is padded to, with the weights Coef·eq(p, ·).
type Piece[T any] struct {
	From, Len int
	Coef      T
}

// Pieces returns the weights of an axis of pieces that follow each other, each longer than
// the next. All have weights from the first variables of p: only what lies above the
// shortest piece, or above the elements that it lacks, is a list.
func (s *Space[T]) Pieces(p []T, pieces []Piece[T]) Factor[T] {
	k := len(p)
	for _, x := range pieces {
		k = min(k, bits.TrailingZeros(uint(x.Len)))
	}
	var high []T
	for _, x := range pieces {
		e := s.table(p[k:mle.Bits(x.Len)])
		for i := range x.Len >> k {
			high = append(high, s.Field.Mul(x.Coef, e[i]))
		}
	}
	f := s.Explicit(tensor.Shape{len(high)}, high)
	if k == 0 {
		return f
	}
	return s.digits(f, s.eqBelow(p[:k:k], 1<<k, 1<<k))
}

// tile returns the product of fs as factors of axes none of which has one element. What
// fs say of the lowest bits of an index by an eq factor, these say so, too.
func (s *Space[T]) tile(fs []Factor[T], axes tensor.Shape) []Factor[T] {
	high, low := s.lowest(fs)
	var out []Factor[T] // last first
	take := func(k int) *eq[T] {
		f := s.eqBelow(low[:k:k], 1<<k, 1<<k)
		low = low[k:]
		return f
	}
	for len(axes) > 0 {
		n := axes[len(axes)-1]
		if k := mle.Bits(n); n == 1<<k && k <= len(low) {
			out = append(out, take(k))
			axes = axes[:len(axes)-1]
			continue
		}
		k := min(bits.TrailingZeros(uint(n)), len(low))
		var last *eq[T]
		if k > 0 {
			last = take(k)
			axes = axes.Clone()
			axes[len(axes)-1] >>= k
		}
		if len(low) > 0 {
			high = append(high, s.eqBelow(low, 1<<len(low), 1<<len(low)))
		}
		var f Factor[T]
		if len(high) == 1 && high[0].Extents().Equal(axes) {
			f = high[0]
		} else {
			f = s.Explicit(axes, s.outer(high))
		}
		if last != nil {
			f = s.digits(f, last)
		}
		out = append(out, f)
		break
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// lowest splits fs into factors and the point of an eq factor of the lowest bits.
func (s *Space[T]) lowest(fs []Factor[T]) (high []Factor[T], low []T) {
	for k := len(fs) - 1; k >= 0; k-- {
		switch f := fs[k].(type) {
		case *eq[T]:
			if f.n != f.extent {
				return append([]Factor[T](nil), fs[:k+1]...), low
			}
			if f.full() {
				low = s.concat(low, f.point)
				continue
			}
			b := bits.TrailingZeros(uint(f.n))
			low = s.concat(low, f.point[:b:b])
			return append(append([]Factor[T](nil), fs[:k]...), s.Eq(f.point[b:], f.n>>b)), low
		case *digits[T]:
			low = s.concat(low, f.low.point)
			return append(append([]Factor[T](nil), fs[:k]...), f.high), low
		default:
			return append([]Factor[T](nil), fs[:k+1]...), low
		}
	}
	return nil, low
}

// EqIndex returns eq(p, i) for the bits of i. Indices of one point share the products of
// their highest bits.
func (s *Space[T]) EqIndex(p []T, i int) T {
	if len(p) == 0 {
		return arith.Int(s.Field, 1)
	}
	k := indexKey[T]{keyOf(p), i}
	if v, ok := s.indices[k]; ok {
		return v
	}
	above := s.EqIndex(p[1:], i>>1)
	var v T
	if i&1 == 1 {
		v = s.Field.Mul(above, p[0])
	} else {
		v = s.Field.Sub(above, s.EqIndex(p, i|1))
	}
	s.indices[k] = v
	return v
}

type indexKey[T any] struct {
	point pointKey[T]
	index int
}
