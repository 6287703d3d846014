// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"slices"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// Regroup returns w as weights on the same elements, row-major, in shape to. Factors
// stay apart where the two shapes allow it: an eq factor is split where all but the
// outermost of its new axes are powers of two, and eq factors are joined likewise.
func (s *Space[T]) Regroup(w Weights[T], to tensor.Shape) Weights[T] {
	out := Weights[T]{Coef: w.Coef}
	var group []Factor[T]
	var axes tensor.Shape
	a, b := 1, 1
	flush := func() {
		fs, c := s.convert(group, axes)
		out.Factors = append(out.Factors, fs...)
		out.Coef = s.Field.Mul(out.Coef, c)
		group, axes, a, b = nil, nil, 1, 1
	}
	i, j := 0, 0
	for i < len(w.Factors) || j < len(to) {
		if i < len(w.Factors) && (a <= b || j == len(to)) {
			group = append(group, w.Factors[i])
			a *= w.Factors[i].Extents().Size()
			i++
		} else {
			axes = append(axes, to[j])
			b *= to[j]
			j++
		}
		if a == b && len(group) > 0 && len(axes) > 0 {
			flush()
		}
	}
	if len(group) > 0 || len(axes) > 0 {
		flush()
	}
	return out
}

// convert returns the product of fs as factors of axes, and a coefficient.
func (s *Space[T]) convert(fs []Factor[T], axes tensor.Shape) ([]Factor[T], T) {
	coef := arith.Int(s.Field, 1)
	if len(fs) == 1 && fs[0].Extents().Equal(axes) {
		return fs, coef
	}
	if len(fs) == 1 && fs[0].Extents().Size() > 1 {
		if w, ok := fs[0].(*words[T]); ok { // weights by flat index: any axes will do
			return []Factor[T]{&words[T]{w.s, axes.Clone(), w.z, w.perWord, w.bytes, w.start}}, coef
		}
	}
	fs = slices.DeleteFunc(slices.Clone(fs), func(f Factor[T]) bool {
		if f.Extents().Size() != 1 {
			return false
		}
		coef = s.Field.Mul(coef, f.Values()[0])
		return true
	})
	var wide tensor.Shape // axes of more than one element
	for _, n := range axes {
		if n > 1 {
			wide = append(wide, n)
		}
	}
	var out []Factor[T]
	switch joined := s.join(fs); {
	case len(wide) == 0:
	case len(fs) == 1 && fs[0].Extents().Equal(wide):
		out = fs
	case joined != nil && splits(wide):
		out = s.split(joined, wide)
	default:
		out = s.tile(fs, wide)
	}
	// Axes of one element lie outside or between: a factor that covers several axes
	// takes those between them along.
	return s.spread(out, axes), coef
}

// spread puts axes of one element back between factors of the others.
func (s *Space[T]) spread(fs []Factor[T], axes tensor.Shape) []Factor[T] {
	var out []Factor[T]
	for len(axes) > 0 {
		if axes[0] == 1 {
			out = append(out, s.ones(1))
			axes = axes[1:]
			continue
		}
		rest := len(fs[0].Extents())
		n := 0
		for ; rest > 0; n++ {
			if axes[n] != 1 {
				rest--
			}
		}
		f := fs[0]
		if n != len(f.Extents()) {
			f = s.Explicit(axes[:n], f.Values())
		}
		out = append(out, f)
		axes, fs = axes[n:], fs[1:]
	}
	return out
}

// join returns the product of eq factors as one, or nil if it is none: all but the
// outermost must be whole.
func (s *Space[T]) join(fs []Factor[T]) *eq[T] {
	var out *eq[T]
	for k := len(fs) - 1; k >= 0; k-- {
		f, ok := fs[k].(*eq[T])
		switch {
		case !ok || f.n != f.extent || k > 0 && !f.full():
			return nil
		case out == nil:
			out = f
		default:
			out = s.eqBelow(s.concat(out.point, f.point), f.n<<len(out.point), f.extent<<len(out.point))
		}
	}
	return out
}

// concat returns the points one after the other, the same memory for the same points:
// factors are told apart by it.
func (s *Space[T]) concat(lo, hi []T) []T {
	switch {
	case len(lo) == 0:
		return hi
	case len(hi) == 0:
		return lo
	case cap(lo) >= len(lo)+len(hi) && &lo[:len(lo)+1][len(lo)] == &hi[0]:
		return lo[:len(lo)+len(hi)]
	}
	k := [2]pointKey[T]{keyOf(lo), keyOf(hi)}
	p, ok := s.joined[k]
	if !ok {
		p = slices.Concat(lo, hi)
		s.joined[k] = p
	}
	return p
}

// splits reports whether all axes but the outermost are powers of two.
func splits(axes tensor.Shape) bool {
	for _, n := range axes[1:] {
		if n&(n-1) != 0 {
			return false
		}
	}
	return true
}

// split cuts f into factors of axes, whose sizes multiply to its own.
func (s *Space[T]) split(f *eq[T], axes tensor.Shape) []Factor[T] {
	out := make([]Factor[T], len(axes))
	p := f.point
	for d := len(axes) - 1; d >= 0; d-- {
		bits := mle.Bits(axes[d])
		if d == 0 {
			bits = len(p)
		}
		out[d] = s.Eq(p[:bits], axes[d])
		p = p[bits:]
	}
	return out
}
