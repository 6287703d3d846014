// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var _ = register("Expand", since(8), lowerExpand, note("to a shape that is known when the model is loaded"))

// lowerExpand broadcasts input 0 and a shape.
//
// https://onnx.ai/onnx/operators/onnx__Expand.html
func lowerExpand(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	dims := n.Small("shape", n.IntsIn(1), 0)
	n.rank(len(dims))
	to, err := tensor.Broadcast(s, dims)
	if err == nil {
		err = checkExtents(to)
	}
	if err != nil {
		n.Fail(err)
	}
	if extent(to) == 0 {
		return []*value{empty(v, to)}
	}
	return n.reindex(v, 0)(tensor.BroadcastTo(s, to))
}
