// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = registerReduction("ReduceSum", 13, reducer{of: func(n *node, x graph.ID, r reduction) graph.ID { return n.sum(x, r, 1) },
		ints: addInts})
	_ = registerReduction("ReduceMean", 18, reducer{of: (*node).mean, none: math.NaN()})
	_ = registerReduction("ReduceMax", 18, reducer{of: (*node).max, none: math.Inf(-1), ints: func(_ *node, x, y int64) int64 { return max(x, y) }})
	_ = registerReduction("ReduceMin", 18, reducer{of: reduceMin, none: math.Inf(1), ints: func(_ *node, x, y int64) int64 { return min(x, y) }})
	_ = registerReduction("ReduceProd", 18, reducer{of: (*node).multiplied, none: 1, ints: mulInts})
	_ = registerReduction("ReduceSumSquare", 18, reducer{of: (*node).sumSquares})
	_ = registerReduction("ReduceL1", 18, reducer{of: func(n *node, x graph.ID, r reduction) graph.ID {
		return n.sum(n.b.Map(x, graph.Func{Name: "abs"}), r, 1)
	}})
	_ = registerReduction("ReduceL2", 18, reducer{of: func(n *node, x graph.ID, r reduction) graph.ID {
		return n.b.Map(n.sumSquares(x, r), graph.Func{Name: "sqrt"})
	}})
	_ = registerReduction("ReduceLogSum", 18, reducer{of: func(n *node, x graph.ID, r reduction) graph.ID {
		return n.b.Map(n.sum(x, r, 1), graph.Func{Name: "log"})
	}, none: math.Inf(-1)})
	_ = registerReduction("ReduceLogSumExp", 18, reducer{of: reduceLogSumExp, none: math.Inf(-1)})
)

var (
	_ = skip("node/test_reduce_max_empty_set", "there is no least number")
	_ = skip("node/test_reduce_min_empty_set", "there is no greatest number")
	_ = skip("node/test_reduce_log_sum_empty_set*", "the logarithm of 0 is no number")
	_ = skip("node/test_reduce_log_sum_exp_empty_set*", "the logarithm of 0 is no number")
	_ = skip("node/test_reduce_sum_empty_set_non_reduced_axis_zero*", "the output has no elements")
)

// A reducer computes a tensor that lacks the axes of a reduction. none is the
// result for no elements, ints reduces two integers known now to one.
type reducer struct {
	of   func(n *node, x graph.ID, r reduction) graph.ID
	none float64
	ints func(n *node, x, y int64) int64
}

// registerReduction registers an operator whose axes are an attribute, and an
// input from version input on.
//
// https://onnx.ai/onnx/operators/onnx__ReduceSum.html
func registerReduction(name string, input since, f reducer) struct{} {
	for _, form := range []struct {
		from since
		axes func(n *node) []int64
	}{
		{1, func(n *node) []int64 { return n.Ints("axes") }},
		{input, func(n *node) []int64 { return n.axesIn(1) }},
	} {
		lower := func(n *node) []*value { return f.lower(n, n.reduced(form.axes(n), form.from > 1)) }
		register(name, form.from, lower, onHost(lower))
	}
	return struct{}{}
}

// reduced returns the reduction of the listed axes of input 0, of all if there
// are none, unless noop_with_empty_axes, which only later versions know, is set.
func (n *node) reduced(list []int64, later bool) reduction {
	s := n.ShapeOf(n.Value(0))
	if noop := later && n.Bool("noop_with_empty_axes", false); len(list) == 0 && !noop {
		return over(s, axes(0, len(s))...)
	}
	return over(s, n.Axes(list, len(s))...)
}

func (f reducer) lower(n *node, r reduction) []*value {
	v, to := n.Value(0), r.without()
	if n.Bool("keepdims", true) {
		to = r.with
	}
	switch {
	case v.host != nil && v.dtype.IsInt() && f.ints != nil:
		return []*value{hostInts(v.dtype, to, f.host(n, r))}
	case extent(r.from) > 0:
		return floats(n.b.Reshape(f.of(n, n.In(0), r), to))
	case extent(to) == 0:
		return []*value{empty(v, to)}
	}
	n.SpendOn(to)
	return floats(n.b.Const(to, slices.Repeat([]float32{float32(f.none)}, to.Size())))
}

// host reduces integers.
func (f reducer) host(n *node, r reduction) []int64 {
	n.SpendOn(r.from)
	data := n.IntsIn(0)
	if len(data) == 0 {
		n.Failf("it has no elements")
	}
	kept, group, err := tensor.Reduce(r.from, r.axes)
	if err != nil {
		n.Fail(err)
	}
	out, seen := make([]int64, kept.Size()), make([]bool, kept.Size())
	for i, x := range data {
		if g := group[i]; seen[g] {
			out[g] = n.fits(n.Value(0).dtype, f.ints(n, out[g], x))
		} else {
			out[g], seen[g] = x, true
		}
	}
	return out
}

// reduceMin is −max(−x).
func reduceMin(n *node, x graph.ID, r reduction) graph.ID {
	minus := func(x graph.ID) graph.ID { return n.b.Linear(0, []float64{-1}, x) }
	return minus(n.max(minus(x), r))
}

// reduceLogSumExp is m + ln ∑ exp(x − m), where m is the maximum.
//
// https://onnx.ai/onnx/operators/onnx__ReduceLogSumExp.html
func reduceLogSumExp(n *node, x graph.ID, r reduction) graph.ID {
	m := n.max(x, r)
	e := n.b.Map(n.minus(x, m, r), graph.Func{Name: "exp"})
	return n.b.Sum(m, n.b.Map(n.sum(e, r, 1), graph.Func{Name: "log"}))
}
