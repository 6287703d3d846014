// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/internal/onnxpb"
)

const finiteNote = "false for values that depend on the network's input, which are finite"

var (
	_ = register("IsInf", since(10), lowerIsInf, note(finiteNote))
	_ = register("IsNaN", since(9), lowerIsNaN, note(finiteNote))
)

var (
	_ = skip("node/test_isinf*", "an input is infinite")
	_ = skip("node/test_isnan*", "an input is NaN")
)

// lowerIsInf is 1 where a number is infinite, of the signs that are to be detected.
//
// https://onnx.ai/onnx/operators/onnx__IsInf.html
func lowerIsInf(n *node) []*value {
	above, below := n.Bool("detect_positive", true), n.Bool("detect_negative", true)
	return n.classify(func(x float64) bool { return above && math.IsInf(x, 1) || below && math.IsInf(x, -1) })
}

// lowerIsNaN is 1 where a number is none.
//
// https://onnx.ai/onnx/operators/onnx__IsNaN.html
func lowerIsNaN(n *node) []*value { return n.classify(math.IsNaN) }

// classify tells what holds of numbers that are known now. No number of the network
// is infinite or NaN: a host may not give it one, and no primitive makes one.
func (n *node) classify(is func(x float64) bool) []*value {
	v := n.Value(0)
	if !v.dtype.IsFloat() {
		n.Failf("input 0 (%q) holds %v, want floating-point numbers", n.p.Inputs[0], v.dtype)
	}
	s := n.ShapeOf(v)
	n.SpendOn(s)
	out := make([]int64, extent(s))
	if v.host == nil {
		n.In(0) // an element that a mask hides is infinite, which is refused here
		return []*value{hostInts(onnxpb.Bool, s, out)}
	}
	for i, x := range n.FloatsIn(0) {
		if is(float64(x)) {
			out[i] = 1
		}
	}
	return []*value{hostInts(onnxpb.Bool, s, out)}
}
