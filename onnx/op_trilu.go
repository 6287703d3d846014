// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("Trilu", since(14), lowerTrilu, note("with a diagonal that is known when the model is loaded"))

var _ = skip("node/test_tri[lu]_zero", "the output has no elements")

// lowerTrilu keeps the part of each matrix on and above (upper) or on and below a
// diagonal, and puts 0 elsewhere.
//
// https://onnx.ai/onnx/operators/onnx__Trilu.html
func lowerTrilu(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	if len(s) < 2 {
		n.Failf("input has shape %v, want a stack of matrices", s)
	}
	k := int64(0)
	if n.Has(1) {
		x := n.IntsIn(1)
		if len(x) != 1 {
			n.Failf("input 1 has %d elements, want one", len(x))
		}
		k = min(max(x[0], -maxExtent), maxExtent)
	}
	upper := n.Bool("upper", true)
	batch, rows, cols := s[:len(s)-2], s[len(s)-2], s[len(s)-1]
	n.SpendOn(s[len(s)-2:])
	index := make([]int, 0, rows*cols)
	for i := range rows {
		for j := range cols {
			at := i*cols + j
			if above := int64(j-i) - k; upper && above < 0 || !upper && above > 0 {
				at = -1
			}
			index = append(index, at)
		}
	}
	flat := n.regrouped(v, tensor.Shape{extent(batch), rows * cols})[0]
	return n.regrouped(n.pick(flat, 1, index, 0), s)
}
