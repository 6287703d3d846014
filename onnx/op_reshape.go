// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Reshape", since(1), func(n *node) []*value {
		n.Ignore("consumed_inputs")
		return reshape(n, n.Ints("shape"))
	})
	_ = register("Reshape", since(5), func(n *node) []*value { return reshape(n, n.IntsIn(1)) })
)

var _ = skip("node/test_reshape_allowzero_reordered", "the output has no elements")

// reshape regroups input 0 to the shape that to describes: 0 copies an extent,
// unless allowzero is set, and one −1 stands for what is left.
//
// https://onnx.ai/onnx/operators/onnx__Reshape.html
func reshape(n *node, to []int64) []*value {
	n.rank(len(to))
	v := n.moved(0)
	from := n.ShapeOf(v)
	size := extent(from)
	allowZero := n.Bool("allowzero", false)
	shape := make(tensor.Shape, len(to))
	rest, free := 1, -1
	for i, d := range n.Small("shape", to, -1) {
		switch {
		case d == -1 && free >= 0:
			n.Failf("shape %v leaves two extents open", to)
		case d == -1:
			free = i
			continue
		case d == 0 && !allowZero:
			if i >= len(from) {
				n.Failf("shape %v copies extent %d of shape %v", to, i, from)
			}
			d = from[i]
		}
		if d > 0 && rest > tensor.MaxElements/d {
			n.Failf("shape %v is too large", to)
		}
		shape[i], rest = d, rest*d
	}
	if free >= 0 {
		if rest == 0 || size%rest != 0 {
			n.Failf("cannot reshape %v (%d elements) to %v", from, size, to)
		}
		shape[free] = size / rest
	}
	if err := checkExtents(shape); err != nil {
		n.Fail(err)
	}
	if extent(shape) != size {
		n.Failf("cannot reshape %v (%d elements) to %v", from, size, to)
	}
	return n.regrouped(v, shape)
}
