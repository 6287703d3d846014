// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/tensor"
)

// A slide is how a kernel slides over one spatial axis of extent In: After is
// the padding at the end. With ceil_mode the last window may reach beyond it.
type slide struct {
	tensor.Window
	In, After int
}

// slides reads the attributes that convolutions and pools share and returns one
// slide per spatial axis. ceil asks for ONNX's ceil_mode.
//
//	count = ⌊(in + before + after − ((kernel − 1)·dilation + 1)) / stride⌋ + 1
func (n *node) slides(in tensor.Shape, kernel []int, ceil bool) []slide {
	d := len(in)
	if len(kernel) != d {
		n.Failf("kernel %v does not fit %d spatial axes", kernel, d)
	}
	perAxis := func(name string) []int {
		xs := n.Ints(name)
		if xs == nil {
			xs = make([]int64, d)
			for i := range xs {
				xs[i] = 1
			}
		}
		if len(xs) != d {
			n.Failf("%s %v does not fit %d spatial axes", name, xs, d)
		}
		return n.Small(name, xs, 1)
	}
	strides, dilations := perAxis("strides"), perAxis("dilations")
	pads := make([]int, 2*d)
	if xs := n.Ints("pads"); xs != nil {
		if len(xs) != 2*d {
			n.Failf("pads %v does not fit %d spatial axes", xs, d)
		}
		pads = n.Small("pads", xs, 0)
	}
	auto := n.String("auto_pad", "NOTSET")
	out := make([]slide, d)
	for i := range out {
		w := slide{In: in[i], After: pads[d+i], Window: tensor.Window{
			Kernel: kernel[i], Stride: strides[i], Dilation: dilations[i], Before: pads[i]}}
		span := (w.Kernel-1)*w.Dilation + 1
		switch auto {
		case "NOTSET":
		case "VALID":
			w.Before, w.After = 0, 0
		case "SAME_UPPER", "SAME_LOWER":
			count := (w.In + w.Stride - 1) / w.Stride
			total := max((count-1)*w.Stride+span-w.In, 0)
			w.Before, w.After = total/2, total-total/2
			if auto == "SAME_LOWER" {
				w.Before, w.After = w.After, w.Before
			}
		default:
			n.Failf("auto_pad %q is not supported", auto)
		}
		room := w.In + w.Before + w.After - span
		if room < 0 {
			n.Failf("spatial axis %d: a window of %d does not fit %d elements with pads of %d and %d", i, span, w.In, w.Before, w.After)
		}
		w.Count = room/w.Stride + 1
		if ceil && room%w.Stride != 0 && w.Count*w.Stride < w.In+w.Before {
			w.Count++ // a window that starts in the padding at the end is dropped
		}
		out[i] = w
	}
	return out
}

// windows returns the windows of slides.
func windows(s []slide) []tensor.Window {
	out := make([]tensor.Window, len(s))
	for i := range s {
		out[i] = s[i].Window
	}
	return out
}

// real returns how many elements of the window at position y lie in [from, to),
// where 0 is the first element of the axis.
func (s slide) real(y, from, to int) int {
	// reach is how many kernel positions lie before p.
	reach := func(p int) int {
		p -= y*s.Stride - s.Before
		return min(max(0, (p+s.Dilation-1)/s.Dilation), s.Kernel)
	}
	return reach(to) - reach(from)
}

// spatial splits the shape of an image tensor N·C·spatial….
func (n *node) spatial(s tensor.Shape) tensor.Shape {
	if len(s) < 3 {
		n.Failf("input has shape %v, want batch, channel and at least one spatial axis", s)
	}
	return s[2:]
}
