// SPDX-License-Identifier: Apache-2.0

// Package weight is linear functionals on tensors, kept as products of small
// factors.
//
// A claim about a tensor x is ∑ᵢ w[i]·x[i] = v. The weights w that the sumcheck
// system meets are products over the axes of x,
//
//	w[i₁, …, i_k] = c·w₁[i₁]···w_k[i_k]
//
// where most factors are tables of eq at a piece of a challenge, and the others are
// short vectors computed from such. Where two axes cannot be told apart, as after a
// reshape that regroups them, one factor covers both. Padding has weight 0: a factor
// has as many elements as its axes, whatever they are padded to.
//
// Linear maps between tensors act on functionals by their transpose: if y = x∘v for
// a view v, then ⟨w, y⟩ = ⟨Push(w), x⟩. So claims about values that are not committed
// become claims about those that are, without any message of the prover.
package weight

import (
	"sync"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// Weights is Coef times the product of Factors, which cover the axes of a tensor in
// order. It is immutable.
type Weights[T any] struct {
	Coef    T
	Factors []Factor[T]
}

// A Factor is the weights along neighbouring axes.
type Factor[T any] interface {
	// Extents returns the extents of the axes.
	Extents() tensor.Shape
	// Values returns the weights, row-major. They are not to be modified.
	Values() []T
	// Eval returns the multilinear extension at a point: each axis has mle.Bits of
	// its extent variables, those of the last axis come first.
	Eval(at []T) T
	// Sum returns the sum of the weights.
	Sum() T
}

// A Space makes factors over a field and remembers what it computed: factors are
// shared between tensors of one size.
type Space[T any] struct {
	Field    arith.Field[T]
	mu       sync.Mutex // of tables: provers ask for Values from several goroutines
	tables   map[pointKey[T]][]T
	eqs      map[eqKey[T]]*eq[T]
	evals    map[evalKey[T]]T
	joined   map[[2]pointKey[T]][]T
	shifted  map[shiftKey[T]][]T
	numbers  map[digitsKey[T]]Factor[T]
	indices  map[indexKey[T]]T
	sums     map[eqKey[T]]T
	parts    map[cutKey[T]]Factor[T]
	empty    *Product[T]
	products map[productKey[T]]*Product[T]
}

// NewSpace returns a Space over f.
func NewSpace[T any](f arith.Field[T]) *Space[T] {
	s := &Space[T]{
		Field: f, tables: map[pointKey[T]][]T{}, eqs: map[eqKey[T]]*eq[T]{},
		evals: map[evalKey[T]]T{}, joined: map[[2]pointKey[T]][]T{}, shifted: map[shiftKey[T]][]T{},
		numbers: map[digitsKey[T]]Factor[T]{}, indices: map[indexKey[T]]T{}, sums: map[eqKey[T]]T{},
		products: map[productKey[T]]*Product[T]{}, parts: map[cutKey[T]]Factor[T]{},
	}
	s.empty = &Product[T]{s: s}
	return s
}

// A pointKey identifies a piece of a challenge vector by where it lies in memory:
// challenge vectors are never modified.
type pointKey[T any] struct {
	first *T
	n     int
}

func keyOf[T any](p []T) pointKey[T] {
	if len(p) == 0 {
		return pointKey[T]{}
	}
	return pointKey[T]{&p[0], len(p)}
}

// table returns the table of eq(p, ·), made once for every piece of a challenge.
func (s *Space[T]) table(p []T) []T {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := keyOf(p)
	t, ok := s.tables[k]
	if !ok {
		t = mle.EqTable(s.Field, p)
		s.tables[k] = t
	}
	return t
}

// Bits returns the number of variables of a tensor of shape s whose axes are padded
// to powers of two.
func Bits(s tensor.Shape) int {
	n := 0
	for _, e := range s {
		n += mle.Bits(e)
	}
	return n
}

// At returns the weights eq(p, ·) on a tensor of shape s: the functional that takes
// a tensor to its extension at p, where len(p) = Bits(s).
func (s *Space[T]) At(p []T, shape tensor.Shape) Weights[T] {
	w := Weights[T]{Coef: arith.Int(s.Field, 1), Factors: make([]Factor[T], len(shape))}
	for d := len(shape) - 1; d >= 0; d-- {
		bits := mle.Bits(shape[d])
		w.Factors[d] = s.Eq(p[:bits], shape[d])
		p = p[bits:]
	}
	return w
}

// Ones returns the weights that sum a tensor.
func (s *Space[T]) Ones(shape tensor.Shape) Weights[T] {
	w := Weights[T]{Coef: arith.Int(s.Field, 1), Factors: make([]Factor[T], len(shape))}
	for d, n := range shape {
		w.Factors[d] = s.ones(n)
	}
	return w
}

// Times returns c·w.
func (s *Space[T]) Times(c T, w Weights[T]) Weights[T] {
	return Weights[T]{Coef: s.Field.Mul(c, w.Coef), Factors: w.Factors}
}

// Sum returns ∑ w[i].
func (s *Space[T]) Sum(w Weights[T]) T {
	out := w.Coef
	for _, f := range w.Factors {
		out = s.Field.Mul(out, f.Sum())
	}
	return out
}

// Eval returns the extension of w at a point of Bits(shape) variables.
func (s *Space[T]) Eval(w Weights[T], at []T) T {
	out := w.Coef
	for k := len(w.Factors) - 1; k >= 0; k-- {
		f := w.Factors[k]
		n := Bits(f.Extents())
		out = s.Field.Mul(out, f.Eval(at[:n]))
		at = at[n:]
	}
	return out
}

// Dot returns ⟨w, x⟩ for a short constant x, row-major.
func (s *Space[T]) Dot(w Weights[T], x []T) T {
	return s.Field.Mul(w.Coef, arith.Dot(s.Field, s.outer(w.Factors), x))
}

// outer returns the product of factors, row-major.
func (s *Space[T]) outer(fs []Factor[T]) []T {
	var out []T
	for _, f := range fs {
		v := f.Values()
		if out == nil {
			out = v
			continue
		}
		next := make([]T, 0, len(out)*len(v))
		for _, a := range out {
			for _, b := range v {
				next = append(next, s.Field.Mul(a, b))
			}
		}
		out = next
	}
	if out == nil {
		out = []T{arith.Int(s.Field, 1)}
	}
	return out
}

// Equal reports whether v and w are the same product of the same factors, up to the
// coefficient.
func Equal[T any](v, w Weights[T]) bool {
	if len(v.Factors) != len(w.Factors) {
		return false
	}
	for k := range v.Factors {
		if v.Factors[k] != w.Factors[k] {
			return false
		}
	}
	return true
}
