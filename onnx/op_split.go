// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Split", since(1), func(n *node) []*value {
		list := n.Ints("split")
		if n.Has(1) { // extents as numbers of any type
			for _, x := range n.FloatsIn(1) {
				list = append(list, int64(x))
			}
		}
		return split(n, list)
	})
	_ = register("Split", since(2), func(n *node) []*value { return split(n, n.Ints("split")) })
	_ = register("Split", since(13), func(n *node) []*value { return split(n, n.axesIn(1)) })
)

var _ = skip("node/test_split_zero_size_splits_*", "the output has no elements")

// split cuts input 0 along an axis into pieces of the listed extents, by default
// of the same extent. Where num_outputs (version 18) does not divide the axis,
// the last piece is smaller.
//
// https://onnx.ai/onnx/operators/onnx__Split.html
func split(n *node, list []int64) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	axis := n.Axis(n.Int("axis", 0), len(s))
	count := len(n.p.Outputs)
	if k := n.Int("num_outputs", int64(count)); k != int64(count) {
		n.Failf("num_outputs is %d, but the node has %d outputs", k, count)
	}
	if list == nil && count > 0 {
		piece := (s[axis] + count - 1) / count
		for left := s[axis]; len(list) < count; left -= piece {
			list = append(list, int64(min(piece, left)))
		}
	}
	if len(list) != count {
		n.Failf("%d pieces for %d outputs", len(list), count)
	}
	pieces := n.Small("split", list, 0)
	total := 0
	for _, p := range pieces {
		total += p
	}
	if total != s[axis] {
		n.Failf("pieces %v do not add up to the extent %d of axis %d", pieces, s[axis], axis)
	}
	var out []*value
	from, counts, by := make([]int, len(s)), slices.Clone([]int(s)), repeat(1, len(s))
	for _, p := range pieces {
		counts[axis] = p
		if p == 0 {
			out = append(out, empty(v, slices.Clone(counts)))
			continue
		}
		out = append(out, n.reindex(v, 0)(tensor.Slice(s, from, counts, by))...)
		from[axis] += p
	}
	return out
}
