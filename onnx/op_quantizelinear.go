// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/internal/onnxpb"

const quantizeNote = "to int8, uint8, int16 and uint16, with scales and zero points that are known when the model is loaded"

var (
	_ = register("QuantizeLinear", since(10), lowerQuantizeLinear, note(quantizeNote))
	_ = register("QuantizeLinear", since(1), lowerQuantizeLinear, in("com.microsoft"), note(quantizeNote))
	_ = register("DequantizeLinear", since(10), lowerDequantizeLinear)
	_ = register("DequantizeLinear", since(1), lowerDequantizeLinear, in("com.microsoft"))
)

const narrow = "narrow and low-precision types are not supported"

var (
	_ = skip("node/test_quantizelinear_e[45]m[23]*", narrow)
	_ = skip("node/test_quantizelinear_float4e2m1", narrow)
	_ = skip("node/test_quantizelinear_*int[24]", narrow)
	_ = skip("node/test_dequantizelinear_e[45]m[23]*", narrow)
	_ = skip("node/test_dequantizelinear_float4e2m1", narrow)
	_ = skip("node/test_dequantizelinear_*int[24]", narrow)
)

// lowerQuantizeLinear rounds to integers that saturate. The real numbers that
// they stand for are a node of the graph: DequantizeLinear takes that.
//
// https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html
func lowerQuantizeLinear(n *node) []*value {
	n.Ignore("saturate", "precision") // of types that are not supported
	dtype := onnxpb.DataType(n.Int("output_dtype", 0))
	if dtype == 0 {
		dtype = onnxpb.Uint8
	}
	v := n.moved(0)
	g := n.gridIn(1, 2, n.ShapeOf(v), dtype, n.Int("axis", 1), n.Int("block_size", 0))
	if n.HasAttr("output_dtype") && g.dtype != dtype && n.Int("output_dtype", 0) != 0 {
		n.Failf("output_dtype is %v, the zero point is of type %v", dtype, g.dtype)
	}
	if _, _, same := g.uniform(); same && v.dropped != "" { // rounding keeps the order, too
		return []*value{{dtype: g.dtype, id: v.id, dropped: v.dropped}}
	}
	return []*value{n.quantize(n.In(0), g)}
}

// lowerDequantizeLinear returns scale·(x − zero).
//
// https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html
func lowerDequantizeLinear(n *node) []*value {
	n.Ignore("output_dtype") // the graph is over the reals
	v := n.moved(0)
	g := n.gridIn(1, 2, n.ShapeOf(v), v.dtype, n.Int("axis", 1), n.Int("block_size", 0))
	if g.dtype != v.dtype {
		n.Failf("the input is of type %v, the zero point of type %v", v.dtype, g.dtype)
	}
	if _, _, same := g.uniform(); same && v.dropped != "" {
		return []*value{{dtype: onnxpb.Float, id: v.id, dropped: v.dropped}}
	}
	return []*value{n.dequantize(n.Value(0), g)}
}
