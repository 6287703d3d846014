// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/tensor"
)

// whole is the cost of a block that keeps tensors in as few blocks as there can be.
const whole = math.MaxInt32

// defaultBlockCost is the padding, in elements, that is worth one more block. A block
// takes verifiers some products for each claim about its tensor, often more than a hundred
// for convolutions: some milliseconds of a wrap. An element of a column is 0.3 µs, as
// cheapest has it.
const defaultBlockCost = 1 << 14

// cut returns the blocks of a tensor, of at most 2^vars elements with their padding. An
// axis of 768 elements is one of 512 and one of 256 if that saves more padding than the
// blocks cost.
func cut(shape tensor.Shape, vars, blockCost int) []Block {
	pieces := make([]int, len(shape)) // along each axis
	best, cost := pieces, 0
	var search func(d, padded, blocks int)
	search = func(d, padded, blocks int) {
		if d == len(shape) {
			if c := padded + blocks*blockCost; cost == 0 || c < cost {
				best, cost = slices.Clone(pieces), c
			}
			return
		}
		last := 0
		for k := 1; ; k++ {
			cuts := cutAxis(shape[d], k)
			size := 0
			for _, c := range cuts {
				size += 1 << mle.Bits(c[1])
			}
			pieces[d] = k
			if size != last { // or more pieces save nothing
				search(d+1, padded*size, blocks*len(cuts))
			}
			if last = size; size == shape[d] || len(cuts) < k {
				return
			}
		}
	}
	search(0, 1, 1)
	blocks := []Block{{}}
	for d, n := range shape {
		var next []Block
		for _, b := range blocks {
			for _, c := range cutAxis(n, best[d]) {
				next = append(next, Block{From: append(slices.Clone(b.From), c[0]), Shape: append(slices.Clone(b.Shape), c[1])})
			}
		}
		blocks = next
	}
	var out []Block
	for _, b := range blocks {
		out = append(out, halve(b, vars)...)
	}
	return out
}

// cutAxis cuts an axis of n elements into at most count pieces, given by beginning and
// length: the powers of two that make up n, the largest first, and the rest.
func cutAxis(n, count int) [][2]int {
	var out [][2]int
	from := 0
	for ; count > 1 && n&(n-1) != 0; count-- {
		size := 1 << (mle.Bits(n) - 1)
		out = append(out, [2]int{from, size})
		from, n = from+size, n-size
	}
	return append(out, [2]int{from, n})
}

// halve halves a block along its outermost axes until it has at most 2^vars elements.
func halve(b Block, vars int) []Block {
	if b.Vars = weight.Bits(b.Shape); b.Vars <= vars {
		return []Block{b}
	}
	d := slices.IndexFunc(b.Shape, func(n int) bool { return n > 1 })
	half := 1 << (mle.Bits(b.Shape[d]) - 1)
	lo, hi := b, b
	lo.Shape, hi.Shape, hi.From = slices.Clone(b.Shape), slices.Clone(b.Shape), slices.Clone(b.From)
	lo.Shape[d], hi.Shape[d] = half, b.Shape[d]-half
	hi.From[d] += half
	return append(halve(lo, vars), halve(hi, vars)...)
}

// Place returns the padded index in b of element i of its tensor, row-major, whose shape
// is given, and false if the element is in another block.
func (b *Block) Place(i int, shape tensor.Shape) (int, bool) {
	at, shift := 0, 0
	for d := len(shape) - 1; d >= 0; d-- {
		k := i%shape[d] - b.From[d]
		if k < 0 || k >= b.Shape[d] {
			return 0, false
		}
		at |= k << shift
		i /= shape[d]
		shift += mle.Bits(b.Shape[d])
	}
	return at, true
}
