// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/internal/onnxpb"

var (
	_ = register("Where", since(9), hostOnly, onHost(hostWhere), note("of values known when the model is loaded"))
	_ = skip("node/test_where_example", "the choice is between values that depend on the network's input")
)

// hostWhere takes elements of input 1 where input 0 is true, else of input 2.
//
// https://onnx.ai/onnx/operators/onnx__Where.html
func hostWhere(n *node) []*value {
	cond, x, y := n.Value(0), n.Value(1), n.Value(2)
	if x.dtype != y.dtype || cond.dtype != onnxpb.Bool {
		n.Failf("inputs of types %v, %v and %v", cond.dtype, x.dtype, y.dtype)
	}
	xy := n.pairs(x.host.shape, y.host.shape)
	all := n.pairs(cond.host.shape, xy.shape)
	pick := n.IntsIn(0)
	choose := func(i int) (fromX bool, at int32) {
		if j := all.y[i]; pick[all.x[i]] == 0 {
			return false, xy.y[j]
		} else {
			return true, xy.x[j]
		}
	}
	if x.dtype.IsFloat() {
		return []*value{hostFloats(x.dtype, all.shape, chosen(len(all.x), choose, n.FloatsIn(1), n.FloatsIn(2)))}
	}
	return []*value{hostInts(x.dtype, all.shape, chosen(len(all.x), choose, n.IntsIn(1), n.IntsIn(2)))}
}

func chosen[T any](count int, choose func(i int) (bool, int32), x, y []T) []T {
	out := make([]T, count)
	for i := range out {
		if fromX, at := choose(i); fromX {
			out[i] = x[at]
		} else {
			out[i] = y[at]
		}
	}
	return out
}
