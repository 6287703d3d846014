// SPDX-License-Identifier: Apache-2.0

package tensor

import (
	"cmp"
	"slices"
)

// Runs is a contraction cut into stretches of products in which both operands
// advance by fixed strides: what an evaluator's inner loop wants. A result
// element is the sum of one or more runs.
type Runs struct {
	// Length is the number of products of every run, StrideA and StrideB how far
	// apart the elements of the operands are.
	Length, StrideA, StrideB int

	outA, outB []int32 // where the products of a result element start
	runA, runB []int32 // where its runs start from there
}

// Runs returns the runs of c. The summed label of the smallest stride runs
// innermost, joined with those that continue it in both operands.
func (c Contraction) Runs() Runs {
	sa, sb := c.labelStrides(c.A), c.labelStrides(c.B)
	summed := slices.DeleteFunc(c.Summed(), func(l int) bool { return c.Extents[l] == 1 })
	slices.SortStableFunc(summed, func(l, m int) int {
		return cmp.Or(cmp.Compare(sa[m], sa[l]), cmp.Compare(sb[m], sb[l]))
	})
	r := Runs{Length: 1}
	if n := len(summed); n > 0 {
		last := summed[n-1]
		r.Length, r.StrideA, r.StrideB = c.Extents[last], sa[last], sb[last]
		summed = summed[:n-1]
	}
	for n := len(summed); n > 0; n-- {
		l := summed[n-1]
		if sa[l] != r.StrideA*r.Length || sb[l] != r.StrideB*r.Length {
			break
		}
		r.Length *= c.Extents[l]
		summed = summed[:n-1]
	}
	table := func(labels, strides []int) []int32 {
		n := 1
		for _, l := range labels {
			n *= c.Extents[l]
		}
		out := make([]int32, n)
		c.offsets(labels, strides, out)
		return out
	}
	r.outA, r.outB = table(c.Out, sa), table(c.Out, sb)
	r.runA, r.runB = table(summed, sa), table(summed, sb)
	return r
}

// Walk calls visit for every run, those of one result element after another, in
// row-major order: out is the result element, a and b the operand elements of
// the first product.
func (r Runs) Walk(visit func(out, a, b int)) {
	for o := range r.outA {
		a, b := r.outA[o], r.outB[o]
		for k := range r.runA {
			visit(o, int(a+r.runA[k]), int(b+r.runB[k]))
		}
	}
}
