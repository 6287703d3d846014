// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("EmbedLayerNormalization", since(1), lowerEmbedLayerNormalization, in("com.microsoft"), note("without a mask"))

// lowerEmbedLayerNormalization adds the rows of tables for words, positions and
// segments up and normalizes the sum over the last axis.
//
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
func lowerEmbedLayerNormalization(n *node) []*value {
	n.Ignore("mask_index_type")
	if n.Has(7) || n.UsesOutput(1) {
		n.Failf("a mask is not supported")
	}
	ids := n.ShapeOf(n.Value(0))
	if len(ids) != 2 {
		n.Failf("words of shape %v, want samples and positions", ids)
	}
	x := n.rows(2, n.Value(0))
	if n.Has(8) {
		x = n.b.Sum(x, n.rows(3, n.Value(8)))
	} else {
		table := n.In(3)
		if s := n.Shape(table); len(s) != 2 || s[0] < ids[1] {
			n.Failf("positions of shape %v for %d words", s, ids[1])
		}
		x = n.b.Sum(x, n.part(table, 0, 0, ids[1]))
	}
	if n.Has(1) && n.Has(4) {
		x = n.b.Sum(x, n.rows(4, n.Value(1)))
	}
	s := n.Shape(x)
	y, _, _ := n.normalized(x, over(s, len(s)-1), n.Float("epsilon", 1e-12))
	y = n.b.Sum(n.b.Mul(y, n.param(5, nil, s)), n.param(6, nil, s))
	return slices.Concat(floats(y), []*value{nil}, floats(x))
}

// rows returns the rows of table, an input, that index lists.
func (n *node) rows(table int, index *value) graph.ID {
	v := n.Value(table)
	s := n.ShapeOf(v)
	if len(s) != 2 {
		n.Failf("input %d has shape %v, want rows", table, s)
	}
	if index.host == nil {
		return n.lookup(n.In(table), 0, index)
	}
	ids, err := index.host.Ints()
	if err != nil {
		n.Fail(err)
	}
	n.Spend(len(ids))
	list := make([]int, len(ids))
	for i, x := range ids {
		list[i] = n.inside(x, s[0])
	}
	to := slices.Concat(index.host.shape, tensor.Shape{s[1]})
	return n.check(n.im.promote(n.regrouped(n.pick(v, 0, list, 0), to)[0]))
}
