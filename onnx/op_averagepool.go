// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("AveragePool", since(1), one(lowerAveragePool))

// lowerAveragePool contracts the windows of X with the reciprocal of the number
// of elements that count: those inside the input, or, with count_include_pad,
// inside the input and its pads. Padding is 0 and adds nothing to the sum.
//
//	Y[n, c, o…] = ∑_{k…} X[n, c, window(o, k)…] / count(o…)
//
// https://onnx.ai/onnx/operators/onnx__AveragePool.html
func lowerAveragePool(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	view, slid := n.pool(s)
	withPads := n.Bool("count_include_pad", false)
	d := len(slid)
	counts, kernel := view.To[2:2+d], view.To[2+d:]

	// The number of elements that count is a product over the axes.
	count := func(axis, y int) int {
		w := slid[axis]
		from, to := 0, w.In
		if withPads {
			from, to = -w.Before, w.In+w.After
		}
		return w.real(y, from, to)
	}
	same := true
	for i, w := range slid {
		n.Spend(w.Count)
		for y := range w.Count {
			c := count(i, y)
			if c == 0 {
				n.Failf("window %d of spatial axis %d has padding only", y, i)
			}
			same = same && c == count(i, 0)
		}
	}
	positions := slices.Clone(counts)
	if same {
		positions = make(tensor.Shape, d)
		for i := range positions {
			positions[i] = 1
		}
	}
	n.SpendOn(slices.Concat(positions, kernel))
	weights := []float64{1}
	for i, extent := range positions {
		next := make([]float64, 0, len(weights)*extent)
		for _, outer := range weights {
			for y := range extent {
				next = append(next, outer/float64(count(i, y)))
			}
		}
		weights = next
	}
	return n.average(n.b.View(x, view, 0), counts, kernel, weights, same)
}

// average contracts windows, N·C·counts…·kernel…, with a weight per position, or
// the first weight if they are all the same.
func (n *node) average(windows graph.ID, counts, kernel tensor.Shape, weights []float64, same bool) graph.ID {
	d := len(kernel)
	s := n.Shape(windows)
	c := tensor.Contraction{Extents: s, A: axes(0, len(s)), Out: axes(0, len(s)-d), B: axes(2, len(s))}
	shape := slices.Concat(counts, kernel)
	if same {
		c.B, shape, weights = axes(len(s)-d, len(s)), kernel, weights[:1]
	}
	data := make([]float32, 0, shape.Size())
	for _, w := range weights {
		for range kernel.Size() {
			data = append(data, float32(w))
		}
	}
	return n.b.Contract(windows, n.b.Const(shape.Clone(), data), c)
}

// axes lists from, from+1, … to−1.
func axes(from, to int) []int {
	out := make([]int, 0, max(0, to-from))
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}
