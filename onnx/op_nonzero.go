// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("NonZero", since(9), hostOnly, onHost(hostNonZero), note("of values known when the model is loaded"))

// hostNonZero lists the indices of the elements that are not 0, one row per axis.
//
// https://onnx.ai/onnx/operators/onnx__NonZero.html
func hostNonZero(n *node) []*value {
	v := n.Value(0)
	s := v.host.shape
	var at []int
	visit := func(i int, zero bool) {
		if !zero {
			at = append(at, i)
		}
	}
	if v.dtype.IsFloat() {
		for i, x := range n.FloatsIn(0) {
			visit(i, x == 0)
		}
	} else {
		for i, x := range n.IntsIn(0) {
			visit(i, x == 0)
		}
	}
	n.SpendOn(tensor.Shape{len(s), len(at)})
	out := make([]int64, 0, len(s)*len(at))
	strides := s.Strides()
	for d := range s {
		for _, i := range at {
			out = append(out, int64(i/strides[d]%s[d]))
		}
	}
	return []*value{hostInts(onnxpb.Int64, tensor.Shape{len(s), len(at)}, out)}
}
