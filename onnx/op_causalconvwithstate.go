// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("CausalConvWithState", since(27), lowerCausalConvWithState)

var _ = skip("node/test_causal_conv_with_state_kernel_size_one", "an output has no elements")

// lowerCausalConvWithState convolves every channel of X, batch · channels ·
// positions, with a kernel of its own that sees no later position:
//
//	Y[n, c, t] = f(∑ₖ Z[n, c, t + k]·W[c, 0, k] + B[c]),  Z = past ‖ X
//
// past holds the K − 1 positions before X, zeros if it is left out, and the last
// K − 1 of Z are the second output. f is the identity, or x·sigmoid(x).
//
// https://onnx.ai/onnx/operators/onnx__CausalConvWithState.html
func lowerCausalConvWithState(n *node) []*value {
	x, w := n.In(0), n.In(1)
	s, ws := n.Shape(x), n.Shape(w)
	if len(s) != 3 || len(ws) != 3 || ws[0] != s[1] || ws[1] != 1 {
		n.Failf("an input of shape %v with weights of shape %v", s, ws)
	}
	before := ws[2] - 1
	z := x
	if past := (tensor.Shape{s[0], s[1], before}); before > 0 && n.Has(3) {
		if got := n.Shape(n.In(3)); !got.Equal(past) {
			n.Failf("a past of shape %v, want %v", got, past)
		}
		z = n.b.Concat(2, n.In(3), x)
	} else if before > 0 {
		n.SpendOn(past)
		z = n.b.Concat(2, n.b.Const(past, make([]float32, past.Size())), x)
	}
	view, err := tensor.Windows(n.Shape(z), []tensor.Window{{Kernel: ws[2], Stride: 1, Dilation: 1, Count: s[2]}})
	if err != nil {
		n.Fail(err)
	}
	// Labels: batch, channel, position, kernel.
	y := n.b.Contract(n.b.View(z, view, 0), n.b.Reshape(w, tensor.Shape{ws[0], ws[2]}), tensor.Contraction{
		Extents: []int{s[0], s[1], s[2], ws[2]}, A: []int{0, 1, 2, 3}, B: []int{1, 3}, Out: []int{0, 1, 2}})
	if n.Has(2) {
		y = n.b.Sum(y, n.channels(n.In(2), s[1], 1))
	}
	switch activation := n.String("activation", "none"); activation {
	case "none":
	case "silu", "swish":
		y = n.b.Map(y, graph.Func{Name: "swish", Params: []float64{1}})
	default:
		n.Failf("attribute \"activation\" is %q", activation)
	}
	if before == 0 {
		return append(floats(y), hostFloats(onnxpb.Float, tensor.Shape{s[0], s[1], 0}, nil))
	}
	return append(floats(y), floats(n.part(z, 2, s[2], before))...)
}
