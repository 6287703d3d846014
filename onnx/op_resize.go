// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/tensor"
)

const resizeNote = "modes nearest, linear and cubic with every coordinate transformation, to sizes or by scales that are known when the model is loaded; an antialias filter only where nothing shrinks"

var (
	_ = register("Upsample", since(7), func(n *node) []*value { return upsample(n, n.Floats("scales")) }, note("by scales that are known when the model is loaded"))
	_ = register("Upsample", since(9), func(n *node) []*value { return upsample(n, n.FloatsIn(1)) })
	_ = register("Resize", since(10), func(n *node) []*value { return upsample(n, n.FloatsIn(1)) }, note(resizeNote))
	_ = register("Resize", since(11), lowerResize, note(resizeNote))
)

var _ = skip("node/test_resize_*_antialias", "the antialias filter is not supported")

// upsample resizes input 0 by scales, one per axis, where place i of the result
// is place i/scale of the input.
//
// https://onnx.ai/onnx/operators/onnx__Upsample.html
func upsample(n *node, scales []float32) []*value {
	r := resizing{mode: n.String("mode", "nearest"), transform: "asymmetric", rounding: "floor"}
	if r.mode == "bilinear" {
		r.mode = "linear"
	}
	s := n.ShapeOf(n.Value(0))
	if len(scales) != len(s) {
		n.Failf("%d scales for shape %v", len(scales), s)
	}
	r.axes = axes(0, len(s))
	r.byScale(n, s, scales)
	return r.apply(n)
}

// lowerResize interpolates along the listed axes, by default all: the place i of
// the result is the place coordinate(i) of the input.
//
// https://onnx.ai/onnx/operators/onnx__Resize.html
func lowerResize(n *node) []*value {
	r := resizing{
		mode:      n.String("mode", "nearest"),
		transform: n.String("coordinate_transformation_mode", "half_pixel"),
		rounding:  n.String("nearest_mode", "round_prefer_floor"),
		a:         n.Float("cubic_coeff_a", -0.75),
		exclude:   n.Bool("exclude_outside", false),
		outside:   n.Float("extrapolation_value", 0),
	}
	s := n.ShapeOf(n.Value(0))
	r.axes = axes(0, len(s))
	if n.HasAttr("axes") {
		r.axes = n.Axes(n.Ints("axes"), len(s))
	}
	policy := n.String("keep_aspect_ratio_policy", "stretch")
	switch scales, sizes := n.listed(2), n.listed(3); {
	case scales == sizes:
		n.Failf("it needs scales or sizes, and not both")
	case scales:
		r.byScale(n, s, n.FloatsIn(2))
	default:
		r.bySize(n, s, n.Small("sizes", n.IntsIn(3), 1), policy)
	}
	if n.Bool("antialias", false) {
		for i, axis := range r.axes {
			if r.out[i] < s[axis] {
				n.Failf("an antialias filter is not supported where the result is smaller: axis %d shrinks from %d to %d", axis, s[axis], r.out[i])
			}
		}
	}
	if r.transform == "tf_crop_and_resize" {
		for _, x := range n.FloatsIn(1) {
			r.roi = append(r.roi, float64(x))
		}
		if len(r.roi) != 2*len(r.axes) {
			n.Failf("a region of %d numbers for %d axes", len(r.roi), len(r.axes))
		}
	}
	return r.apply(n)
}

// listed reports whether input i is there and has elements.
func (n *node) listed(i int) bool { return n.Has(i) && extent(n.ShapeOf(n.Value(i))) > 0 }

// A resizing is how Resize interpolates. out and scale are per axis of axes.
type resizing struct {
	mode, transform, rounding string
	axes                      []int
	out                       []int
	scale                     []float64
	roi                       []float64
	a, outside                float64
	exclude                   bool
}

// byScale sets what follows from a scale for each axis. One that maps the axis to
// a whole number of places is that quotient: 0.33333 is a third.
func (r *resizing) byScale(n *node, s tensor.Shape, scales []float32) {
	if len(scales) != len(r.axes) {
		n.Failf("%d scales for %d axes", len(scales), len(r.axes))
	}
	for i, axis := range r.axes {
		if !(scales[i] > 0) || !(scales[i] < maxExtent) {
			n.Failf("scale %v of axis %d", scales[i], axis)
		}
		product := scales[i] * float32(s[axis])
		size, scale := int(product), float64(scales[i])
		if math.Abs(scale*float64(s[axis])-float64(size)) < 1e-6*float64(size) {
			scale = float64(size) / float64(s[axis])
		}
		r.add(n, axis, size, scale)
	}
}

