// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("CumSum", since(11), one(lowerCumSum), onHost(hostCumulate(lowerCumSum, addInts, 0)), note("along an axis that is known when the model is loaded"))

// A cumulation says which elements of an axis CumSum and CumProd take.
type cumulation struct {
	axis               int
	exclusive, reverse bool
}

func (n *node) cumulation(s tensor.Shape) cumulation {
	list := n.IntsIn(1)
	if len(list) != 1 {
		n.Failf("%d axes, want one", len(list))
	}
	return cumulation{n.Axis(list[0], len(s)), n.Bool("exclusive", false), n.Bool("reverse", false)}
}

// adds reports whether element j is part of sum i.
func (c cumulation) adds(i, j int) bool {
	if c.reverse {
		i, j = j, i
	}
	return j < i || j == i && !c.exclusive
}

// lowerCumSum contracts an axis with a triangle of ones.
//
// https://onnx.ai/onnx/operators/onnx__CumSum.html
func lowerCumSum(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	c := n.cumulation(s)
	count := s[c.axis]
	n.SpendOn(tensor.Shape{count, count})
	triangle := make([]float32, 0, count*count)
	for i := range count {
		for j := range count {
			if c.adds(i, j) {
				triangle = append(triangle, 1)
			} else {
				triangle = append(triangle, 0)
			}
		}
	}
	out := axes(0, len(s))
	out[c.axis] = len(s)
	return n.b.Contract(x, n.b.Const(tensor.Shape{count, count}, triangle), tensor.Contraction{
		Extents: append(s.Clone(), count), A: axes(0, len(s)), B: []int{len(s), c.axis}, Out: out})
}

// hostCumulate cumulates integers known now by f, whose neutral number is none;
// floating-point numbers are lowered.
func hostCumulate(lower func(n *node) graph.ID, f func(n *node, x, y int64) int64, none int64) lowering {
	return func(n *node) []*value {
		v := n.Value(0)
		if v.dtype.IsFloat() {
			return floats(lower(n))
		}
		data, s := n.IntsIn(0), v.host.shape
		c := n.cumulation(s)
		n.SpendOn(s)
		out := make([]int64, len(data))
		stride, count := extent(s[c.axis+1:]), s[c.axis]
		for line := 0; line < len(data); line++ {
			if line/stride%count != 0 {
				continue // not the first element of a line along the axis
			}
			all := none
			for k := range count {
				at := line + k*stride
				if c.reverse {
					at = line + (count-1-k)*stride
				}
				next := n.fits(v.dtype, f(n, all, data[at]))
				if out[at] = next; c.exclusive {
					out[at] = all
				}
				all = next
			}
		}
		return []*value{hostInts(v.dtype, s, out)}
	}
}
