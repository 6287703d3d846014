// SPDX-License-Identifier: Apache-2.0

package ir

import "github.com/zkml-go/zkml/ir/internal/kernel"

// Values are the elements of a tensor, row-major, each in the fewest bytes that
// hold the tensor's proved range.
type Values struct{ v kernel.Vector }

// Len returns the number of elements.
func (v Values) Len() int { return v.v.Len() }

// Bytes returns the number of bytes of an element in memory: 1, 2, 4 or 8.
func (v Values) Bytes() int { return v.v.Bytes() }

// At returns element i.
func (v Values) At(i int) int64 { return v.v.At(i) }

// Load sets dst to elements from, from+1, ….
func (v Values) Load(dst []int64, from int) { v.v.Load(dst, from, 1) }

// Int64s returns a copy of the elements.
func (v Values) Int64s() []int64 {
	out := make([]int64, v.Len())
	v.Load(out, 0)
	return out
}
