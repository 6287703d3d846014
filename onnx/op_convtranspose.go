// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("ConvTranspose", since(1), one(lowerConvTranspose),
	note("any number of spatial axes, groups, strides, dilations, pads, output_padding, output_shape, auto_pad"))

// A spread is how ConvTranspose spreads one spatial axis of extent In: input
// element i and kernel element k add to the place i·Stride + k·Dilation − Before
// of Out places.
type spread struct{ In, Kernel, Stride, Dilation, Before, Out int }

// lowerConvTranspose lowers the transpose of a convolution to one contraction.
// With the stride s the place o is s·q + p − Before for a block q and a phase p,
// and the kernel elements that reach it are p, p + s, …:
//
//	Y[n, g, m, q…, p…] = ∑_{c, t…} X[n, g, c, (q − t)…] · W[g, c, m, (p + s·t)…]
//
// so nothing is multiplied with zeros that were stuffed in, other than where s
// does not divide the kernel.
//
// https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
func lowerConvTranspose(n *node) graph.ID {
	x, w := n.In(0), n.In(1)
	xs, ws := n.Shape(x), n.Shape(w)
	in := n.spatial(xs)
	groups := n.Small("group", []int64{n.Int("group", 1)}, 1)[0]
	if len(ws) != len(xs) || ws[0] != xs[1] || ws[0]%groups != 0 {
		n.Failf("weights of shape %v do not fit an input of shape %v with %d groups", ws, xs, groups)
	}
	kernel := []int(ws[2:])
	if k := n.Ints("kernel_shape"); k != nil && !slices.Equal(n.Small("kernel_shape", k, 1), kernel) {
		n.Failf("kernel_shape %v, but the weights have shape %v", k, ws)
	}
	d := len(in)
	over := n.spreads(in, kernel)
	for i, a := range over {
		if a.Stride > 1 && a.Dilation > 1 {
			w = n.dilate(w, 2+i, a.Dilation)
			over[i].Kernel, over[i].Dilation = a.Kernel*a.Dilation, 1
		}
	}

	// Labels: batch, group, input channel, output channel; then for each axis
	// block, tap and phase.
	channels, features := ws[0]/groups, ws[1]
	c := tensor.Contraction{Extents: []int{xs[0], groups, channels, features}, A: []int{0, 1, 2}, B: []int{1, 2, 3}, Out: []int{0, 1, 3}}
	label := func(extent int) int {
		c.Extents = append(c.Extents, extent)
		return len(c.Extents) - 1
	}
	xv := tensor.View{From: xs, Axes: xs[:2].Clone(), Index: tensor.Identity(xs).Index[:2]}
	wv := tensor.View{From: n.Shape(w), Axes: ws[:2].Clone(), Index: tensor.Identity(ws).Index[:2]}
	blocks, full := slices.Clone(xs[:1]), slices.Clone(xs[:1])
	blocks, full = append(blocks, groups*features), append(full, groups*features)
	view := tensor.Identity(blocks)
	start := []int{0, 0}
	for i, a := range over {
		phases := min(a.Stride, a.Kernel)
		taps := (a.Kernel + phases - 1) / phases
		first := floorDiv(a.Before, a.Stride)
		count := floorDiv(a.Before+a.Out-1, a.Stride) - first + 1
		block, tap, phase := label(count), label(taps), label(phases)
		c.A = append(c.A, block, tap)
		c.B = append(c.B, tap, phase)
		c.Out = append(c.Out, block, phase)
		r := len(xv.Axes)
		xv.Index = append(xv.Index, tensor.Affine{Offset: first, Terms: []tensor.Term{{Axis: r, Coef: 1}, {Axis: r + 1, Coef: -a.Dilation}}})
		xv.Axes = append(xv.Axes, count, taps)
		wv.Index = append(wv.Index, tensor.Affine{Terms: []tensor.Term{{Axis: r, Coef: phases}, {Axis: r + 1, Coef: 1}}})
		wv.Axes = append(wv.Axes, taps, phases)
		// A kernel shorter than the stride leaves gaps after its phases.
		blocks = append(blocks, count, phases)
		view.Axes = append(view.Axes, count, a.Stride)
		view.Index = append(view.Index, tensor.Affine{Terms: []tensor.Term{{Axis: 2 + 2*i, Coef: 1}}}, tensor.Affine{Terms: []tensor.Term{{Axis: 3 + 2*i, Coef: 1}}})
		if count > tensor.MaxElements/a.Stride {
			n.Failf("spatial axis %d would have %d places", i, a.Out)
		}
		full = append(full, count*a.Stride)
		start = append(start, a.Before-first*a.Stride)
	}
	xv.To = slices.Concat(tensor.Shape{xs[0], groups, channels}, xv.Axes[2:])
	wv.To = slices.Concat(tensor.Shape{groups, channels, features}, wv.Axes[2:])
	y := n.b.Contract(n.b.View(x, xv, 0), n.stored(w, wv), c)
	view.From, view.To = blocks, full
	if !view.Axes.Equal(view.From) {
		y = n.b.View(y, view, 0)
	}
	y = n.b.Reshape(y, full)
	to := slices.Clone(full[:2])
	for _, a := range over {
		to = append(to, a.Out)
	}
	if !to.Equal(full) {
		crop, err := tensor.Slice(full, start, to, repeat(1, len(to)))
		if err != nil {
			n.Fail(err)
		}
		y = n.b.View(y, crop, 0)
	}
	if n.Has(2) {
		y = n.b.Sum(y, n.channels(n.In(2), groups*features, d))
	}
	return y
}

