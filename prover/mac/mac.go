// SPDX-License-Identifier: Apache-2.0

// Package mac sums products of small integers and field elements.
//
// A field element in memory is x·2²⁵⁶ mod r as four words (Montgomery's form). The sum
// of products of such words with integers is a number of at most six words, and is
// reduced once, at the end: a product costs four multiplications of words instead of a
// conversion and a modular multiplication.
//
// Integers are taken from an interval [lo, hi] and shifted by lo, so that they have no
// sign: ∑ xᵢ·wᵢ = ∑ (xᵢ − lo)·wᵢ + lo·∑ wᵢ.
package mac

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// An Int is an element of a packed tensor.
type Int interface {
	int8 | int16 | int32 | int64
}

// A sum is a number of six words, least significant first. It holds 2⁶⁴ products of a
// word and a field element.
type sum [6]uint64

// add adds u·w.
func (s *sum) add(u uint64, w *fr.Element) {
	h0, l0 := bits.Mul64(u, w[0])
	h1, l1 := bits.Mul64(u, w[1])
	h2, l2 := bits.Mul64(u, w[2])
	h3, l3 := bits.Mul64(u, w[3])
	var c uint64
	l1, c = bits.Add64(l1, h0, 0)
	l2, c = bits.Add64(l2, h1, c)
	l3, c = bits.Add64(l3, h2, c)
	h3 += c
	s[0], c = bits.Add64(s[0], l0, 0)
	s[1], c = bits.Add64(s[1], l1, c)
	s[2], c = bits.Add64(s[2], l2, c)
	s[3], c = bits.Add64(s[3], l3, c)
	s[4], c = bits.Add64(s[4], h3, c)
	s[5] += c
}

// high is 2⁵¹² mod r, in words: the Montgomery product with it is that with 2²⁵⁶.
var high = func() fr.Element {
	var x fr.Element
	x.SetUint64(2)
	for range 8 {
		x.Square(&x)
	}
	return x // 2²⁵⁶ in Montgomery's form is 2⁵¹² mod r
}()

// order is r in words.
var order = func() (r fr.Element) {
	for i, w := range fr.Modulus().Bits() {
		r[i] = uint64(w)
	}
	return r
}()

// reduce takes r off x if it is not below it.
func reduce(x *fr.Element) bool {
	var d fr.Element
	var borrow uint64
	for i := range d {
		d[i], borrow = bits.Sub64(x[i], order[i], borrow)
	}
	if borrow == 0 {
		*x = d
	}
	return borrow == 0
}

// element returns s as the words of a field element.
func (s *sum) element() fr.Element {
	h := fr.Element{s[4], s[5]}
	h.Mul(&h, &high)
	low := fr.Element{s[0], s[1], s[2], s[3]}
	for reduce(&low) { // below 2²⁵⁶ < 6·r
	}
	return *h.Add(&h, &low)
}

// Dot returns ∑ x[i]·w[i] for x with elements ≥ lo. total is ∑ w[i].
func Dot[I Int](x []I, lo int64, w []fr.Element, total *fr.Element) fr.Element {
	var s sum
	w = w[:len(x)]
	for i, v := range x {
		if u := uint64(int64(v) - lo); u != 0 {
			s.add(u, &w[i])
		}
	}
	out := s.element()
	if lo != 0 {
		var l fr.Element
		l.SetInt64(lo)
		l.Mul(&l, total)
		out.Add(&out, &l)
	}
	return out
}

// columns is the number of sums that Rows keeps at once: they stay in the first cache.
const columns = 64

// Rows sets out[j] = ∑ᵢ x[i·stride+j]·w[i] for all j < len(out), for x with elements ≥ lo.
// total is ∑ w[i].
func Rows[I Int](out []fr.Element, x []I, stride int, lo int64, w []fr.Element, total *fr.Element) {
	var shift fr.Element
	shift.SetInt64(lo)
	shift.Mul(&shift, total)
	var sums [columns]sum
	for from := 0; from < len(out); from += columns {
		part := out[from:min(from+columns, len(out))]
		clear(sums[:])
		for i := range w {
			for j, v := range x[i*stride+from:][:len(part)] {
				if u := uint64(int64(v) - lo); u != 0 {
					sums[j].add(u, &w[i])
				}
			}
		}
		for j := range part {
			part[j] = sums[j].element()
			part[j].Add(&part[j], &shift)
		}
	}
}
