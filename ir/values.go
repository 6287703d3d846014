// SPDX-License-Identifier: Apache-2.0

package ir

import "github.com/zkml-go/zkml/ir/internal/kernel"

// Values are the elements of a tensor, row-major, each in the fewest bytes that
// hold them all or, of a run, the tensor's proved range: a model has hundreds of
// millions of them. The zero Values have no elements.
type Values struct{ v kernel.Vector }

// Pack returns a copy of data.
func Pack(data []int64) Values {
	if len(data) == 0 {
		return Values{}
	}
	r := RangeOf(data)
	v := kernel.Make(len(data), r.Lo, r.Hi)
	v.Store(0, data)
	return Values{v}
}

// wrap returns data as it is.
func wrap(data []int64) Values { return Values{kernel.Wrap(data)} }

// Len returns the number of elements.
func (v Values) Len() int {
	if v.v == nil {
		return 0
	}
	return v.v.Len()
}

// Bytes returns the number of bytes of an element in memory: 1, 2, 4 or 8.
func (v Values) Bytes() int { return v.v.Bytes() }

// At returns element i.
func (v Values) At(i int) int64 { return v.v.At(i) }

// Load sets dst to elements from, from+1, ….
func (v Values) Load(dst []int64, from int) {
	if len(dst) > 0 {
		v.v.Load(dst, from, 1)
	}
}

// Int64s returns a copy of the elements.
func (v Values) Int64s() []int64 {
	out := make([]int64, v.Len())
	v.Load(out, 0)
	return out
}

// Range returns the smallest interval that holds the elements, of which there is
// at least one.
func (v Values) Range() Range {
	r := Range{v.At(0), v.At(0)}
	v.chunks(func(x []int64) error {
		c := RangeOf(x)
		r = r.Union(c)
		return nil
	})
	return r
}

// Equal reports whether v and w have the same elements.
func (v Values) Equal(w Values) bool {
	if v.Len() != w.Len() {
		return false
	}
	for i := range v.Len() {
		if v.At(i) != w.At(i) {
			return false
		}
	}
	return true
}

// chunks calls visit with the elements in order, some at a time, until it fails.
func (v Values) chunks(visit func(x []int64) error) error {
	const chunk = 4096
	buf := make([]int64, min(chunk, v.Len()))
	for at := 0; at < v.Len(); at += len(buf) {
		buf = buf[:min(chunk, v.Len()-at)]
		v.Load(buf, at)
		if err := visit(buf); err != nil {
			return err
		}
	}
	return nil
}
