// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("LRN", since(1), one(lowerLRN))

// lowerLRN divides by a power of the sum of squares over the nearest channels:
//
//	Y[n, c, …] = X[n, c, …] · (bias + α/size · ∑_k X[n, k, …]²)^−β,  c − ⌊(size−1)/2⌋ ≤ k ≤ c + ⌈(size−1)/2⌉
//
// https://onnx.ai/onnx/operators/onnx__LRN.html
func lowerLRN(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	size := n.Small("size", []int64{n.Int("size", 0)}, 1)[0]
	if len(s) < 2 {
		n.Failf("input has shape %v, want batch and channel axes", s)
	}
	// Windows slide over the last axis, so the channels go there.
	flat := tensor.Shape{s[0], s[1], s[2:].Size()}
	last := n.b.Transpose(n.b.Reshape(n.b.Mul(x, x), flat), []int{0, 2, 1})
	view, err := tensor.Windows(n.Shape(last), []tensor.Window{{Kernel: size, Stride: 1, Dilation: 1, Before: (size - 1) / 2, Count: s[1]}})
	if err != nil {
		n.Fail(err)
	}
	sums := n.sum(n.b.View(last, view, 0), over(view.To, 3), 1)
	sums = n.b.Reshape(n.b.Transpose(sums, []int{0, 2, 1}), slices.Clone(s))
	base := n.b.Linear(n.Float("bias", 1), []float64{n.Float("alpha", 1e-4) / float64(size)}, sums)
	return n.b.Mul(x, n.power(base, -n.Float("beta", 0.75)))
}
