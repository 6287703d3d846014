// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// Operators on quantized tensors: the real operator on what the integers stand
// for, rounded to the grid of the result.
var (
	_ = register("QLinearConv", since(10), lowerQLinearConv, note(quantizeNote))
	_ = register("QLinearMatMul", since(10), lowerQLinearMatMul, note(quantizeNote))
	_ = register("QLinearAdd", since(1), qlinear(lowerAdd), in("com.microsoft"), note(quantizeNote))
	_ = register("QLinearMul", since(1), qlinear(lowerMul), in("com.microsoft"), note(quantizeNote))
	_ = register("QLinearSigmoid", since(1), qlinearMap("sigmoid"), in("com.microsoft"), note(quantizeNote))
	_ = register("QLinearLeakyRelu", since(1), qlinearMap("leakyrelu", param{"alpha", 0.01}), in("com.microsoft"), note(quantizeNote))
	_ = register("QLinearGlobalAveragePool", since(1), lowerQLinearGlobalAveragePool, in("com.microsoft"), note(quantizeNote))
	_ = register("QLinearConcat", since(1), lowerQLinearConcat, in("com.microsoft"), note(quantizeNote))
	_ = register("QGemm", since(1), lowerQGemm, in("com.microsoft"), note(quantizeNote))
)

// real returns what the integers of input i stand for; the next two inputs are
// the scales and zero points, along axis if there are several.
func (n *node) real(i int, axis int64) graph.ID {
	v := n.Value(i)
	return n.check(n.im.promote(n.dequantize(v, n.gridIn(i+1, i+2, n.ShapeOf(v), v.dtype, axis, 0))))
}

// requantized rounds x to the grid of which the scale is input i and the zero
// point the next one.
func (n *node) requantized(x graph.ID, i int, axis int64) []*value {
	return []*value{n.quantize(x, n.gridIn(i, i+1, n.Shape(x), n.Value(0).dtype, axis, 0))}
}

// lowerQLinearConv is Conv; the bias is on the grid with the product of the
// scales and zero point 0.
//
// https://onnx.ai/onnx/operators/onnx__QLinearConv.html
func lowerQLinearConv(n *node) []*value {
	bias := none
	if n.Has(8) {
		bias = n.bias(8, n.FloatsIn(1), n.FloatsIn(4))
	}
	return n.requantized(convolve(n, n.real(0, 1), n.real(3, 0), bias), 6, 1)
}

// bias returns input i, integers at the products of the scales x and w.
func (n *node) bias(i int, x, w []float32) graph.ID {
	b := n.IntsIn(i)
	if len(x) != 1 || len(w) != 1 && len(w) != len(b) {
		n.Failf("%d and %d scales for a bias of %d elements", len(x), len(w), len(b))
	}
	data := make([]float32, len(b))
	for k, q := range b {
		data[k] = float32(float64(q) * float64(x[0]) * float64(w[k%len(w)]))
	}
	return n.b.Const(tensor.Shape(n.Value(i).host.shape), data)
}

// lowerQLinearMatMul is MatMul; a may have scales by row, b by column.
//
// https://onnx.ai/onnx/operators/onnx__QLinearMatMul.html
func lowerQLinearMatMul(n *node) []*value {
	return n.requantized(lowerMatMul(n, n.real(0, -2), n.real(3, -1)), 6, -2)
}

// qlinear lowers a binary operator of com.microsoft on quantized tensors.
func qlinear(f func(n *node, x, y graph.ID) graph.ID) lowering {
	return func(n *node) []*value { return n.requantized(f(n, n.real(0, 0), n.real(3, 0)), 6, 0) }
}

// qlinearMap lowers a function of com.microsoft on a quantized tensor.
func qlinearMap(name string, params ...param) lowering {
	return func(n *node) []*value {
		f := graph.Func{Name: name}
		for _, p := range params {
			f.Params = append(f.Params, n.Float(p.name, p.def))
		}
		return n.requantized(n.b.Map(n.real(0, 0), f), 3, 0)
	}
}

func lowerQLinearGlobalAveragePool(n *node) []*value {
	if n.Bool("channels_last", false) {
		n.Failf("channels_last is not supported")
	}
	return n.requantized(globalAverage(n, n.real(0, 0)), 3, 0)
}

// lowerQLinearConcat takes the grid of the result first, then each tensor with
// its grid.
func lowerQLinearConcat(n *node) []*value {
	var args []graph.ID
	for i := 2; i < n.NumInputs(); i += 3 {
		args = append(args, n.real(i, 0))
	}
	if len(args) == 0 {
		n.Failf("it has no inputs")
	}
	y := n.b.Concat(n.Axis(concatAxis(n), len(n.Shape(args[0]))), args...)
	return []*value{n.quantize(y, n.gridIn(0, 1, n.Shape(y), onnxpb.Uint8, 0, 0))}
}

// lowerQGemm is Gemm without β; the bias is on the grid with the product of α
// and the scales. Without a grid for the result it is real.
//
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QGemm
func lowerQGemm(n *node) []*value {
	alpha := n.Float("alpha", 1)
	column := int64(1)
	if n.Bool("transB", false) {
		column = 0
	}
	y := gemm(n, n.real(0, 0), n.real(3, column))
	if alpha != 1 {
		y = n.b.Linear(0, []float64{alpha}, y)
	}
	if n.Has(6) {
		y = n.b.Sum(y, n.b.Linear(0, []float64{alpha}, n.bias(6, n.FloatsIn(1), n.FloatsIn(4))))
	}
	if !n.Has(7) {
		return floats(y)
	}
	return n.requantized(y, 7, 0)
}
