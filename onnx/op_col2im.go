// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Col2Im", since(18), one(lowerCol2Im), note("with image and block shapes that are known when the model is loaded"))

// lowerCol2Im adds blocks of C·block…·positions to an image: element k of the
// block at position q stands at place q·stride + k·dilation − pad. The positions
// are first set stride apart with zeros between, and the places that each element
// of the block reaches are then summed:
//
//	Y[n, c, i…] = ∑_{k…} X[n, c, k…, ((i + pad − k·dilation) / stride)…]
//
// https://onnx.ai/onnx/operators/onnx__Col2Im.html
func lowerCol2Im(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	image, block := n.Small("image_shape", n.IntsIn(1), 1), n.Small("block_shape", n.IntsIn(2), 1)
	d := len(image)
	if d == 0 || len(block) != d || len(s) != 3 {
		n.Failf("input of shape %v, image %v, block %v", s, image, block)
	}
	slid := n.slides(image, block, false)
	// Source axes: batch, channel, block…, then position and gap for each axis.
	size, positions := tensor.Shape(block).Size(), tensor.Shape{}
	if tensor.Shape(block).Check() != nil || s[1]%size != 0 {
		n.Failf("%d channels for blocks of %v", s[1], block)
	}
	outer := slices.Concat(tensor.Shape{s[0], s[1] / size}, block)
	stuff := tensor.Identity(outer)
	apart := outer.Clone()
	sum := tensor.View{Axes: slices.Concat(outer[:2], image, block), Index: tensor.Identity(outer).Index[:2]}
	for i := range d {
		sum.Index = append(sum.Index, tensor.Affine{Terms: []tensor.Term{{Axis: 2 + d + i, Coef: 1}}})
	}
	for i, w := range slid {
		positions = append(positions, w.Count)
		r := len(stuff.From)
		stuff.From = append(stuff.From, w.Count, 1)
		stuff.Axes = append(stuff.Axes, w.Count, w.Stride)
		stuff.Index = append(stuff.Index, tensor.Affine{Terms: []tensor.Term{{Axis: r, Coef: 1}}}, tensor.Affine{Terms: []tensor.Term{{Axis: r + 1, Coef: 1}}})
		apart = append(apart, w.Count*w.Stride)
		sum.Index = append(sum.Index, tensor.Affine{Offset: w.Before, Terms: []tensor.Term{{Axis: 2 + i, Coef: 1}, {Axis: 2 + d + i, Coef: -w.Dilation}}})
	}
	if positions.Check() != nil || positions.Size() != s[2] {
		n.Failf("%d blocks, want %v positions", s[2], positions)
	}
	stuff.To, sum.From, sum.To = apart, apart, sum.Axes
	y := n.b.View(n.b.View(x, stuff, 0), sum, 0)
	r := len(sum.Axes)
	return n.b.Contract(y, n.b.Scalar(1), tensor.Contraction{Extents: sum.Axes, A: axes(0, r), B: []int{}, Out: axes(0, 2+d)})
}
