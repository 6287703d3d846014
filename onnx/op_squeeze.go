// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Squeeze", since(1), func(n *node) []*value { return squeeze(n, n.Ints("axes")) })
	_ = register("Squeeze", since(13), func(n *node) []*value { return squeeze(n, n.axesIn(1)) })
)

// squeeze drops axes of extent 1: those listed, or all of them.
//
// https://onnx.ai/onnx/operators/onnx__Squeeze.html
func squeeze(n *node, list []int64) []*value {
	v := n.moved(0)
	s := n.ShapeOf(v)
	drop := n.Axes(list, len(s))
	out := tensor.Shape{}
	for i, d := range s {
		switch {
		case list == nil && d == 1:
		case slices.Contains(drop, i) && d != 1:
			n.Failf("axis %d of shape %v has extent %d, want 1", i, s, d)
		case !slices.Contains(drop, i):
			out = append(out, d)
		}
	}
	return n.regrouped(v, out)
}

// axesIn returns the integers of input i, nil if it is not there.
func (n *node) axesIn(i int) []int64 {
	if !n.Has(i) {
		return nil
	}
	return append([]int64{}, n.IntsIn(i)...)
}

// Axes maps axes in [-rank, rank) to [0, rank); none may occur twice.
func (n *node) Axes(list []int64, rank int) []int {
	out := make([]int, 0, len(list))
	for _, a := range list {
		i := n.Axis(a, rank)
		if slices.Contains(out, i) {
			n.Failf("axes %v name axis %d twice", list, i)
		}
		out = append(out, i)
	}
	return out
}
