// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// A grid says what integers stand for: q for scale·(q − zero). Scales and zeros
// broadcast from shape to that of the tensor.
type grid struct {
	dtype  onnxpb.DataType
	shape  tensor.Shape
	scales []float32
	zeros  []int64
}

// quantized is an integer tensor that was made by rounding: real is the graph
// node of what it stands for, element by element.
type quantized struct {
	grid grid
	real graph.ID
}

// gridIn reads a grid from the inputs with the scale and the zero point, for a
// tensor of shape s. The integers are of the zero point's type, else of type
// dtype. With one scale per index of an axis, or per block of it, axis says which.
func (n *node) gridIn(scale, zero int, s tensor.Shape, dtype onnxpb.DataType, axis, block int64) grid {
	g := grid{dtype: dtype, scales: n.FloatsIn(scale)}
	at := n.Value(scale).host.shape
	g.zeros = make([]int64, len(g.scales))
	if n.Has(zero) {
		g.dtype, g.zeros = n.Value(zero).dtype, n.IntsIn(zero)
	}
	if len(g.zeros) == 1 {
		g.zeros = repeat(g.zeros[0], len(g.scales))
	}
	if len(g.zeros) != len(g.scales) || len(g.scales) == 0 {
		n.Failf("%d scales and %d zero points", len(g.scales), len(g.zeros))
	}
	switch {
	case len(g.scales) == 1:
		g.shape = tensor.Shape{}
	case block > 0:
		g.blocks(n, s, at, n.Axis(axis, len(s)), block)
	case len(at) > 1:
		g.shape = at
	default:
		a := n.Axis(axis, len(s))
		if len(g.scales) != s[a] {
			n.Failf("%d scales for axis %d of shape %v", len(g.scales), a, s)
		}
		g.shape = tensor.Shape(slices.Repeat([]int{1}, len(s)-a))
		g.shape[0] = s[a]
	}
	if all, err := tensor.Broadcast(g.shape, s); err != nil || !all.Equal(s) {
		n.Failf("scales of shape %v do not fit shape %v", at, s)
	}
	for i, x := range g.scales {
		if !(x >= 0) {
			n.Failf("scale %d is %v, want a positive number", i, x)
		}
	}
	return g
}

// blocks repeats each scale for the elements of its block of the axis.
func (g *grid) blocks(n *node, s, at tensor.Shape, axis int, block int64) {
	size := n.Small("block_size", []int64{block}, 1)[0]
	fits := len(at) == len(s)
	for i := range at {
		want := s[min(i, len(s)-1)]
		if i == axis {
			want = (want + size - 1) / size
		}
		fits = fits && at[i] == want
	}
	if !fits {
		n.Failf("scales of shape %v do not fit shape %v in blocks of %d along axis %d", at, s, size, axis)
	}
	g.shape = at.Clone()
	g.shape[axis] = s[axis]
	n.SpendOn(g.shape)
	scales, zeros := g.scales, g.zeros
	g.scales, g.zeros = nil, nil
	inner := at[axis+1:].Size()
	for o := range at[:axis].Size() {
		for i := range s[axis] {
			from := (o*at[axis] + i/size) * inner
			g.scales, g.zeros = append(g.scales, scales[from:from+inner]...), append(g.zeros, zeros[from:from+inner]...)
		}
	}
}

// uniform returns the scale and the zero point if there is one of each.
func (g grid) uniform() (scale, zero float64, ok bool) {
	for i := range g.scales {
		if g.scales[i] != g.scales[0] || g.zeros[i] != g.zeros[0] {
			return 0, 0, false
		}
	}
	return float64(g.scales[0]), float64(g.zeros[0]), true
}

// through applies f, which only moves elements of x or compares them, to v and to
// what its integers stand for.
func (n *node) through(v *value, f func(x graph.ID) graph.ID) *value {
	out := like(v, f(n.check(n.im.promote(v))))[0]
	if q := v.quantized; v.host == nil && q != nil && len(q.grid.scales) == 1 {
		out.quantized = &quantized{grid: q.grid, real: f(n.b.Reshape(q.real, n.Shape(v.id)))}
	}
	return out
}

// oneGrid returns the grid of integers in the graph, if they all have the same.
func oneGrid(vs []*value) (grid, bool) {
	for _, v := range vs {
		q, first := v.quantized, vs[0].quantized
		if v.host != nil || q == nil || len(q.grid.scales) != 1 || !q.grid.equal(first.grid) {
			return grid{}, false
		}
	}
	return vs[0].quantized.grid, true
}

