// SPDX-License-Identifier: Apache-2.0

package kernel

import "github.com/zkml-go/zkml/tensor"

// A Source reads the elements of a nest of one operand and no inner labels in
// row-major order, a chunk at a time.
type Source struct {
	nest  tensor.Nest
	outer []int
}

// NewSource prepares n, which Fits.
func NewSource(n tensor.Nest) *Source {
	n = n.Simplify()
	return &Source{n, between(0, n.Outer)}
}

// Plain reports whether the elements are a vector of the given size as it lies in
// memory.
func (s *Source) Plain(size int) bool {
	a := &s.nest.Reads[0]
	if len(a.Guards) > 0 {
		return false // else all cells are in the vector, so that Base is 0 below
	}
	switch len(s.outer) {
	case 0:
		return size == 1
	case 1:
		return s.nest.Extents[0] == size && a.Strides[0] == 1
	}
	return false
}

// Bind returns a function that sets dst to elements at, at+1, … of o. It may be
// called from several threads.
func (s *Source) Bind(o Operand) func(dst []int64, at int) {
	r := newReader(&s.nest, 0, o)
	label := lastOf(s.outer)
	row := 1
	if label >= 0 {
		row = s.nest.Extents[label]
	}
	return func(dst []int64, at int) {
		for len(dst) > 0 {
			n := min(row-at%row, len(dst))
			p := r.batch(s.outer, at)
			if x := r.row(dst[:n], &p, label, n); &x[0] != &dst[0] {
				copy(dst, x)
			}
			dst, at = dst[n:], at+n
		}
	}
}
