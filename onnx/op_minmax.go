// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Max", since(1), one(lowerMax), onHost(hostVariadic(lowerMax, func(x, y int64) int64 { return max(x, y) })))
	_ = register("Min", since(1), one(lowerMin), onHost(hostVariadic(lowerMin, func(x, y int64) int64 { return min(x, y) })))
	_ = register("Mean", since(1), one(lowerMean))
)

// lowerMax takes the maximum of any number of broadcasting tensors: that with one
// number is a clip, that of others a maximum over an axis along which they are
// joined.
//
// https://onnx.ai/onnx/operators/onnx__Max.html
func lowerMax(n *node) graph.ID {
	xs := n.all()
	if len(xs) == 2 {
		for i, x := range xs {
			if c, ok := n.scalar(x, xs[1-i]); ok {
				return n.b.Map(x, graph.Func{Name: "clip", Params: []float64{c, math.Inf(1)}})
			}
		}
	}
	return n.greatest(xs)
}

// lowerMin is −max(−x…).
//
// https://onnx.ai/onnx/operators/onnx__Min.html
func lowerMin(n *node) graph.ID {
	xs := n.all()
	if len(xs) == 2 {
		for i, x := range xs {
			if c, ok := n.scalar(x, xs[1-i]); ok {
				return n.b.Map(x, graph.Func{Name: "clip", Params: []float64{math.Inf(-1), c}})
			}
		}
	}
	if len(xs) == 1 {
		return xs[0]
	}
	for i, x := range xs {
		xs[i] = n.b.Linear(0, []float64{-1}, x)
	}
	return n.b.Linear(0, []float64{-1}, n.greatest(xs))
}

// lowerMean averages any number of broadcasting tensors.
//
// https://onnx.ai/onnx/operators/onnx__Mean.html
func lowerMean(n *node) graph.ID {
	xs := n.all()
	return n.b.Linear(0, slices.Repeat([]float64{1 / float64(len(xs))}, len(xs)), xs...)
}

// all returns the inputs, of which there must be one.
func (n *node) all() []graph.ID {
	n.Ignore("consumed_inputs") // a memory hint of version 1
	if n.NumInputs() == 0 {
		n.Failf("it has no inputs")
	}
	xs := make([]graph.ID, n.NumInputs())
	for i := range xs {
		xs[i] = n.In(i)
	}
	return xs
}

// greatest takes the elementwise maximum of xs.
func (n *node) greatest(xs []graph.ID) graph.ID {
	if len(xs) == 1 {
		return xs[0]
	}
	to := n.broadcast(xs...)
	joined := make([]graph.ID, len(xs))
	for i, x := range xs {
		joined[i] = n.b.Reshape(n.b.BroadcastTo(x, to), slices.Concat(tensor.Shape{1}, to))
	}
	return n.b.Max(n.b.Concat(0, joined...), 0)
}

// broadcast returns the shape that xs broadcast to.
func (n *node) broadcast(xs ...graph.ID) tensor.Shape {
	to := n.Shape(xs[0])
	for _, x := range xs[1:] {
		s, err := tensor.Broadcast(to, n.Shape(x))
		if err != nil {
			n.Fail(err)
		}
		to = s
	}
	return to
}

// hostVariadic computes an operator of any number of broadcasting integers known
// now; floating-point numbers are lowered.
func hostVariadic(lower func(n *node) graph.ID, f func(x, y int64) int64) lowering {
	return func(n *node) []*value {
		if n.NumInputs() == 0 || n.Value(0).dtype.IsFloat() {
			return floats(lower(n))
		}
		acc, data := n.Value(0), n.IntsIn(0)
		shape := acc.host.shape
		for i := 1; i < n.NumInputs(); i++ {
			n.sameTypes(0, i)
			next := n.IntsIn(i)
			p := n.pairs(shape, n.Value(i).host.shape)
			out := make([]int64, len(p.x))
			for k := range out {
				out[k] = f(data[p.x[k]], next[p.y[k]])
			}
			shape, data = p.shape, out
		}
		return []*value{hostInts(acc.dtype, shape, data)}
	}
}
