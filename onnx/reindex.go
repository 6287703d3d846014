// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// reindex returns a view of v; padding elements are fill. Integers known now are
// moved on the host, everything else in the graph.
func (n *node) reindex(v *value, fill float64) func(view tensor.View, err error) []*value {
	return func(view tensor.View, err error) []*value {
		if err != nil {
			n.Fail(err)
		}
		if grown := v.host != nil && v.dtype.IsFloat() && view.From.Size() < view.To.Size() && view.To.Size() <= maxFilled; grown && !math.IsInf(fill, 0) {
			return n.reindexFloats(v, view, float32(fill))
		}
		if v.host == nil || v.dtype.IsFloat() {
			move := func(x graph.ID) graph.ID { return n.b.View(x, view, fill) }
			if view.Pads() {
				return like(v, move(n.check(n.im.promote(v))))
			}
			return []*value{n.through(v, move)}
		}
		ints, err := v.host.Ints()
		if err == nil {
			err = view.Check(len(ints))
		}
		if err != nil {
			n.Fail(err)
		}
		n.SpendOn(view.To)
		out := make([]int64, 0, view.To.Size())
		for _, j := range view.Table() {
			x := int64(fill)
			if j != tensor.Padding {
				x = ints[j]
			}
			out = append(out, x)
		}
		return []*value{hostInts(v.dtype, view.To, out)}
	}
}

// reindexFloats is reindex on the host, for small numbers that grow: what shrinks
// the graph folds.
func (n *node) reindexFloats(v *value, view tensor.View, fill float32) []*value {
	x, err := v.host.Floats()
	if err == nil {
		err = view.Check(len(x))
	}
	if err != nil {
		n.Fail(err)
	}
	n.SpendOn(view.To)
	out := make([]float32, 0, view.To.Size())
	for _, j := range view.Table() {
		y := fill
		if j != tensor.Padding {
			y = x[j]
		}
		out = append(out, y)
	}
	return []*value{hostFloats(v.dtype, view.To, out)}
}

// regrouped returns v with another shape of the same size.
func (n *node) regrouped(v *value, shape tensor.Shape) []*value {
	out := *v
	if v.host != nil {
		h := *v.host
		h.shape, h.promoted = shape, false
		out.host = &h
	} else {
		out.id, out.masked = n.b.Reshape(n.check(n.im.promote(v)), shape), nil
	}
	return []*value{&out}
}

// empty returns a tensor without elements of the type of v.
func empty(v *value, shape tensor.Shape) *value {
	if v.dtype.IsFloat() {
		return hostFloats(v.dtype, shape, nil)
	}
	return hostInts(v.dtype, shape, nil)
}

// like returns a graph value of v's type.
func like(v *value, id graph.ID) []*value {
	return []*value{{dtype: v.dtype, id: id, dropped: v.dropped}}
}
