// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("DynamicQuantizeLinear", since(11), func(n *node) []*value {
	n.Failf("its scale depends on the network's input: quantize the model statically, or give the model before quantization")
	return nil
}, onHost(hostDynamicQuantizeLinear), note("of values known when the model is loaded"))

var _ = skip("node/test_dynamicquantizelinear*", "the scale depends on the input")

// hostDynamicQuantizeLinear quantizes x to uint8 so that the range of its elements
// and 0 fits, and returns the integers, the scale and the zero point.
//
// https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html
func hostDynamicQuantizeLinear(n *node) []*value {
	x := n.FloatsIn(0)
	var lo, hi float32
	for _, v := range x {
		lo, hi = min(lo, v), max(hi, v)
	}
	scale := (hi - lo) / math.MaxUint8
	if !(scale > 0) {
		n.Failf("all elements are 0")
	}
	zero := math.RoundToEven(min(max(float64(-lo/scale), 0), math.MaxUint8))
	g := grid{dtype: onnxpb.Uint8, shape: tensor.Shape{}, scales: []float32{scale}, zeros: []int64{int64(zero)}}
	return []*value{
		n.quantize(n.In(0), g),
		hostFloats(onnxpb.Float, tensor.Shape{}, g.scales),
		hostInts(onnxpb.Uint8, tensor.Shape{}, g.zeros),
	}
}
