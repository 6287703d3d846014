// SPDX-License-Identifier: Apache-2.0

package tensor

import "slices"

// Matrices is a contraction as a batch of matrix products. With one index for
// each of the four groups of labels,
//
//	out[Batch.Out + Rows.Out + Cols.Out] = ∑_s a[Batch.A + Rows.A + Sum.A] · b[Batch.B + Cols.B + Sum.B]
//
// Rows are the labels of the result that only A has, Cols those that only B has,
// Batch those of both.
type Matrices struct{ Batch, Rows, Cols, Sum Offsets }

// Offsets lists, for every index of a group of labels, row-major, how far apart
// in memory the elements are.
type Offsets struct{ A, B, Out []int32 }

// Len returns the number of indices.
func (o Offsets) Len() int { return len(o.Out) }

// Matrices returns c as matrix products.
func (c Contraction) Matrices() Matrices {
	sa, sb, so := c.labelStrides(c.A), c.labelStrides(c.B), c.labelStrides(c.Out)
	var batch, rows, cols []int
	for _, l := range c.Out {
		switch inA, inB := slices.Contains(c.A, l), slices.Contains(c.B, l); {
		case inA && inB:
			batch = append(batch, l)
		case inA:
			rows = append(rows, l)
		default:
			cols = append(cols, l)
		}
	}
	group := func(labels []int) Offsets {
		n := c.pick(labels).Size()
		o := Offsets{A: make([]int32, n), B: make([]int32, n), Out: make([]int32, n)}
		c.offsets(labels, sa, o.A)
		c.offsets(labels, sb, o.B)
		c.offsets(labels, so, o.Out)
		return o
	}
	return Matrices{Batch: group(batch), Rows: group(rows), Cols: group(cols), Sum: group(c.Summed())}
}
