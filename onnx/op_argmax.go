// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("ArgMax", since(1), func(n *node) []*value { return argmax(n, n.Real(0)) })
	_ = register("ArgMin", since(1), func(n *node) []*value { return argmax(n, n.b.Linear(0, []float64{-1}, n.Real(0))) })
)

// argmax returns the index, along an axis, of the first maximum, or with
// select_last_index (version 12) of the last.
//
// https://onnx.ai/onnx/operators/onnx__ArgMax.html
func argmax(n *node, x graph.ID) []*value {
	s := n.Shape(x)
	axis := n.Axis(n.Int("axis", 0), len(s))
	last := n.Bool("select_last_index", false)
	r := over(s, axis)
	rank := n.max(n.ranked(x, n.max(x, r), r, last), r)
	index := n.b.Linear(float64(s[axis]), []float64{-1}, rank)
	if last {
		index = n.b.Linear(-1, []float64{1}, rank)
	}
	if n.Bool("keepdims", true) {
		index = n.restore(index, r)
	}
	return []*value{{dtype: onnxpb.Int64, id: index}}
}

// ranked is positive where x is top, its maximum over the axes of r, and 0
// elsewhere: the first element has the number of elements, the last has 1, or, if
// last is set, the other way round.
func (n *node) ranked(x, top graph.ID, r reduction, last bool) graph.ID {
	isMax := n.b.Map(n.minus(x, top, r), graph.Func{Name: "iszero"})
	n.Spend(r.count())
	ranks := make([]float32, r.count())
	for i := range ranks {
		ranks[i] = float32(len(ranks) - i)
		if last {
			ranks[i] = float32(i + 1)
		}
	}
	shape := tensor.Shape{}
	for _, d := range r.axes {
		shape = append(shape, r.from[d])
	}
	all := axes(0, len(r.from))
	return n.b.Contract(isMax, n.b.Const(shape, ranks), tensor.Contraction{Extents: r.from, A: all, B: r.axes, Out: all})
}

// hardmax is 1 at the first maximum, 0 elsewhere.
//
// https://onnx.ai/onnx/operators/onnx__Hardmax.html
func hardmax(n *node, x graph.ID, r reduction) graph.ID {
	ranked := n.ranked(x, n.max(x, r), r, false)
	return n.b.Map(n.minus(ranked, n.max(ranked, r), r), graph.Func{Name: "iszero"})
}
