// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
)

// maxTop bounds k: each of the greatest elements is a search of its own.
const maxTop = 64

const topNote = "with k at most 64 and known when the model is loaded"

var (
	_ = register("TopK", since(1), func(n *node) []*value { return topK(n, n.Int("k", 0)) }, note(topNote))
	_ = register("TopK", since(10), func(n *node) []*value {
		k := n.IntsIn(1)
		if len(k) != 1 {
			n.Failf("input 1 has %d elements, want one", len(k))
		}
		return topK(n, k[0])
	}, note(topNote))
)

// topK returns the k greatest elements along an axis, or with largest=0 the
// least, in order, and their indices; of equal elements the first comes first. It
// takes the maximum k times, each time replacing what it found by a number below
// all others.
//
// https://onnx.ai/onnx/operators/onnx__TopK.html
func topK(n *node, k int64) []*value {
	n.Ignore("sorted") // an order that need not be is still one
	x := n.Real(0)
	s := n.Shape(x)
	axis := n.Axis(n.Int("axis", -1), len(s))
	if most := min(s[axis], maxTop); k < 1 || k > int64(most) {
		n.Failf("k is %d, want 1 to %d for %d elements", k, most, s[axis])
	}
	negated := n.b.Linear(0, []float64{-1}, x)
	largest := n.Bool("largest", true)
	if !largest {
		x, negated = negated, x
	}
	r := over(s, axis)
	below := n.b.Linear(1, []float64{1}, n.max(negated, r)) // 1 − min
	var found, indices []graph.ID
	for t := range k {
		top := n.max(x, r)
		ranked := n.ranked(x, top, r, false)
		rank := n.max(ranked, r)
		value := top
		if !largest {
			value = n.b.Linear(0, []float64{-1}, top)
		}
		found = append(found, n.restore(value, r))
		indices = append(indices, n.restore(n.b.Linear(float64(s[axis]), []float64{-1}, rank), r))
		if t < k-1 {
			here := n.b.Map(n.minus(ranked, rank, r), graph.Func{Name: "iszero"})
			x = n.b.Linear(0, []float64{1, -1}, x, n.scaled(here, n.b.Sum(top, below), r))
		}
	}
	return []*value{
		{dtype: n.Value(0).dtype, id: n.b.Concat(axis, found...)},
		{dtype: onnxpb.Int64, id: n.b.Concat(axis, indices...)},
	}
}
