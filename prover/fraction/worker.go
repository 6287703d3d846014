// SPDX-License-Identifier: Apache-2.0

package fraction

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// segment is the length of vectors that are worked on at a time: ten of them and their
// leaves stay in a core's cache.
const segment = 128

// A worker is the memory of one goroutine.
type worker struct {
	v      [10]fr.Vector // of segment elements
	leaves fr.Vector     // of 4 segments
	ints   []int64       // of 4 segments
	small  smallInts
	sums   sums
}

func newWorkers(n int) []*worker {
	out := make([]*worker, n)
	for i := range out {
		w := &worker{leaves: make(fr.Vector, 4*segment), ints: make([]int64, 4*segment), small: newSmallInts()}
		for k := range w.v {
			w.v[k] = make(fr.Vector, segment)
		}
		out[i] = w
	}
	return out
}

// split deals out src to even and odd.
func split(even, odd, src fr.Vector) {
	odd = odd[:len(even)]
	src = src[:2*len(even)]
	for i := range even {
		even[i] = src[2*i]
		odd[i] = src[2*i+1]
	}
}

// deal deals out src to four vectors.
func deal(a, b, c, d, src fr.Vector) {
	b, c, d = b[:len(a)], c[:len(a)], d[:len(a)]
	src = src[:4*len(a)]
	for i := range a {
		a[i], b[i], c[i], d[i] = src[4*i], src[4*i+1], src[4*i+2], src[4*i+3]
	}
}

// smallInts holds the field elements of the numbers from −1 on.
type smallInts []fr.Element

func newSmallInts() smallInts {
	s := make(smallInts, 66)
	for i := range s {
		s[i].SetInt64(int64(i - 1))
	}
	return s
}

func (s smallInts) at(i int64) (out fr.Element) {
	if i+1 < int64(len(s)) {
		return s[i+1]
	}
	return *out.SetInt64(i)
}

// split is split of numbers.
func (s smallInts) split(even, odd fr.Vector, src []int64) {
	for i := range even {
		even[i], odd[i] = s.at(src[2*i]), s.at(src[2*i+1])
	}
}

// deal is deal of numbers.
func (s smallInts) deal(a, b, c, d fr.Vector, src []int64) {
	for i := range a {
		a[i], b[i], c[i], d[i] = s.at(src[4*i]), s.at(src[4*i+1]), s.at(src[4*i+2]), s.at(src[4*i+3])
	}
}
