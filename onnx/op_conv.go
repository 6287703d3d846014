// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Conv", since(1), one(lowerConv), note("any number of spatial axes, groups, strides, dilations, pads, auto_pad"))

// lowerConv lowers a convolution to a contraction of the windows of X with W:
//
//	Y[n, g, m, o…] = ∑_{c, k…} X[n, g, c, o·stride + k·dilation − pad…] · W[g, m, c, k…] + B[g, m]
//
// https://onnx.ai/onnx/operators/onnx__Conv.html
func lowerConv(n *node) graph.ID {
	bias := none
	if n.Has(2) {
		bias = n.In(2)
	}
	return convolve(n, n.In(0), n.In(1), bias)
}

// convolve convolves x with w; bias may be none.
func convolve(n *node, x, w, bias graph.ID) graph.ID {
	xs, ws := n.Shape(x), n.Shape(w)
	in := n.spatial(xs)
	groups := n.Small("group", []int64{n.Int("group", 1)}, 1)[0]
	if len(ws) != len(xs) || ws[1]*groups != xs[1] || ws[0]%groups != 0 {
		n.Failf("weights of shape %v do not fit an input of shape %v with %d groups", ws, xs, groups)
	}
	kernel := []int(ws[2:])
	if k := n.Ints("kernel_shape"); k != nil && !slices.Equal(n.Small("kernel_shape", k, 1), kernel) {
		n.Failf("kernel_shape %v, but the weights have shape %v", k, ws)
	}
	slid := n.slides(in, kernel, false)
	view, err := tensor.Windows(xs, windows(slid))
	if err != nil {
		n.Fail(err)
	}
	counts := view.To[2 : 2+len(in)]

	// Labels: positions, kernel, batch, output channel, input channel, group. The
	// group axes are left out if there is one group.
	d := len(in)
	c := tensor.Contraction{Extents: slices.Concat(counts, kernel, []int{xs[0], ws[0] / groups, ws[1]})}
	batch, outc, inc, group := 2*d, 2*d+1, 2*d+2, []int{}
	var split tensor.Shape
	if groups > 1 {
		c.Extents = append(c.Extents, groups)
		group, split = []int{2*d + 3}, tensor.Shape{groups}
	}
	positions, inside := axes(0, d), axes(d, 2*d)
	c.A = slices.Concat([]int{batch}, group, []int{inc}, positions, inside)
	c.B = slices.Concat(group, []int{outc, inc}, inside)
	c.Out = slices.Concat([]int{batch}, group, []int{outc}, positions)
	view.To = slices.Concat(tensor.Shape{xs[0]}, split, tensor.Shape{ws[1]}, counts, kernel)
	w = n.b.Reshape(w, slices.Concat(split, tensor.Shape{ws[0] / groups}, ws[1:]))
	y := n.b.Contract(n.b.View(x, view, 0), w, c)
	y = n.b.Reshape(y, slices.Concat(tensor.Shape{xs[0], ws[0]}, counts))
	if bias != none {
		y = n.b.Sum(y, n.channels(bias, ws[0], d))
	}
	return y
}

// channels shapes a tensor of one number per channel for broadcasting against
// N·C·spatial….
func (n *node) channels(x graph.ID, count, spatial int) graph.ID {
	if s := n.Shape(x); s.Size() != count {
		n.Failf("shape %v, want one element for each of %d channels", s, count)
	}
	to := tensor.Shape{count}
	for range spatial {
		to = append(to, 1)
	}
	return n.b.Reshape(x, to)
}
