// SPDX-License-Identifier: Apache-2.0

package kernel

// width is the number of columns of a panel.
const width = 4

// micro adds to c the products of one row and width columns: the innermost loop
// of every large contraction. Arrays of known length need no bounds checks, and
// more sums than these would not stay in registers.
func micro(c *[width]int64, row []int64, cols [][width]int64) {
	c0, c1, c2, c3 := c[0], c[1], c[2], c[3]
	cols = cols[:len(row)]
	for k, x := range row {
		y := &cols[k]
		c0 += x * y[0]
		c1 += x * y[1]
		c2 += x * y[2]
		c3 += x * y[3]
	}
	c[0], c[1], c[2], c[3] = c0, c1, c2, c3
}

// Lanes. Two or three rows share one multiplication: a word holds the elements of
// the rows at distances of bits, x = ∑_i x_i·2^(bits·i) modulo 2⁶⁴, and then
//
//	∑_k x(k)·y(k) = ∑_i (∑_k x_i(k)·y(k)) · 2^(bits·i) modulo 2⁶⁴
//
// whatever the partial sums are. If every final sum has at most bits bits, sign
// included, the lowest lane is the word's low bits with their sign; subtracting
// it leaves the others.

// lanes returns the number of rows that share a word and the distance between
// them if all sums lie in [lo, hi].
func lanes(lo, hi int64) (count, bits int) {
	for count = 3; count > 1; count-- {
		bits = 64 / count
		if half := int64(1) << (bits - 1); -half <= lo && hi < half {
			return count, bits
		}
	}
	return 1, 64
}

// take writes the lowest lane of each word to dst and removes it from the word.
func take(dst, words []int64, bits int) {
	unused := 64 - bits
	words = words[:len(dst)]
	for i, w := range words {
		x := w << unused >> unused
		dst[i] = x
		words[i] = (w - x) >> (bits & 63) // bits is 64 only for the one lane of a word
	}
}
