// SPDX-License-Identifier: Apache-2.0

package ir

import "github.com/zkml-go/zkml/tensor"

// boundSums is boundRows for rows, the contraction of w alone, where no partial sum
// can leave ±Limit; false elsewhere. It reads w once, in order: models have
// hundreds of millions of weights.
//
// A sum of products with factors in [lo, hi] lies in [P·lo + N·hi, P·hi + N·lo],
// where P is the sum of the positive weights and N that of the negative ones.
func boundSums(rows tensor.Contraction, x Range, w Values) (Range, bool) {
	r := w.Range()
	if r.Check() != nil || x.Check() != nil {
		return Range{}, false
	}
	largest, err := mul(max(abs(r.Lo), abs(r.Hi)), max(abs(x.Lo), abs(x.Hi)))
	if err == nil {
		_, err = mul(largest, int64(w.Len()))
	}
	if err != nil {
		return Range{}, false
	}
	positive, negative := signedSums(rows, w)
	total := Range{Limit, -Limit}
	for o, p := range positive {
		n := negative[o]
		total = total.Union(Range{p*x.Lo + n*x.Hi, p*x.Hi + n*x.Lo})
	}
	return total, true
}

// signedSums returns, for every row, the sum of its positive and the sum of its
// negative weights.
func signedSums(rows tensor.Contraction, w Values) (positive, negative []int64) {
	s := rows.OutShape()
	positive, negative = make([]int64, s.Size()), make([]int64, s.Size())
	stride := make([]int, len(rows.Extents)) // of a label in the result
	for i, st := range s.Strides() {
		stride[rows.Out[i]] = st
	}
	// Labels of rows are numbered in the order of the axes of w.
	last := len(rows.Extents) - 1
	length, step := 1, 0
	if last >= 0 {
		length, step = rows.Extents[last], stride[last]
	}
	index := make([]int, max(last, 0))
	row := 0
	line := make([]int64, length)
	for from := 0; from < w.Len(); from += length {
		w.Load(line, from)
		at := row
		for _, v := range line {
			positive[at] += max(v, 0)
			negative[at] += min(v, 0)
			at += step
		}
		for l := last - 1; l >= 0; l-- {
			row += stride[l]
			if index[l]++; index[l] < rows.Extents[l] {
				break
			}
			row -= stride[l] * rows.Extents[l]
			index[l] = 0
		}
	}
	return positive, negative
}
