// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// Push returns the weights w∘vᵀ on the source of v, a tensor of shape source: those
// with ⟨w, x∘v⟩ = ⟨Push(w), x⟩ + fill·(∑w − ∑Push(w)) for all x.
func (s *Space[T]) Push(w Weights[T], v tensor.View, source tensor.Shape) Weights[T] {
	w = s.Regroup(w, v.Axes)
	out := Weights[T]{Coef: w.Coef}
	for _, c := range components(v, spans(w)) {
		if c.hi == c.lo {
			for _, k := range c.factors { // nothing depends on these axes
				out.Coef = s.Field.Mul(out.Coef, w.Factors[k].Sum())
			}
			continue
		}
		f, coef := s.pushComponent(w, v, c)
		out.Factors = append(out.Factors, f)
		out.Coef = s.Field.Mul(out.Coef, coef)
	}
	return s.Regroup(out, source)
}

// A component is a set of neighbouring source axes [lo, hi) with the factors of the
// index space that they depend on, in order. It depends on no others.
type component struct {
	lo, hi  int
	factors []int
}

// spans returns, for every axis, the factor that covers it.
func spans[T any](w Weights[T]) []int {
	var out []int
	for k, f := range w.Factors {
		for range f.Extents() {
			out = append(out, k)
		}
	}
	return out
}

// components returns the components of v in the order of source axes; those without
// a source axis come last. factorOf holds the factor of every axis of v.Axes.
func components(v tensor.View, factorOf []int) []component {
	var out []component
	used := map[int]bool{}
	for d, a := range v.Index {
		c := component{lo: d, hi: d + 1}
		for _, t := range a.Terms {
			if k := factorOf[t.Axis]; t.Coef != 0 && !slices.Contains(c.factors, k) {
				c.factors = append(c.factors, k)
				used[k] = true
			}
		}
		out = append(out, c)
		// A factor that an earlier component has, too, joins all in between.
		for i := range out {
			if slices.ContainsFunc(c.factors, func(k int) bool { return slices.Contains(out[i].factors, k) }) {
				out = append(out[:i], joinComponents(out[i:]))
				break
			}
		}
	}
	for k := range slices.Max(append([]int{-1}, factorOf...)) + 1 {
		if !used[k] {
			out = append(out, component{factors: []int{k}})
		}
	}
	return out
}

func joinComponents(cs []component) component {
	out := component{lo: cs[0].lo, hi: cs[len(cs)-1].hi}
	for _, c := range cs {
		out.factors = append(out.factors, c.factors...)
	}
	slices.Sort(out.factors)
	out.factors = slices.Compact(out.factors)
	return out
}

// pushComponent returns the factor of the source axes of c.
func (s *Space[T]) pushComponent(w Weights[T], v tensor.View, c component) (Factor[T], T) {
	one := arith.Int(s.Field, 1)
	extents := v.From[c.lo:c.hi].Clone()
	first := axisOf(w, 0)
	if len(c.factors) == 1 && c.hi == c.lo+1 {
		f := w.Factors[c.factors[0]]
		a := v.Index[c.lo]
		if len(f.Extents()) == 1 && len(a.Terms) == 1 && a.Terms[0].Coef == 1 && a.Offset == 0 {
			if f.Extents()[0] == extents[0] {
				return f, one
			}
		}
		if len(a.Terms) == 1 && a.Terms[0].Coef == 1 {
			switch f := f.(type) {
			case *eq[T]:
				if moved := s.shift(f, a.Offset, extents[0]); moved != nil {
					return moved, one
				}
			case *digits[T]:
				if moved := s.shiftDigits(f, a.Offset, extents[0]); moved != nil {
					return moved, one
				}
			}
		}
	}
	if len(c.factors) == 1 && inPlace(v, c, first[c.factors[0]]) && w.Factors[c.factors[0]].Extents().Equal(extents) {
		return w.Factors[c.factors[0]], one
	}
	var fs []Factor[T]
	var axes []int // of the index space
	for _, k := range c.factors {
		f := w.Factors[k]
		fs = append(fs, f)
		for i := range f.Extents() {
			axes = append(axes, first[k]+i)
		}
	}
	weights := s.outer(fs)
	values := make([]T, extents.Size())
	touched := make([]bool, len(values))
	s.positions(v, c, axes, func(i, at int) {
		if touched[at] {
			values[at] = s.Field.Add(values[at], weights[i])
		} else {
			values[at], touched[at] = weights[i], true
		}
	})
	for at, ok := range touched {
		if !ok {
			values[at] = arith.Int(s.Field, 0)
		}
	}
	return s.Explicit(extents, values), one
}

// inPlace reports whether the source axes of c are axes of the index space, from first
// on.
func inPlace(v tensor.View, c component, first int) bool {
	for d := c.lo; d < c.hi; d++ {
		a := v.Index[d]
		if a.Offset != 0 || len(a.Terms) != 1 || a.Terms[0] != (tensor.Term{Axis: first + d - c.lo, Coef: 1}) {
			return false
		}
	}
	return true
}

// axisOf returns the first axis of every factor, counting from start.
func axisOf[T any](w Weights[T], start int) []int {
	out := make([]int, len(w.Factors))
	for k, f := range w.Factors {
		out[k] = start
		start += len(f.Extents())
	}
	return out
}

