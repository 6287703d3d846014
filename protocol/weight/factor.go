// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// An eq is eq(point, i) for i < n on an axis of the given extent, and 0 from n on.
type eq[T any] struct {
	s         *Space[T]
	point     []T // mle.Bits(extent) variables
	n, extent int
}

type eqKey[T any] struct {
	point     pointKey[T]
	n, extent int
}

type evalKey[T any] struct {
	eq eqKey[T]
	at pointKey[T]
}

// Eq returns the factor eq(p, ·) of an axis of n elements, len(p) = mle.Bits(n).
func (s *Space[T]) Eq(p []T, n int) Factor[T] { return s.eqBelow(p, n, n) }

func (s *Space[T]) eqBelow(p []T, n, extent int) *eq[T] {
	k := eqKey[T]{keyOf(p), n, extent}
	f, ok := s.eqs[k]
	if !ok {
		f = &eq[T]{s, p, n, extent}
		s.eqs[k] = f
	}
	return f
}

func (f *eq[T]) Extents() tensor.Shape { return tensor.Shape{f.extent} }

func (f *eq[T]) Values() []T {
	t := f.s.table(f.point)
	if f.n == f.extent {
		return t[:f.n]
	}
	out := make([]T, f.extent)
	copy(out, t[:f.n])
	for i := f.n; i < f.extent; i++ {
		out[i] = arith.Int(f.s.Field, 0)
	}
	return out
}

func (f *eq[T]) Eval(at []T) T {
	k := evalKey[T]{eqKey[T]{keyOf(f.point), f.n, 0}, keyOf(at)}
	v, ok := f.s.evals[k]
	if !ok {
		v = mle.EqBelow(f.s.Field, f.point, at, f.n)
		f.s.evals[k] = v
	}
	return v
}

func (f *eq[T]) Sum() T {
	k := eqKey[T]{keyOf(f.point), f.n, 0}
	v, ok := f.s.sums[k]
	if !ok {
		v = mle.SumBelow(f.s.Field, f.point, f.n)
		f.s.sums[k] = v
	}
	return v
}

// full reports whether nothing of f is truncated.
func (f *eq[T]) full() bool { return f.n == 1<<len(f.point) }

// An explicit factor is a list of weights.
type explicit[T any] struct {
	s       *Space[T]
	extents tensor.Shape
	values  []T
	evals   map[pointKey[T]]T
}

// Explicit returns the factor with the given weights, row-major.
func (s *Space[T]) Explicit(extents tensor.Shape, values []T) Factor[T] {
	return &explicit[T]{s, extents, values, map[pointKey[T]]T{}}
}

func (f *explicit[T]) Extents() tensor.Shape { return f.extents }

func (f *explicit[T]) Values() []T { return f.values }

func (f *explicit[T]) Eval(at []T) T {
	k := keyOf(at)
	v, ok := f.evals[k]
	if !ok {
		v = f.eval(at)
		f.evals[k] = v
	}
	return v
}

// eval folds the last axis first: a multiplication for every weight.
func (f *explicit[T]) eval(at []T) T {
	v := f.values
	for d := len(f.extents) - 1; d >= 0; d-- {
		n, bits := f.extents[d], mle.Bits(f.extents[d])
		if n == 1 {
			continue
		}
		e := f.s.table(at[:bits])
		at = at[bits:]
		rows := make([]T, len(v)/n)
		for r := range rows {
			rows[r] = arith.Dot(f.s.Field, v[r*n:(r+1)*n], e[:n])
		}
		v = rows
	}
	return v[0]
}

func (f *explicit[T]) Sum() T { return f.s.Field.Sum(f.values) }

// An all is the weight 1 everywhere on an axis.
type all[T any] struct {
	s *Space[T]
	n int
}

func (s *Space[T]) ones(n int) Factor[T] {
	if n == 1 {
		return s.eqBelow(nil, 1, 1)
	}
	return &all[T]{s, n}
}

func (f *all[T]) Extents() tensor.Shape { return tensor.Shape{f.n} }

func (f *all[T]) Values() []T {
	out := make([]T, f.n)
	for i := range out {
		out[i] = arith.Int(f.s.Field, 1)
	}
	return out
}

func (f *all[T]) Eval(at []T) T { return mle.SumBelow(f.s.Field, at, f.n) }

func (f *all[T]) Sum() T { return arith.Int(f.s.Field, int64(f.n)) }
