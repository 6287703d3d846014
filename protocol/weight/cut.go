// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// Cut returns w on the elements whose padded index begins with the given number of
// bits, those of part, and false if there are none. Axes that the bits use up are
// dropped; one that they cut is padded to a power of two.
func (s *Space[T]) Cut(w Weights[T], part, bits int) (Weights[T], bool) {
	out := Weights[T]{Coef: w.Coef, Factors: append([]Factor[T](nil), w.Factors...)}
	for bits > 0 {
		f := out.Factors[0]
		shape := f.Extents()
		axis := mle.Bits(shape[0])
		take := min(bits, axis)
		bits -= take
		rest := axis - take
		from := part >> bits << rest
		part &= 1<<bits - 1
		if from >= shape[0] {
			return out, false
		}
		e, isEq := f.(*eq[T])
		switch {
		case isEq:
			if from >= e.n {
				return out, false
			}
			out.Coef = s.Field.Mul(out.Coef, s.EqIndex(e.point[rest:], from>>rest))
			f = s.eqBelow(e.point[:rest:rest], min(e.n-from, 1<<rest), 1<<rest)
		default:
			row := shape[1:].Size()
			values := f.Values()[from*row : min(from+1<<rest, shape[0])*row]
			values = append([]T(nil), values...)
			for len(values) < row<<rest {
				values = append(values, arith.Int(s.Field, 0))
			}
			f = s.Explicit(append(tensor.Shape{1 << rest}, shape[1:]...), values)
		}
		if rest > 0 {
			out.Factors[0] = f
			break
		}
		if inner := f.Extents()[1:]; len(inner) > 0 {
			out.Factors[0] = s.Explicit(inner, f.Values())
			continue
		}
		if !isEq {
			out.Coef = s.Field.Mul(out.Coef, f.Values()[0])
		}
		out.Factors = out.Factors[1:]
	}
	return out, true
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
