// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Unsqueeze", since(1), func(n *node) []*value { return unsqueeze(n, n.Ints("axes")) })
	_ = register("Unsqueeze", since(13), func(n *node) []*value { return unsqueeze(n, n.axesIn(1)) })
)

// unsqueeze inserts axes of extent 1 so that they are at the listed places of
// the result.
//
// https://onnx.ai/onnx/operators/onnx__Unsqueeze.html
func unsqueeze(n *node, list []int64) []*value {
	if list == nil {
		n.Failf("the axes are missing")
	}
	v := n.moved(0)
	s := n.ShapeOf(v)
	rank := len(s) + len(list)
	n.rank(rank)
	added := n.Axes(list, rank)
	out := make(tensor.Shape, 0, rank)
	for i := range rank {
		if slices.Contains(added, i) {
			out = append(out, 1)
			continue
		}
		out, s = append(out, s[0]), s[1:]
	}
	return n.regrouped(v, out)
}
