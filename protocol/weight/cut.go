// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// Cut returns w on the part of a tensor that begins at from and has the given shape, and
// false if all weights there are 0. Eq factors stay such where the part of an axis begins
// at a multiple of the power of two that it is padded to.
func (s *Space[T]) Cut(w Weights[T], from []int, shape tensor.Shape) (Weights[T], bool) {
	out := Weights[T]{Coef: w.Coef, Factors: make([]Factor[T], 0, len(w.Factors))}
	for _, f := range w.Factors {
		n := len(f.Extents())
		part, coef := s.cut(f, from[:n], shape[:n])
		if part == nil {
			return out, false
		}
		if coef != nil {
			out.Coef = s.Field.Mul(out.Coef, *coef)
		}
		out.Factors = append(out.Factors, part)
		from, shape = from[n:], shape[n:]
	}
	return out, true
}

// cut returns a part of f, and a coefficient unless it is 1. The part is nil if it is 0.
func (s *Space[T]) cut(f Factor[T], from []int, shape tensor.Shape) (Factor[T], *T) {
	extents := f.Extents()
	if shape.Equal(extents) {
		return f, nil
	}
	switch f := f.(type) {
	case *eq[T]:
		n := min(f.n-from[0], shape[0])
		if n <= 0 {
			return nil, nil
		}
		b := mle.Bits(shape[0])
		if from[0]&(1<<b-1) == 0 {
			coef := s.EqIndex(f.point[b:], from[0]>>b)
			return s.eqBelow(f.point[:b:b], n, shape[0]), &coef
		}
	case *all[T]:
		return s.ones(shape[0]), nil
	case *digits[T]:
		k, last := len(f.low.point), len(shape)-1
		if (from[last]|shape[last])&(1<<k-1) == 0 {
			from, shape := slices.Clone(from), shape.Clone()
			from[last] >>= k
			shape[last] >>= k
			high, coef := s.cut(f.high, from, shape)
			if high == nil {
				return nil, nil
			}
			return s.digits(high, f.low), coef
		}
	}
	k := cutKey[T]{f, fmt.Sprint(from, shape)}
	part, ok := s.parts[k]
	if w, isWords := f.(*words[T]); !ok && isWords {
		if start, together := flat(extents, from, shape); together {
			part, ok = &words[T]{w.s, shape.Clone(), w.z, w.perWord, w.bytes, w.start + start}, true
			s.parts[k] = part
		}
	}
	if !ok {
		all := f.Values()
		values := make([]T, shape.Size())
		for i := range values {
			at, stride, rest := 0, 1, i
			for d := len(shape) - 1; d >= 0; d-- {
				at += (from[d] + rest%shape[d]) * stride
				rest /= shape[d]
				stride *= extents[d]
			}
			values[i] = all[at]
		}
		part = s.Explicit(shape.Clone(), values)
		s.parts[k] = part
	}
	return part, nil
}

// flat returns the row-major index at which a part of a tensor begins, and whether the
// elements of the part follow it without a gap.
func flat(extents tensor.Shape, from []int, shape tensor.Shape) (start int, together bool) {
	together = true
	inside := false // an axis before has more than one element
	for d, n := range extents {
		start = start*n + from[d]
		together = together && (!inside || shape[d] == n)
		inside = inside || shape[d] > 1
	}
	return start, together
}

type cutKey[T any] struct {
	factor Factor[T]
	part   string // where it begins, and its shape
}

// Index returns ⟨w, (0, 1, 2, …)⟩, the indices being row-major.
func (s *Space[T]) Index(w Weights[T]) T {
	f := s.Field
	// ∑ over factors of stride·(∑ i·w_k[i])·∏ of the sums of the others
	sum, index := w.Coef, arith.Int(f, 0)
	for _, x := range w.Factors {
		total := x.Sum()
		own := f.Mul(sum, s.indexOf(x))
		index = f.Add(arith.Scale(f, int64(x.Extents().Size()), f.Mul(index, total)), own)
		sum = f.Mul(sum, total)
	}
	return index
}

func (s *Space[T]) indexOf(f Factor[T]) T {
	if e, ok := f.(*eq[T]); ok {
		return mle.IndexBelow(s.Field, e.point, e.n)
	}
	var terms []T
	for i, v := range f.Values() {
		terms = append(terms, arith.Scale(s.Field, int64(i), v))
	}
	return s.Field.Sum(terms)
}