// positions calls visit with every index i of the given axes of the index space,
// row-major, that has a source, and its position in the source axes of c.
func (s *Space[T]) positions(v tensor.View, c component, axes []int, visit func(i, at int)) {
	index := make([]int, len(axes))
	for i := 0; ; i++ {
		at, inside := 0, true
		for d := c.lo; d < c.hi; d++ {
			j := v.Index[d].Offset
			for _, t := range v.Index[d].Terms {
				if k := slices.Index(axes, t.Axis); k >= 0 {
					j += t.Coef * index[k]
				}
			}
			inside = inside && 0 <= j && j < v.From[d]
			at = at*v.From[d] + j
		}
		if inside {
			visit(i, at)
		}
		k := len(axes) - 1
		for ; k >= 0; k-- {
			if index[k]++; index[k] < v.Axes[axes[k]] {
				break
			}
			index[k] = 0
		}
		if k < 0 {
			return
		}
	}
}

// Pull returns the weights w∘v: those with [Pull(w)](i) = w(v(i)) on the result of v, a
// tensor of shape v.To. v must be injective without padding, as a slice is.
func (s *Space[T]) Pull(w Weights[T], v tensor.View) (Weights[T], error) {
	w = s.Regroup(w, v.From)
	out := Weights[T]{Coef: w.Coef, Factors: make([]Factor[T], len(v.Axes))}
	first := axisOf(w, 0)
	for k, f := range w.Factors {
		var axes []int // of the index space
		for d := range f.Extents() {
			for _, t := range v.Index[first[k]+d].Terms {
				if !slices.Contains(axes, t.Axis) {
					axes = append(axes, t.Axis)
				}
			}
		}
		slices.Sort(axes)
		c := component{lo: first[k], hi: first[k] + len(f.Extents())}
		var extents tensor.Shape
		for i, a := range axes {
			if i > 0 && a != axes[i-1]+1 || out.Factors[a] != nil {
				return out, fmt.Errorf("weights cannot be pulled through view %v", v)
			}
			extents = append(extents, v.Axes[a])
		}
		places := make([]int, extents.Size())
		n := 0
		identity := true
		s.positions(v, c, axes, func(i, at int) {
			places[i] = at
			identity = identity && i == at
			n++
		})
		switch {
		case n != len(places):
			return out, fmt.Errorf("weights cannot be pulled through view %v, which has padding", v)
		case len(axes) == 0:
			out.Coef = s.Field.Mul(out.Coef, f.Values()[places[0]])
			continue
		case identity && extents.Equal(f.Extents()):
			out.Factors[axes[0]] = f
		default:
			part, coef := s.slice(f, v, c, axes)
			if part == nil {
				all := f.Values()
				values := make([]T, len(places))
				for i, at := range places {
					values[i] = all[at]
				}
				part = s.Explicit(extents, values)
			}
			if coef != nil {
				out.Coef = s.Field.Mul(out.Coef, *coef)
			}
			out.Factors[axes[0]] = part
		}
		for _, a := range axes[1:] {
			out.Factors[a] = covered[T]{}
		}
	}
	for a, n := range v.Axes {
		if out.Factors[a] == nil {
			if n != 1 {
				return out, fmt.Errorf("weights cannot be pulled through view %v, which repeats elements", v)
			}
			out.Factors[a] = s.ones(1)
		}
	}
	out.Factors = slices.DeleteFunc(out.Factors, func(f Factor[T]) bool { return f == covered[T]{} })
	return s.Regroup(out, v.To), nil
}

// covered marks an axis that the factor before it covers.
type covered[T any] struct{ Factor[T] }

// shift returns the weights of f at offset, …, on an axis of the given extent, or nil if
// they are no eq factor there: the offset must be a multiple of a power of two that f
// fits. The bits above f's are then those of the offset, constants of the point.
func (s *Space[T]) shift(f *eq[T], offset, extent int) *eq[T] {
	bits := len(f.point)
	if offset < 0 || offset&(1<<bits-1) != 0 || offset+f.extent > extent {
		return nil
	}
	k := shiftKey[T]{keyOf(f.point), offset >> bits, mle.Bits(extent)}
	p, ok := s.shifted[k]
	if !ok {
		p = f.point
		for i := bits; i < k.bits; i++ {
			p = append(p[:i:i], arith.Int(s.Field, int64(offset>>i&1)))
		}
		s.shifted[k] = p
	}
	return s.eqBelow(p, offset+f.n, extent)
}

type shiftKey[T any] struct {
	point      pointKey[T]
	high, bits int
}

// slice returns the weights of f on the axes of a slice without steps, and a coefficient
// unless it is 1, or nil if the source axes of c are no such slice.
func (s *Space[T]) slice(f Factor[T], v tensor.View, c component, axes []int) (Factor[T], *T) {
	var from []int
	var shape tensor.Shape
	for d := c.lo; d < c.hi; d++ {
		a := v.Index[d]
		if len(a.Terms) != 1 || a.Terms[0].Coef != 1 || len(from) >= len(axes) || a.Terms[0].Axis != axes[len(from)] {
			return nil, nil
		}
		from = append(from, a.Offset)
		shape = append(shape, v.Axes[a.Terms[0].Axis])
	}
	part, coef := s.cut(f, from, shape)
	if part == nil { // all of it is 0
		zeros := make([]T, shape.Size())
		for i := range zeros {
			zeros[i] = s.zero()
		}
		return s.Explicit(shape, zeros), nil
	}
	return part, coef
}

func (s *Space[T]) zero() T { return arith.Int(s.Field, 0) }
