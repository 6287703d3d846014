// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("GatherND", since(11), lowerGatherND)

// lowerGatherND picks slices: the last axis of the indices holds the indices
// along the first axes of the data, after those that batch_dims says both share.
//
// https://onnx.ai/onnx/operators/onnx__GatherND.html
func lowerGatherND(n *node) []*value {
	v := n.Value(0)
	s, is := n.ShapeOf(v), n.ShapeOf(n.Value(1))
	batch := n.Small("batch_dims", []int64{n.Int("batch_dims", 0)}, 0)[0]
	if batch >= min(len(s), len(is)) || !s[:batch].Equal(is[:batch]) {
		n.Failf("batch_dims is %d for shapes %v and %v", batch, s, is)
	}
	if n.Value(1).host == nil {
		n.width(is, s, batch)
		return like(v, n.lookupTuples(n.check(n.im.promote(v)), batch, n.Value(1)))
	}
	starts, block := n.tuples(1, s, batch)
	to := slices.Concat(is[:len(is)-1], s[batch+is[len(is)-1]:])
	n.rank(len(to))
	x := n.regrouped(v, tensor.Shape{extent(s) / max(1, block), block})[0]
	return n.regrouped(n.pick(x, 0, starts, 0), to)
}

// lookupTuples is GatherND by indices that the network computes: one axis after the
// other. After the first, each index has a tensor of its own.
func (n *node) lookupTuples(x graph.ID, batch int, index *value) graph.ID {
	is := n.ShapeOf(index)
	last := len(is) - 1
	n.rank(len(n.Shape(x)) + last - batch - 1)
	tuples := n.index(index)
	for j := range is[last] {
		x = n.b.Gather(x, n.b.Reshape(n.part(tuples, last, j, 1), is[:last]), batch)
		batch = last
	}
	return x
}

// width returns the number of indices in each tuple of a tensor of shape is, which
// are along the axes of a tensor of shape s from axis batch on.
func (n *node) width(is, s tensor.Shape, batch int) int {
	if len(is) == 0 || batch+is[len(is)-1] > len(s) {
		n.Failf("index tuples of shape %v for a tensor of shape %v", is, s)
	}
	return is[len(is)-1]
}

// tuples reads input i, index tuples along the axes of a tensor of shape s from
// axis batch on, and returns which block of the tensor each names, and how many
// elements a block has.
func (n *node) tuples(i int, s tensor.Shape, batch int) (blocks []int, size int) {
	is := n.ShapeOf(n.Value(i))
	width := n.width(is, s, batch)
	list := n.IntsIn(i)
	n.Spend(len(list))
	count := extent(is[:len(is)-1])
	perBatch := max(1, extent(is[batch:len(is)-1]))
	blocks = make([]int, count)
	for k := range blocks {
		flat := k / perBatch
		for j := range width {
			d := s[batch+j]
			flat = flat*d + n.inside(list[k*width+j], d)
		}
		blocks[k] = flat
	}
	return blocks, extent(s[batch+width:])
}