// spreads reads the attributes of ConvTranspose:
//
//	out = stride·(in − 1) + output_padding + (kernel − 1)·dilation + 1 − before − after
func (n *node) spreads(in tensor.Shape, kernel []int) []spread {
	d := len(in)
	per := func(name string, def, lo int64, count int) []int {
		xs := n.Ints(name)
		if xs == nil {
			return slices.Repeat([]int{int(def)}, count)
		}
		if len(xs) != count {
			n.Failf("%s %v does not fit %d spatial axes", name, xs, d)
		}
		return n.Small(name, xs, lo)
	}
	strides, dilations := per("strides", 1, 1, d), per("dilations", 1, 1, d)
	pads, more := per("pads", 0, 0, 2*d), per("output_padding", 0, 0, d)
	auto := n.String("auto_pad", "NOTSET")
	var shape []int
	if n.HasAttr("output_shape") {
		shape = per("output_shape", 0, 1, d)
	}
	out := make([]spread, d)
	for i := range out {
		a := spread{In: in[i], Kernel: kernel[i], Stride: strides[i], Dilation: dilations[i], Before: pads[i]}
		room := a.Stride*(a.In-1) + more[i] + (a.Kernel-1)*a.Dilation + 1
		switch {
		case shape != nil:
			a.Out = shape[i]
		case auto == "NOTSET":
			a.Out = room - pads[i] - pads[d+i]
		case auto == "VALID":
			a.Before, a.Out = 0, room
		case auto == "SAME_UPPER" || auto == "SAME_LOWER":
			a.Out = a.In * a.Stride
		default:
			n.Failf("auto_pad %q is not supported", auto)
		}
		if shape != nil || auto == "SAME_UPPER" || auto == "SAME_LOWER" {
			total := max(0, room-a.Out)
			a.Before = total / 2
			if auto != "SAME_UPPER" {
				a.Before = total - total/2
			}
		}
		if a.Out <= 0 || a.Out > tensor.MaxElements {
			n.Failf("spatial axis %d would have %d places", i, a.Out)
		}
		out[i] = a
	}
	return out
}

// dilate puts zeros after each element of w along an axis, so that elements are
// by apart.
func (n *node) dilate(w graph.ID, axis, by int) graph.ID {
	s := n.Shape(w)
	view := tensor.Identity(slices.Insert(s.Clone(), axis+1, 1))
	view.Axes[axis+1] = by
	view.To = s.Clone()
	if by > tensor.MaxElements/s[axis] {
		n.Failf("dilation %d is too large", by)
	}
	view.To[axis] *= by
	return n.stored(w, view)
}

// stored returns a view of w, which is stored if w is a constant even if the
// view is the larger: its elements are padding and those of w.
func (n *node) stored(w graph.ID, view tensor.View) graph.ID {
	data := n.b.ConstData(w)
	if data == nil || view.To.Size() <= len(data) {
		return n.b.View(w, view, 0)
	}
	if err := view.Check(len(data)); err != nil {
		n.Fail(err)
	}
	if view.To.Size() > 8*len(data) {
		n.SpendOn(view.To)
	}
	out := make([]float32, view.To.Size())
	for i, j := range view.Table() {
		if j != tensor.Padding {
			out[i] = data[j]
		}
	}
	return n.b.Const(view.To, out)
}

// floorDiv returns ⌊a/b⌋ for b > 0.
func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
