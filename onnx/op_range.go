// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Range", since(11), hostOnly, onHost(hostRange), note("of values known when the model is loaded"))

var _ = skip("node/test_range_*float*_type_positive_delta", "its input is the network's")

// hostRange lists start, start + delta, … before limit.
//
// https://onnx.ai/onnx/operators/onnx__Range.html
func hostRange(n *node) []*value {
	t := n.Value(0).dtype
	if n.Value(1).dtype != t || n.Value(2).dtype != t {
		n.Failf("inputs of types %v, %v and %v", t, n.Value(1).dtype, n.Value(2).dtype)
	}
	if t.IsFloat() {
		start, limit, delta := n.ScalarIn(0), n.ScalarIn(1), n.ScalarIn(2)
		count := math.Ceil((limit - start) / delta)
		if delta == 0 || !(math.Abs(count) <= maxHost) {
			n.Failf("from %v to %v by %v", start, limit, delta)
		}
		n.Spend(max(0, int(count)))
		out := make([]float32, max(0, int(count)))
		for i := range out {
			out[i] = float32(start + float64(i)*delta)
		}
		return []*value{hostFloats(t, tensor.Shape{len(out)}, out)}
	}
	start, limit, delta := n.countIn(0), n.countIn(1), n.countIn(2)
	if delta == 0 || max(start, -start) > 1<<53 || max(limit, -limit) > 1<<53 || max(delta, -delta) > 1<<53 {
		n.Failf("from %d to %d by %d", start, limit, delta)
	}
	count := (limit - start) / delta
	if (limit-start)%delta != 0 && (limit-start > 0) == (delta > 0) {
		count++
	}
	count = max(count, 0)
	n.Spend(int(min(count, maxHost+1)))
	out := make([]int64, count)
	for i := range out {
		out[i] = start + int64(i)*delta
	}
	return []*value{hostInts(t, tensor.Shape{len(out)}, out)}
}
