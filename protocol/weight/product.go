// SPDX-License-Identifier: Apache-2.0

package weight

import "github.com/zkml-go/zkml/protocol/arith"

// A Product is the factors of weights, without a coefficient. A Space has one for equal
// factors, so that their extension at a point is computed once, and products that end in
// the same factors share what these give.
type Product[T any] struct {
	s     *Space[T]
	inner *Product[T] // nil for the empty product
	outer Factor[T]
	vars  int // of inner

	at    pointKey[T]
	value *T // the extension at the last point
}

type productKey[T any] struct {
	inner *Product[T]
	outer Factor[T]
}

// Product returns the factors of w.
func (s *Space[T]) Product(w Weights[T]) *Product[T] {
	p := s.empty
	for k := len(w.Factors) - 1; k >= 0; k-- {
		key := productKey[T]{p, w.Factors[k]}
		next, ok := s.products[key]
		if !ok {
			next = &Product[T]{s: s, inner: p, outer: w.Factors[k], vars: p.numVars()}
			s.products[key] = next
		}
		p = next
	}
	return p
}

func (p *Product[T]) numVars() int {
	if p.inner == nil {
		return 0
	}
	return p.vars + Bits(p.outer.Extents())
}

// Eval returns the extension at the first variables of a point.
func (p *Product[T]) Eval(at []T) T {
	if p.inner == nil {
		return arith.Int(p.s.Field, 1)
	}
	k := keyOf(at)
	if p.value == nil || p.at != k {
		v := p.outer.Eval(at[p.vars:p.numVars()])
		if p.inner.inner != nil {
			v = p.s.Field.Mul(p.inner.Eval(at), v)
		}
		p.at, p.value = k, &v
	}
	return *p.value
}
