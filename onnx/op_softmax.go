// SPDX-License-Identifier: Apache-2.0

package onnx

import "fmt"

const softmaxNote = "as the last layer only: dropped, the output is its logits and argmax is unchanged"

var (
	_ = register("Softmax", since(1), dropped, note(softmaxNote))
	_ = register("LogSoftmax", since(1), dropped, note(softmaxNote))
)

var _ = skip("node/test_flexattention_*", "a softmax is supported as the last layer only")

// dropped leaves out a function that keeps the order of the elements it is
// taken over: its input passes through, marked so that only a network output, or
// a change of shape on the way to one, may take it. Versions before 13 take the
// function over all axes from axis on, which changes nothing here.
//
// https://onnx.ai/onnx/operators/onnx__Softmax.html
func dropped(n *node) []*value {
	n.Int("axis", 1)
	v := *n.Value(0)
	if v.host != nil {
		v = value{dtype: v.dtype, id: n.In(0)}
	}
	v.dropped = fmt.Sprintf("%s %q", n.p.OpType, label(n.p))
	return []*value{&v}
}
