// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"math"

	"github.com/zkml-go/zkml/tensor"
)

// A Maximum takes the largest element of one operand over the inner labels of a
// nest.
type Maximum struct {
	nest         tensor.Nest
	outer, inner []int
	method       method
}

// NewMaximum prepares n, which has one operand and Fits. Without inner labels it
// is a copy.
func NewMaximum(n tensor.Nest) *Maximum {
	n = n.Simplify()
	return &Maximum{nest: n, outer: between(0, n.Outer), inner: between(n.Outer, len(n.Extents)), method: along(&n)}
}

// Method returns how c orders its loops: "sweep" or "dots".
func (c *Maximum) Method() string { return c.method.String() }

// Run computes the maxima of o.
func (c *Maximum) Run(m *Machine, o Operand, emit Emit) {
	r := newReader(&c.nest, 0, o)
	if c.method == dots {
		c.runDots(m, r, emit)
		return
	}
	places := r.places(nil, c.inner, 0, span(&c.nest, c.inner))
	label := lastOf(c.outer)
	m.rows(&c.nest, c.outer, func(worker, at int, x []int64) {
		s := &m.scratch[worker]
		s.y = resize(s.y, max(Chunk, depth))
		base := r.batch(c.outer, at)
		for k := range places {
			p := base.plus(&places[k])
			if k == 0 {
				copy(x, r.row(s.y, &p, label, len(x)))
			} else {
				r.raise(x, &p, label)
			}
		}
	}, emit)
}

// raise raises acc to the elements from p on along label.
func (r *reader) raise(acc []int64, p *place, label int) {
	if label < 0 {
		acc[0] = max(acc[0], r.one(p))
		return
	}
	from, to := 0, len(acc)
	if len(r.Guards) > 0 {
		from, to = r.inside(p, label, len(acc))
		raise(acc[:from], r.Fill)
		raise(acc[to:], r.Fill)
	}
	stride := r.Strides[label]
	r.Vector.Max(acc[from:to], p.cell+from*stride, stride)
}

func raise(x []int64, v int64) {
	for i := range x {
		x[i] = max(x[i], v)
	}
}

// runDots takes one maximum after another.
func (c *Maximum) runDots(m *Machine, r *reader, emit Emit) {
	runs := r.stretches(nil, c.inner, 0, span(&c.nest, c.inner))
	label := lastOf(c.inner)
	m.Map(span(&c.nest, c.outer), func(worker, at int, x []int64) {
		s := &m.scratch[worker]
		s.y = resize(s.y, max(Chunk, depth))
		for i := range x {
			base := r.batch(c.outer, at+i)
			best := int64(math.MinInt64)
			for k := range runs {
				p := base.plus(&runs[k].place)
				for left := runs[k].n; left > 0; left -= Chunk {
					n := min(left, Chunk)
					for _, v := range r.row(s.y, &p, label, n) {
						best = max(best, v)
					}
					r.step(&p, label, n)
				}
			}
			x[i] = best
		}
		emit(worker, at, x)
	})
}
