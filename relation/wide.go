// SPDX-License-Identifier: Apache-2.0

package relation

import "math/bits"

// A wide is a 128-bit integer in two's complement: sums of products of int64 are
// exact in it.
type wide struct{ hi, lo uint64 }

// plus returns a + x·y.
func (a wide) plus(x, y int64) wide {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	if x < 0 {
		hi -= uint64(y)
	}
	if y < 0 {
		hi -= uint64(x)
	}
	var carry uint64
	lo, carry = bits.Add64(a.lo, lo, 0)
	hi, _ = bits.Add64(a.hi, hi, carry)
	return wide{hi, lo}
}

// int64 returns a if an int64 holds it.
func (a wide) int64() (int64, bool) {
	return int64(a.lo), a.hi == uint64(int64(a.lo)>>63)
}

// split returns h, m and l with a = h·2⁶⁴ + m·2³² + l and 0 ≤ m, l < 2³².
func (a wide) split() (h, m, l int64) {
	return int64(a.hi), int64(a.lo >> 32), int64(a.lo & (1<<32 - 1))
}