// equal reports whether the integers of both grids stand for the same.
func (g grid) equal(h grid) bool {
	return g.shape.Equal(h.shape) && slices.Equal(g.scales, h.scales) && slices.Equal(g.zeros, h.zeros)
}

// params returns constants made of the grid's, for broadcasting.
func (n *node) params(g grid, f func(scale, zero float64) float64) graph.ID {
	data := make([]float32, len(g.scales))
	for i := range data {
		data[i] = float32(f(float64(g.scales[i]), float64(g.zeros[i])))
	}
	return n.b.Const(g.shape, data)
}

// dequantize returns what v stands for.
func (n *node) dequantize(v *value, g grid) *value {
	if v.dtype.IsFloat() {
		n.Failf("the input holds %v, want integers", v.dtype)
	}
	if h := v.host; h != nil {
		q, err := h.Ints()
		if err != nil {
			n.Fail(err)
		}
		out := make([]float32, len(q))
		g.each(n, h.shape, func(i int, scale, zero float64) { out[i] = float32(scale * (float64(q[i]) - zero)) })
		return hostFloats(onnxpb.Float, h.shape, out)
	}
	if v.quantized != nil && v.quantized.grid.equal(g) {
		return floats(n.b.Reshape(v.quantized.real, n.Shape(v.id)))[0]
	}
	if scale, zero, ok := g.uniform(); ok {
		return floats(n.b.Linear(-scale*zero, []float64{scale}, v.id))[0]
	}
	y := n.b.Mul(v.id, n.params(g, func(scale, _ float64) float64 { return scale }))
	if slices.ContainsFunc(g.zeros, func(z int64) bool { return z != 0 }) {
		y = n.b.Sum(y, n.params(g, func(scale, zero float64) float64 { return -scale * zero }))
	}
	return floats(y)[0]
}

// quantize rounds x to a grid.
func (n *node) quantize(x graph.ID, g grid) *value {
	lo, hi, ok := integers(g.dtype)
	if !ok {
		n.Failf("quantization to %v is not supported", g.dtype)
	}
	for i, s := range g.scales {
		if s == 0 {
			n.Failf("scale %d is 0", i)
		}
	}
	if data := n.b.ConstData(x); data != nil {
		out := make([]int64, len(data))
		g.each(n, n.Shape(x), func(i int, scale, zero float64) {
			f := graph.Func{Name: "fakequant", Params: []float64{1, zero, lo, hi}}
			out[i] = int64(f.At(float64(data[i]/float32(scale))) + zero)
		})
		return hostInts(g.dtype, n.Shape(x), out)
	}
	v := &value{dtype: g.dtype, quantized: &quantized{grid: g}}
	if scale, zero, ok := g.uniform(); ok {
		v.quantized.real = n.b.Map(x, graph.Func{Name: "fakequant", Params: []float64{scale, zero, lo, hi}})
		v.id = n.b.Linear(zero, []float64{1 / scale}, v.quantized.real)
		return v
	}
	zero := n.params(g, func(_, zero float64) float64 { return zero })
	y := n.b.Mul(x, n.params(g, func(scale, _ float64) float64 { return 1 / scale }))
	y = n.b.Sum(n.b.Map(y, graph.Func{Name: "round"}), zero)
	v.id = n.b.Map(y, graph.Func{Name: "clip", Params: []float64{lo, hi}})
	y = n.b.Linear(0, []float64{1, -1}, v.id, zero)
	v.quantized.real = n.b.Mul(y, n.params(g, func(scale, _ float64) float64 { return scale }))
	return v
}

// each calls visit with the scale and zero point of every element.
func (g grid) each(n *node, s tensor.Shape, visit func(i int, scale, zero float64)) {
	if scale, zero, ok := g.uniform(); ok {
		for i := range extent(s) {
			visit(i, scale, zero)
		}
		return
	}
	view, err := tensor.BroadcastTo(g.shape, s)
	if err != nil {
		n.Fail(err)
	}
	for i, j := range view.Table() {
		visit(i, float64(g.scales[j]), float64(g.zeros[j]))
	}
}

// integers returns the range of an integer type of at most 16 bits.
func integers(t onnxpb.DataType) (lo, hi float64, ok bool) {
	switch t {
	case onnxpb.Int8:
		return -1 << 7, 1<<7 - 1, true
	case onnxpb.Uint8:
		return 0, 1<<8 - 1, true
	case onnxpb.Int16:
		return -1 << 15, 1<<15 - 1, true
	case onnxpb.Uint16:
		return 0, 1<<16 - 1, true
	}
	return 0, 0, false
}
