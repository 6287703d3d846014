// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("Neg", since(6), one(func(n *node) graph.ID { return n.b.Linear(0, []float64{-1}, n.In(0)) }), onHost(hostNeg))

// hostNeg is Neg for numbers known now.
//
// https://onnx.ai/onnx/operators/onnx__Neg.html
func hostNeg(n *node) []*value {
	v := n.Value(0)
	if v.dtype.IsFloat() {
		return floats(n.b.Linear(0, []float64{-1}, n.In(0)))
	}
	n.SpendOn(v.host.shape)
	out := make([]int64, 0, v.host.size())
	for _, x := range n.IntsIn(0) {
		out = append(out, n.fits(v.dtype, -x))
	}
	return []*value{hostInts(v.dtype, v.host.shape, out)}
}
