// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/tensor"
)

const tileNote = "with repetitions that are known when the model is loaded"

var (
	_ = register("Tile", since(1), func(n *node) []*value {
		tiles, axis := n.countIn(1), n.countIn(2)
		repeats := repeat(int64(1), len(n.ShapeOf(n.Value(0))))
		repeats[n.Axis(axis, len(repeats))] = tiles
		return tile(n, repeats)
	}, note(tileNote))
	_ = register("Tile", since(6), func(n *node) []*value { return tile(n, n.IntsIn(1)) }, note(tileNote))
)

// countIn returns the one number of input i, an integer that version 1 of Tile
// states as a number of any type.
func (n *node) countIn(i int) int64 {
	if n.Value(i).dtype.IsFloat() {
		return int64(n.ScalarIn(i))
	}
	x := n.IntsIn(i)
	if len(x) != 1 {
		n.Failf("input %d has %d elements, want one", i, len(x))
	}
	return x[0]
}

// tile repeats input 0 along each axis.
//
//	y[…, r·extent + i, …] = x[…, i, …]
//
// https://onnx.ai/onnx/operators/onnx__Tile.html
func tile(n *node, list []int64) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	repeats := n.Small("repeats", list, 0)
	if len(repeats) != len(s) {
		n.Failf("repeats %v for shape %v", repeats, s)
	}
	to := s.Clone()
	view := tensor.View{From: s.Clone(), Index: make([]tensor.Affine, len(s))}
	for d, r := range repeats {
		if s[d] > 0 && r > tensor.MaxElements/s[d] {
			n.Failf("repeats %v for shape %v: the result is too large", repeats, s)
		}
		to[d] = s[d] * r
		if r != 1 {
			view.Axes = append(view.Axes, r)
		}
		view.Index[d] = tensor.Affine{Terms: []tensor.Term{{Axis: len(view.Axes), Coef: 1}}}
		view.Axes = append(view.Axes, s[d])
	}
	if err := checkExtents(to); err != nil {
		n.Fail(err)
	}
	if extent(to) == 0 {
		return []*value{empty(v, to)}
	}
	view.To = to
	return n.reindex(v, 0)(view, nil)
}
