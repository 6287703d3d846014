// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/internal/onnxpb"

var _ = register("Equal", since(7), hostOnly, onHost(hostEqual), note("of values known when the model is loaded"))

// hostEqual compares elementwise with broadcasting.
//
// https://onnx.ai/onnx/operators/onnx__Equal.html
func hostEqual(n *node) []*value {
	x, y := n.Value(0), n.Value(1)
	if x.dtype != y.dtype {
		n.Failf("inputs of types %v and %v", x.dtype, y.dtype)
	}
	p := n.pairs(x.host.shape, y.host.shape)
	out := make([]int64, len(p.x))
	set := func(i int, same bool) {
		if same {
			out[i] = 1
		}
	}
	if x.dtype.IsFloat() {
		a, b := n.FloatsIn(0), n.FloatsIn(1)
		for i := range out {
			set(i, a[p.x[i]] == b[p.y[i]])
		}
	} else {
		a, b := n.IntsIn(0), n.IntsIn(1)
		for i := range out {
			set(i, a[p.x[i]] == b[p.y[i]])
		}
	}
	return []*value{hostInts(onnxpb.Bool, p.shape, out)}
}
