// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// A reduction says which axes of a shape an operator reduces: axes and the others,
// kept, in increasing order; with is the shape with extents 1 in their place.
type reduction struct {
	from       tensor.Shape
	axes, kept []int
	with       tensor.Shape
}

// over returns the reduction of the listed axes of s.
func over(s tensor.Shape, list ...int) reduction {
	r := reduction{from: s, with: s.Clone()}
	for d := range s {
		if slices.Contains(list, d) {
			r.axes = append(r.axes, d)
			r.with[d] = 1
		} else {
			r.kept = append(r.kept, d)
		}
	}
	return r
}

// without is the shape that lacks the axes.
func (r reduction) without() tensor.Shape {
	s := tensor.Shape{}
	for _, d := range r.kept {
		s = append(s, r.from[d])
	}
	return s
}

// count returns how many elements are reduced into one.
func (r reduction) count() int {
	c := 1
	for _, d := range r.axes {
		c *= r.from[d]
	}
	return c
}

// restore puts the axes, which reduced tensors below lack, back with extent 1.
func (n *node) restore(x graph.ID, r reduction) graph.ID { return n.b.Reshape(x, r.with) }

// sum adds weight times the elements of x over the axes of r.
func (n *node) sum(x graph.ID, r reduction, weight float64) graph.ID {
	if len(r.axes) == 0 && weight == 1 {
		return x
	}
	return n.b.Contract(x, n.b.Scalar(weight), tensor.Contraction{Extents: r.from, A: axes(0, len(r.from)), B: []int{}, Out: r.kept})
}

// mean averages x over the axes of r.
func (n *node) mean(x graph.ID, r reduction) graph.ID { return n.sum(x, r, 1/float64(r.count())) }

// sumSquares adds the squares of x over the axes of r.
func (n *node) sumSquares(x graph.ID, r reduction) graph.ID {
	all := axes(0, len(r.from))
	return n.b.Contract(x, x, tensor.Contraction{Extents: r.from, A: all, B: all, Out: r.kept})
}

// max takes the maximum of x over the axes of r.
func (n *node) max(x graph.ID, r reduction) graph.ID {
	if len(r.axes) == 0 {
		return x
	}
	return n.b.Max(x, r.axes...)
}

// scaled multiplies x, of the shape that r reduces, by a reduced tensor.
func (n *node) scaled(x, by graph.ID, r reduction) graph.ID {
	all := axes(0, len(r.from))
	return n.b.Contract(x, by, tensor.Contraction{Extents: r.from, A: all, B: r.kept, Out: all})
}

// minus subtracts a reduced tensor from x.
func (n *node) minus(x, reduced graph.ID, r reduction) graph.ID {
	return n.b.Linear(0, []float64{1, -1}, x, n.restore(reduced, r))
}

// multiplied multiplies the elements of x over the axes of r: halves of them, until
// one is left.
func (n *node) multiplied(x graph.ID, r reduction) graph.ID {
	left := r.count()
	x = n.b.Reshape(n.b.Transpose(x, slices.Concat(r.kept, r.axes)), append(r.without(), left))
	last := len(r.kept)
	part := func(from, count int) graph.ID {
		s := n.Shape(x)
		start, counts := make([]int, len(s)), slices.Clone([]int(s))
		start[last], counts[last] = from, count
		view, err := tensor.Slice(s, start, counts, repeat(1, len(s)))
		if err != nil {
			n.Fail(err)
		}
		return n.b.View(x, view, 0)
	}
	for left > 1 {
		half := left / 2
		y := n.b.Mul(part(0, half), part(half, half))
		if left%2 == 1 {
			y = n.b.Concat(last, y, part(left-1, 1))
		}
		x, left = y, left-half
	}
	return n.b.Reshape(x, r.without())
}
