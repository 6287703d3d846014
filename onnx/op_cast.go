// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
)

const castNote = "of values that depend on the network's input to integers: the type must hold them"

var (
	_ = register("Cast", since(6), func(n *node) []*value { return lowerCast(n, castTo(n)) },
		onHost(func(n *node) []*value { return hostCast(n, castTo(n)) }), note(castNote))
	_ = register("CastLike", since(15), func(n *node) []*value {
		if h := n.moved(0).host; h != nil && h.size() <= maxHost { // input 1 need not be known
			return hostCast(n, castLike(n))
		}
		return lowerCast(n, castLike(n))
	}, note(castNote))
)

var (
	_ = skip("node/test_cast*FLOAT8*", "narrow and low-precision types are not supported")
	_ = skip("node/test_cast*FLOAT4*", "narrow and low-precision types are not supported")
	_ = skip("node/test_cast*INT[24]*", "narrow and low-precision types are not supported")
	_ = skip("node/test_cast*FLOAT_to_BFLOAT16*", "the graph is over the reals: nothing is rounded to bfloat16")
)

// castTo reads the type to cast to.
func castTo(n *node) onnxpb.DataType {
	n.Ignore("saturate", "round_mode") // of types that are not supported
	t := onnxpb.DataType(n.Int("to", 0))
	if !t.Supported() {
		n.Failf("cast to %v is not supported", t)
	}
	return t
}

// castLike returns the type of input 1.
//
// https://onnx.ai/onnx/operators/onnx__CastLike.html
func castLike(n *node) onnxpb.DataType {
	n.Ignore("saturate", "round_mode")
	return n.moved(1).dtype
}

// lowerCast passes on a value whose new type is a floating-point one, or an
// integer type that holds the old one's values: the graph is over the reals, so
// nothing is rounded. Whatever is not 0 is true, and a floating-point number
// becomes the integer towards zero, which the type must hold.
//
// https://onnx.ai/onnx/operators/onnx__Cast.html
func lowerCast(n *node, t onnxpb.DataType) []*value {
	if from := n.moved(0).dtype; t != from {
		switch {
		case t == onnxpb.Bool:
			zero := n.b.Map(n.Real(0), graph.Func{Name: "iszero"})
			return []*value{{dtype: t, id: n.b.Linear(1, []float64{-1}, zero)}}
		case t.IsInt() && from.IsFloat():
			return []*value{{dtype: t, id: n.b.Map(n.Real(0), graph.Func{Name: "trunc"})}}
		}
	}
	v := *n.moved(0)
	if v.host != nil { // too large for the host
		v = value{id: n.Real(0)}
	}
	if v.dtype = t; t.IsFloat() {
		v.quantized = nil // reals now
	}
	return []*value{&v}
}

// hostCast converts numbers known now. A floating-point number becomes the
// integer towards zero; one that the integer type does not hold is an error.
func hostCast(n *node, t onnxpb.DataType) []*value {
	v := n.Value(0)
	h := v.host
	if v.dtype == t {
		return []*value{v}
	}
	if t.IsFloat() {
		x, err := h.reals()
		if err != nil {
			n.Fail(err)
		}
		return []*value{hostFloats(t, h.shape, x)}
	}
	n.Spend(h.size())
	out := make([]int64, 0, h.size())
	if v.dtype.IsInt() {
		for _, x := range n.IntsIn(0) {
			if t == onnxpb.Bool && x != 0 {
				x = 1
			}
			out = append(out, n.fits(t, x))
		}
		return []*value{hostInts(t, h.shape, out)}
	}
	for _, x := range n.FloatsIn(0) {
		switch {
		case t == onnxpb.Bool && x != 0:
			x = 1
		case !(math.Abs(float64(x)) < 1<<62):
			n.Failf("%v is not a value of type %v", x, t)
		}
		out = append(out, n.fits(t, int64(x)))
	}
	return []*value{hostInts(t, h.shape, out)}
}
