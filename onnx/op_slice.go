// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Slice", since(1), func(n *node) []*value {
		return slice(n, n.Ints("starts"), n.Ints("ends"), n.Ints("axes"), nil)
	})
	_ = register("Slice", since(10), func(n *node) []*value {
		return slice(n, n.axesIn(1), n.axesIn(2), n.axesIn(3), n.axesIn(4))
	}, note("with bounds that are known when the model is loaded"))
)

var _ = skip("node/test_slice_start_out_of_bounds", "the output has no elements")

// slice takes, along each listed axis (by default the first ones), the elements
// from start, step apart (by default 1), before end. Negative bounds count from
// the end of the axis; bounds outside the axis are moved to its ends.
//
// https://onnx.ai/onnx/operators/onnx__Slice.html
func slice(n *node, starts, ends, list, steps []int64) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	if list == nil {
		for i := range starts {
			list = append(list, int64(i))
		}
	}
	if steps == nil {
		steps = repeat(int64(1), len(starts))
	}
	if len(starts) == 0 || len(ends) != len(starts) || len(list) != len(starts) || len(steps) != len(starts) {
		n.Failf("starts %v, ends %v, axes %v, steps %v do not fit", starts, ends, list, steps)
	}
	from, counts, by := make([]int, len(s)), slices.Clone([]int(s)), repeat(1, len(s))
	none := false
	for i, axis := range n.Axes(list, len(s)) {
		from[axis], counts[axis], by[axis] = span(n, int64(s[axis]), starts[i], ends[i], steps[i])
		none = none || counts[axis] == 0
	}
	if none || extent(s) == 0 {
		return []*value{empty(v, counts)}
	}
	return n.reindex(v, 0)(tensor.Slice(s, from, counts, by))
}

// span returns the first element, the number of elements and the step of the
// slice start:end:step of an axis.
func span(n *node, extent, start, end, step int64) (from, count, by int) {
	if step == 0 || step < -maxExtent || step > maxExtent {
		n.Failf("a slice with step %d", step)
	}
	if start < 0 {
		start += extent
	}
	if end < 0 {
		end += extent
	}
	if step > 0 {
		start, end = min(max(start, 0), extent), min(max(end, 0), extent)
		return int(start), int(max(0, (end-start+step-1)/step)), int(step)
	}
	start, end = min(max(start, -1), extent-1), min(max(end, -1), extent-1)
	return int(start), int(max(0, (end-start+step+1)/step)), int(step)
}
