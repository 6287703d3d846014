// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

const scatterNote = "with indices that are known when the model is loaded"

var (
	_ = register("Scatter", since(9), lowerScatterElements, note(scatterNote))
	_ = register("ScatterElements", since(11), lowerScatterElements, note(scatterNote))
	_ = register("ScatterND", since(11), lowerScatterND, note(scatterNote))
)

// lowerScatterElements puts single updates in place of elements: the index along
// the axis is given for each update, the others are its own.
//
// https://onnx.ai/onnx/operators/onnx__ScatterElements.html
func lowerScatterElements(n *node) []*value {
	v, updates := n.Value(0), n.Value(2)
	s := n.ShapeOf(v)
	if !n.ShapeOf(n.Value(1)).Equal(n.ShapeOf(updates)) {
		n.Failf("%v indices for %v updates", n.ShapeOf(n.Value(1)), n.ShapeOf(updates))
	}
	return n.scatter(v, updates, 1, n.alongAxis(1, s, n.Axis(n.Int("axis", 0), len(s))))
}

// lowerScatterND puts updates in place of slices: the last axis of the indices
// holds the indices along the first axes of the data.
//
// https://onnx.ai/onnx/operators/onnx__ScatterND.html
func lowerScatterND(n *node) []*value {
	v, updates := n.Value(0), n.Value(2)
	s, is := n.ShapeOf(v), n.ShapeOf(n.Value(1))
	at, block := n.tuples(1, s, 0)
	if want := slices.Concat(is[:len(is)-1], s[is[len(is)-1]:]); !n.ShapeOf(updates).Equal(want) {
		n.Failf("updates of shape %v, want %v", n.ShapeOf(updates), want)
	}
	return n.scatter(v, updates, block, at)
}

// scatter replaces blocks of v, or combines them, as attribute reduction says,
// with those of updates: update k belongs at block at[k]. Without a reduction
// the last of several updates of a block counts.
func (n *node) scatter(v, updates *value, block int, at []int) []*value {
	reduction := n.String("reduction", "none")
	s := n.ShapeOf(v)
	if len(at) == 0 || extent(s) == 0 {
		return []*value{v}
	}
	count := extent(s) / block
	n.Spend(count)
	flat := n.regrouped(v, tensor.Shape{count, block})[0]
	updates = n.regrouped(updates, tensor.Shape{len(at), block})[0]
	if reduction == "none" {
		index := ramp(0, count, 1)
		for k, i := range at {
			index[i] = count + k
		}
		return n.regrouped(n.pick(n.join(0, flat, updates), 0, index, 0), s)
	}
	n.In(0) // which must be a floating-point tensor
	y := n.check(n.im.promote(flat))
	for _, layer := range layers(at) {
		n.Spend(count)
		y = n.combine(reduction, y, updates, count, layer)
	}
	return floats(n.b.Reshape(y, s))
}

// layers splits updates so that no two of one layer have the same place: each
// layer maps places to updates.
func layers(at []int) []map[int]int {
	var out []map[int]int
	seen := map[int]int{}
	for k, i := range at {
		if seen[i] == len(out) {
			out = append(out, map[int]int{})
		}
		out[seen[i]][i] = k
		seen[i]++
	}
	return out
}

// combine combines the blocks of y with the updates of one layer.
func (n *node) combine(reduction string, y graph.ID, updates *value, count int, layer map[int]int) graph.ID {
	// placed returns the updates in their places, the rest taken from other.
	index := slices.Repeat([]int{-1}, count)
	for i, k := range layer {
		index[i] = k
	}
	placed := func(fill float64) graph.ID { return n.check(n.im.promote(n.pick(updates, 0, index, fill))) }
	switch reduction {
	case "add":
		return n.b.Sum(y, placed(0))
	case "mul":
		return n.b.Mul(y, placed(1))
	case "max", "min":
		for i := range index {
			if index[i] < 0 {
				index[i] = i
			} else {
				index[i] += count
			}
		}
		both := n.join(0, &value{dtype: updates.dtype, id: y}, updates)
		z := n.check(n.im.promote(n.pick(both, 0, index, 0)))
		to := append(tensor.Shape{1}, n.Shape(y)...)
		pair := n.b.Concat(0, n.b.Reshape(y, to), n.b.Reshape(z, to))
		if reduction == "max" {
			return n.b.Max(pair, 0)
		}
		return n.b.Linear(0, []float64{-1}, n.b.Max(n.b.Linear(0, []float64{-1}, pair), 0))
	}
	n.Failf("reduction %q is not supported", reduction)
	return -1
}
