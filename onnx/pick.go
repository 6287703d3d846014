// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// maxPieces bounds the slices that one picked tensor is joined from.
const maxPieces = 1 << 12

// pick returns the tensor whose element i along an axis is element index[i] of v,
// or fill where index[i] is −1. What is known now is moved on the host. In the
// graph an index that is affine in one or two counters (a stride, a repetition)
// is one view; any other is joined from as many slices as it has even stretches.
func (n *node) pick(v *value, axis int, index []int, fill float64) *value {
	s := n.ShapeOf(v)
	to := s.Clone()
	to[axis] = len(index)
	if extent(to) == 0 {
		return empty(v, to)
	}
	if slices.Equal(index, ramp(0, s[axis], 1)) {
		return v
	}
	if v.host != nil && (v.dtype.IsInt() || extent(to) <= maxHost) {
		return n.pickHost(v, to, axis, index, fill)
	}
	if r, ok := oneStretch(index); ok {
		return n.through(v, func(x graph.ID) graph.ID { return n.b.Reshape(n.slab(x, axis, r), to) })
	}
	pieces := stretches(index)
	if len(pieces) > maxPieces {
		n.Failf("it picks %d elements of axis %d in no even order: %d slices, at most %d are supported", len(index), axis, len(pieces), maxPieces)
	}
	join := func(x graph.ID) graph.ID {
		args := make([]graph.ID, len(pieces))
		for i, r := range pieces {
			if r.from < 0 {
				part := to.Clone()
				part[axis] = r.count
				args[i] = n.b.BroadcastTo(n.b.Scalar(fill), part)
				continue
			}
			args[i] = n.slab(x, axis, r)
		}
		return n.b.Concat(axis, args...)
	}
	if slices.Contains(index, -1) {
		return like(v, join(n.check(n.im.promote(v))))[0]
	}
	return n.through(v, join)
}

// pickHost is pick on the host.
func (n *node) pickHost(v *value, to tensor.Shape, axis int, index []int, fill float64) *value {
	n.SpendOn(to)
	s := v.host.shape
	if v.dtype.IsFloat() {
		x, err := v.host.Floats()
		if err != nil {
			n.Fail(err)
		}
		return hostFloats(v.dtype, to, picked(x, s, axis, index, float32(fill)))
	}
	x, err := v.host.Ints()
	if err != nil {
		n.Fail(err)
	}
	return hostInts(v.dtype, to, picked(x, s, axis, index, int64(fill)))
}

func picked[T any](data []T, s tensor.Shape, axis int, index []int, fill T) []T {
	outer, inner := extent(s[:axis]), extent(s[axis+1:])
	out := make([]T, 0, outer*len(index)*inner)
	for o := range outer {
		for _, i := range index {
			if i < 0 {
				out = append(out, repeat(fill, inner)...)
				continue
			}
			from := (o*s[axis] + i) * inner
			out = append(out, data[from:from+inner]...)
		}
	}
	return out
}

// A stretch lists the indices from + step·i + lap·j, j outermost: count of i and laps
// of j.
type stretch struct{ from, count, step, laps, lap int }

// slab returns a view of x with axis replaced by the indices of r.
func (n *node) slab(x graph.ID, axis int, r stretch) graph.ID {
	s := n.Shape(x)
	if r == (stretch{0, s[axis], 1, 1, 0}) {
		return x
	}
	view := tensor.Identity(s)
	view.To[axis] = r.count * r.laps
	var terms []tensor.Term
	if r.step != 0 {
		terms = []tensor.Term{{Axis: axis, Coef: r.step}}
	}
	view.Axes[axis] = r.count
	if r.laps > 1 {
		view.Axes = slices.Insert(view.Axes, axis, r.laps)
		for i := range terms {
			terms[i].Axis++
		}
		if r.lap != 0 {
			terms = append([]tensor.Term{{Axis: axis, Coef: r.lap}}, terms...)
		}
		for d := axis + 1; d < len(s); d++ {
			view.Index[d] = tensor.Affine{Terms: []tensor.Term{{Axis: d + 1, Coef: 1}}}
		}
	}
	view.Index[axis] = tensor.Affine{Offset: r.from, Terms: terms}
	return n.b.View(x, view, 0)
}

// stretches cuts indices into stretches an equal step apart; −1s make stretches of
// their own.
func stretches(index []int) []stretch {
	var out []stretch
	for i := 0; i < len(index); {
		r := firstStretch(index[i:])
		out = append(out, r)
		i += r.count
	}
	return out
}

// firstStretch returns the longest first stretch of indices an equal step apart.
func firstStretch(index []int) stretch {
	r := stretch{from: index[0], count: 1, step: 1, laps: 1}
	if len(index) == 1 || (r.from < 0) != (index[1] < 0) {
		return r
	}
	r.step = index[1] - index[0]
	for r.count < len(index) && index[r.count] == r.from+r.count*r.step && (index[r.count] < 0) == (r.from < 0) {
		r.count++
	}
	return r
}

// oneStretch returns the indices as one stretch, if they are.
func oneStretch(index []int) (stretch, bool) {
	r := firstStretch(index)
	if r.from < 0 || len(index)%r.count != 0 {
		return r, false
	}
	r.laps = len(index) / r.count
	if r.laps > 1 {
		r.lap = index[r.count] - r.from
	}
	for i, x := range index {
		if x != r.from+i%r.count*r.step+i/r.count*r.lap {
			return r, false
		}
	}
	return r, true
}

// join concatenates values of one type along an axis: on the host if they are
// integers known now.
func (n *node) join(axis int, vs ...*value) *value {
	host, shapes := true, make([]tensor.Shape, len(vs))
	for i, v := range vs {
		if v.dtype.IsFloat() != vs[0].dtype.IsFloat() {
			n.Failf("tensors of types %v and %v", vs[0].dtype, v.dtype)
		}
		shapes[i] = n.ShapeOf(v)
		host = host && v.host != nil && v.dtype.IsInt()
	}
	if !host {
		ids := make([]graph.ID, len(vs))
		for i, v := range vs {
			ids[i] = n.check(n.im.promote(v))
		}
		out := &value{dtype: vs[0].dtype, id: n.b.Concat(axis, ids...)}
		if g, ok := oneGrid(vs); ok {
			for i, v := range vs {
				ids[i] = n.b.Reshape(v.quantized.real, n.Shape(v.id))
			}
			out.quantized = &quantized{grid: g, real: n.b.Concat(axis, ids...)}
		}
		return out
	}
	to, err := tensor.Concat(axis, shapes)
	if err != nil {
		n.Fail(err)
	}
	n.SpendOn(to)
	out := make([]int64, 0, extent(to))
	tensor.WalkConcat(axis, shapes, func(arg, from, to int) {
		x, err := vs[arg].host.Ints()
		if err != nil {
			n.Fail(err)
		}
		out = append(out, x[from:to]...)
	})
	return hostInts(vs[0].dtype, to, out)
}

// ramp lists count numbers from from on, step apart.
func ramp(from, count, step int) []int {
	out := make([]int, count)
	for i := range out {
		out[i] = from + i*step
	}
	return out
}
