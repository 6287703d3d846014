// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/internal/onnxpb"

var _ = register("BitShift", since(11), hostOnly, onHost(hostBitShift), note("of values known when the model is loaded"))

// hostBitShift shifts unsigned integers by as many bits as a second tensor says.
// Bits that leave the type are lost; a shift by its width or more leaves 0.
//
// https://onnx.ai/onnx/operators/onnx__BitShift.html
func hostBitShift(n *node) []*value {
	width := map[onnxpb.DataType]int64{onnxpb.Uint8: 8, onnxpb.Uint16: 16, onnxpb.Uint32: 32, onnxpb.Uint64: 64}[n.Value(0).dtype]
	if width == 0 {
		n.Failf("input 0 holds %v, want unsigned integers", n.Value(0).dtype)
	}
	direction := n.String("direction", "")
	if direction != "LEFT" && direction != "RIGHT" {
		n.Failf("attribute \"direction\" is %q, want \"LEFT\" or \"RIGHT\"", direction)
	}
	return hostBinary(func(n *node, x, by int64) int64 {
		switch {
		case by >= width:
			return 0
		case direction == "RIGHT":
			return x >> by
		}
		y := uint64(x) << by
		if width < 64 {
			y &= 1<<width - 1
		}
		return int64(y) // beyond 2⁶³ it is negative, which hostBinary refuses
	}, nil)(n)
}
