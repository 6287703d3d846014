// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// nest emits loops over operands a and b, whose first cells are base cells into their regions; the outer axes
// have strides of the destination, a and b, the inner ones of a and b. Where b is not read it is a again.
func (e *encoder) nest(id ir.ID, kind int, to region, toBase int, a region, aBase int, b region, bBase int, outer, inner []axis) {
	outer, inner = merge(outer), merge(inner)
	macs := 0
	if kind == nestProducts {
		macs = indices(outer) * indices(inner)
	}
	e.emit(id, macs, []region{to, a, b}, func(w *writer, cell func(region) int) {
		w.u8(opNest)
		w.u8(kind)
		w.u32(cell(to) + toBase)
		w.u32(cell(a) + aBase)
		w.u32(cell(b) + bBase)
		w.axes(outer)
		w.axes(inner)
	})
}

func indices(axes []axis) int {
	n := 1
	for _, a := range axes {
		n *= a.extent
	}
	return n
}

// merge leaves axes of extent 1 out and joins neighbours that all strides walk as one.
func merge(axes []axis) []axis {
	var out []axis
	for _, a := range axes {
		if a.extent == 1 {
			continue
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			joins := true
			for i, s := range a.strides {
				joins = joins && last.strides[i] == s*a.extent
			}
			if joins {
				last.extent, last.strides = last.extent*a.extent, a.strides
				continue
			}
		}
		out = append(out, axis{a.extent, slices.Clone(a.strides)})
	}
	return out
}

// operand returns a region that operand i of n, which is node id, is read from; n then says how. If the node
// is a view, n reads what it is a view of, or that with padding.
func (e *encoder) operand(n *tensor.Nest, i int, id ir.ID) (region, error) {
	_, placed := e.place[id]
	v, isView := e.p.Nodes[id].Op.(ir.View)
	if placed || !isView || e.constant(id) != nil || regroups(v.View) {
		return e.read(id)
	}
	pads := len(v.View.Access().Guards) > 0
	if pads && paddedSize(v.View) > max(v.View.Axes.Size(), 4*v.View.From.Size()) {
		return e.read(id)
	}
	seen := v.View
	if pads {
		seen = widened(v.View)
	}
	if !n.Through(i, seen) {
		return e.read(id)
	}
	from, err := e.read(e.p.Nodes[id].Args[0])
	if err == nil && pads {
		from, err = e.padded(id, v, seen, from)
	}
	return from, err
}

// outerAxes returns the axes of the result of n: strides of the result, then of the operands.
func outerAxes(n tensor.Nest) []axis {
	to := tensor.Shape(n.Extents[:n.Outer]).Strides()
	axes := make([]axis, n.Outer)
	for l := range axes {
		axes[l] = axis{n.Extents[l], []int{to[l]}}
		for _, r := range n.Reads {
			axes[l].strides = append(axes[l].strides, r.Strides[l])
		}
	}
	return axes
}

// innerAxes returns the axes that n reduces over: strides of the operands.
func innerAxes(n tensor.Nest) []axis {
	var axes []axis
	for l := n.Outer; l < len(n.Extents); l++ {
		a := axis{extent: n.Extents[l]}
		for _, r := range n.Reads {
			a.strides = append(a.strides, r.Strides[l])
		}
		axes = append(axes, a)
	}
	return axes
}

// max emits a maximum.
func (e *encoder) max(id ir.ID, o ir.Max) error {
	arg := e.p.Nodes[id].Args[0]
	n := tensor.ReduceNest(e.p.Nodes[arg].Shape, o.Axes)
	from, err := e.operand(&n, 0, arg)
	if err != nil {
		return err
	}
	n = n.Simplify()
	to, err := e.cleared(id, e.p.Nodes[id].Shape.Size(), 0)
	if err != nil {
		return err
	}
	n.Reads = append(n.Reads, tensor.Access{Strides: make([]int, len(n.Extents))})
	e.nest(id, nestMaximum, to, 0, from, n.Reads[0].Base, from, 0, outerAxes(n), innerAxes(n))
	e.place[id] = to
	return nil
}

// products emits a contraction as loops over two regions.
func (e *encoder) products(id ir.ID, c tensor.Contraction) (region, error) {
	args := e.p.Nodes[id].Args
	n := c.Nest()
	kind := nestProducts
	a, err := e.operand(&n, 0, args[0])
	if err != nil {
		return 0, err
	}
	b := a
	if data := e.constant(args[1]); data != nil && ir.RangeOf(data) == (ir.Range{Lo: 1, Hi: 1}) {
		kind = nestSum // as in averages
	} else if b, err = e.operand(&n, 1, args[1]); err != nil {
		return 0, err
	}
	to, err := e.cleared(id, e.p.Nodes[id].Shape.Size(), 0)
	if err != nil {
		return 0, err
	}
	n = n.Simplify()
	e.nest(id, kind, to, 0, a, n.Reads[0].Base, b, n.Reads[1].Base, outerAxes(n), innerAxes(n))
	return to, nil
}