// bySize sets what follows from an extent for each axis. A policy other than
// stretch uses the least or the largest scale for all of them.
func (r *resizing) bySize(n *node, s tensor.Shape, sizes []int, policy string) {
	if len(sizes) != len(r.axes) {
		n.Failf("%d sizes for %d axes", len(sizes), len(r.axes))
	}
	scale := 0.0
	for i, axis := range r.axes {
		each := float64(sizes[i]) / float64(s[axis])
		switch {
		case policy == "stretch":
			r.add(n, axis, sizes[i], each)
		case policy != "not_larger" && policy != "not_smaller":
			n.Failf("keep_aspect_ratio_policy %q is not supported", policy)
		case i == 0 || (each < scale) == (policy == "not_larger"):
			scale = each
		}
	}
	if policy != "stretch" {
		for _, axis := range r.axes {
			r.add(n, axis, int(math.Floor(scale*float64(s[axis])+0.5)), scale)
		}
	}
}

func (r *resizing) add(n *node, axis, size int, scale float64) {
	if size < 1 || size > tensor.MaxElements {
		n.Failf("axis %d would have %d places", axis, size)
	}
	r.out, r.scale = append(r.out, size), append(r.scale, scale)
}

// apply interpolates along one axis after the other.
func (r *resizing) apply(n *node) []*value {
	v := n.Value(0)
	for i, axis := range r.axes {
		n.Spend(r.out[i])
		in := n.ShapeOf(v)[axis]
		at := make([]float64, r.out[i])
		for o := range at {
			at[o] = r.coordinate(n, i, float64(o), float64(in))
			if !(math.Abs(at[o]) <= maxExtent) {
				n.Failf("coordinate %v is out of range", at[o])
			}
		}
		if r.mode == "nearest" {
			v = n.pick(v, axis, r.nearest(n, at, in), 0)
		} else {
			v = r.interpolate(n, v, axis, at, in)
		}
		if r.transform == "tf_crop_and_resize" {
			index := ramp(0, len(at), 1)
			for o, x := range at {
				if x < 0 || x > float64(in-1) {
					index[o] = -1
				}
			}
			v = n.pick(v, axis, index, r.outside)
		}
	}
	return []*value{v}
}

// coordinate maps place x of axis i of the result to the input, of extent in.
func (r *resizing) coordinate(n *node, i int, x, in float64) float64 {
	out, scale := float64(r.out[i]), r.scale[i]
	switch r.transform {
	case "half_pixel":
		return (x+0.5)/scale - 0.5
	case "pytorch_half_pixel":
		if out == 1 {
			return 0
		}
		return (x+0.5)/scale - 0.5
	case "half_pixel_symmetric":
		return in/2*(1-out/(scale*in)) + (x+0.5)/scale - 0.5
	case "align_corners":
		// The extent before it is rounded down, as ONNX's reference has it.
		if length := scale * in; length != 1 {
			return x * (in - 1) / (length - 1)
		}
		return 0
	case "asymmetric":
		return x / scale
	case "tf_half_pixel_for_nn":
		return (x + 0.5) / scale
	case "tf_crop_and_resize":
		start, end := r.roi[i], r.roi[len(r.axes)+i]
		if out == 1 {
			return (start + end) / 2 * (in - 1)
		}
		return start*(in-1) + x*(end-start)*(in-1)/(out-1)
	}
	n.Failf("coordinate_transformation_mode %q is not supported", r.transform)
	return 0
}

// nearest rounds coordinates to places of the input.
func (r *resizing) nearest(n *node, at []float64, in int) []int {
	round := map[string]func(x float64) float64{
		"round_prefer_floor": func(x float64) float64 { return math.Ceil(x - 0.5) },
		"round_prefer_ceil":  func(x float64) float64 { return math.Floor(x + 0.5) },
		"floor":              math.Floor,
		"ceil":               math.Ceil,
	}[r.rounding]
	if round == nil {
		n.Failf("nearest_mode %q is not supported", r.rounding)
	}
	out := make([]int, len(at))
	for o, x := range at {
		// A coordinate that is a whole number may miss it by an error of rounding.
		if whole := math.Round(x); math.Abs(x-whole) < 1e-9*float64(in) {
			x = whole
		} else if half := math.Floor(x) + 0.5; math.Abs(x-half) < 1e-9*float64(in) {
			x = half
		}
		out[o] = int(min(max(round(x), 0), float64(in-1)))
	}
	return out
}
