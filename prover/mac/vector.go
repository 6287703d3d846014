// SPDX-License-Identifier: Apache-2.0

package mac

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// A Vector is integers of some width: Ints of it.
type Vector interface {
	Len() int
	At(i int) int64
	// Least returns the least element, or 0 if all are positive.
	Least() int64
	Slice(from, to int) Vector
	// Dot and Rows are the functions of these names, on the elements from index from on.
	Dot(from int, lo int64, w []fr.Element, total *fr.Element) fr.Element
	Rows(out []fr.Element, from, stride int, lo int64, w []fr.Element, total *fr.Element)
}

// Ints is a Vector of one width.
type Ints[I Int] []I

// Len implements Vector.
func (x Ints[I]) Len() int { return len(x) }

// At implements Vector.
func (x Ints[I]) At(i int) int64 { return int64(x[i]) }

// Least implements Vector.
func (x Ints[I]) Least() int64 {
	lo := I(0)
	for _, v := range x {
		lo = min(lo, v)
	}
	return int64(lo)
}

// Slice implements Vector.
func (x Ints[I]) Slice(from, to int) Vector { return x[from:to] }

// Dot implements Vector.
func (x Ints[I]) Dot(from int, lo int64, w []fr.Element, total *fr.Element) fr.Element {
	return Dot(x[from:from+len(w)], lo, w, total)
}

// Rows implements Vector.
func (x Ints[I]) Rows(out []fr.Element, from, stride int, lo int64, w []fr.Element, total *fr.Element) {
	Rows(out, x[from:], stride, lo, w, total)
}
