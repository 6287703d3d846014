// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// read returns a region with the elements of a node, row-major. Constants get a new one each time, so that
// none has to outlive a layer.
func (e *encoder) read(id ir.ID) (region, error) {
	if r, ok := e.place[id]; ok {
		return r, nil
	}
	if data := e.constant(id); data != nil {
		return e.constRegion(id, data)
	}
	n := &e.p.Nodes[id]
	var r region
	var err error
	if v, ok := n.Op.(ir.View); ok {
		if r, err = e.read(n.Args[0]); err != nil {
			return r, err
		}
		if !regroups(v.View) {
			r, err = e.copyView(id, v, r)
		}
	} else {
		r, err = e.pick(id)
	}
	e.place[id] = r
	return r, err
}

// regroups reports whether a view leaves the elements and their order as they are.
func regroups(v tensor.View) bool {
	a := v.Access()
	if len(a.Guards) > 0 || a.Base != 0 || v.Axes.Size() != v.From.Size() {
		return false
	}
	stride := 1
	for d := len(v.Axes) - 1; d >= 0; d-- {
		if v.Axes[d] > 1 && a.Strides[d] != stride {
			return false
		}
		stride *= v.Axes[d]
	}
	return true
}

// copyView copies the elements of view id of what is at region from.
func (e *encoder) copyView(id ir.ID, v ir.View, from region) (region, error) {
	a := v.View.Access()
	if len(a.Guards) > 0 {
		return e.pick(id)
	}
	to, err := e.cleared(id, v.View.To.Size(), 0)
	if err != nil {
		return to, err
	}
	strides := v.View.Axes.Strides()
	axes := make([]axis, len(v.View.Axes))
	for i, extent := range v.View.Axes {
		axes[i] = axis{extent, []int{strides[i], a.Strides[i], 0}}
	}
	e.nest(id, nestMaximum, to, 0, from, a.Base, from, 0, axes, nil)
	return to, nil
}

// An element of a view or a concatenation: element k of a node, or a constant.
type element struct {
	constant bool
	node     ir.ID
	k        int
	value    int64
}

// elements returns where the elements of a node come from, through views and concatenations that have no
// region.
func (e *encoder) elements(id ir.ID) []element {
	n := &e.p.Nodes[id]
	out := make([]element, n.Shape.Size())
	if data := e.constant(id); data != nil {
		for k := range out {
			out[k] = element{constant: true, value: data[k]}
		}
		return out
	}
	if _, ok := e.place[id]; !ok {
		switch o := n.Op.(type) {
		case ir.View:
			return tensor.Gather(o.View, e.elements(n.Args[0]), element{constant: true, value: o.Fill})
		case ir.Concat:
			var args [][]element
			var shapes []tensor.Shape
			for _, a := range n.Args {
				args, shapes = append(args, e.elements(a)), append(shapes, e.p.Nodes[a].Shape)
			}
			out = out[:0]
			tensor.WalkConcat(o.Axis, shapes, func(arg, from, to int) { out = append(out, args[arg][from:to]...) })
			return out
		}
	}
	for k := range out {
		out[k] = element{node: id, k: k}
	}
	return out
}

// pick emits the op that picks the elements of a view or a concatenation from where they come from.
func (e *encoder) pick(id ir.ID) (region, error) {
	from := e.elements(id)
	var values []int64
	for _, x := range from {
		if x.constant {
			values = append(values, x.value)
		}
	}
	slices.Sort(values)
	values = slices.Compact(values)
	var pool region
	touched := []region{}
	if len(values) > 0 {
		var err error
		if pool, err = e.constRegion(id, values); err != nil {
			return 0, err
		}
		touched = append(touched, pool)
	}
	sources := map[ir.ID]region{}
	for _, x := range from {
		if _, ok := sources[x.node]; ok || x.constant {
			continue
		}
		r, err := e.read(x.node)
		if err != nil {
			return 0, err
		}
		sources[x.node] = r
		touched = append(touched, r)
	}
	to := e.newRegion(id, len(from))
	// The table names cells, which are known when the list is written, but its place must be known before.
	at := len(e.data)
	e.data = append(e.data, make([]byte, 3*len(from))...)
	e.emit(id, 0, append(touched, to), func(w *writer, cell func(region) int) {
		for i, x := range from {
			var c int
			if x.constant {
				k, _ := slices.BinarySearch(values, x.value)
				c = cell(pool) + k
			} else {
				c = cell(sources[x.node]) + x.k
			}
			copy(e.data[at+3*i:], []byte{byte(c >> 16), byte(c >> 8), byte(c)})
		}
		w.u8(opPick)
		w.u32(cell(to))
		w.u32(len(from))
		w.u32(at)
	})
	return to, nil
}

// reach returns how far a view reads before and beyond axis d of its source.
func reach(v tensor.View, d int) (before, beyond int) {
	lo, hi := v.Index[d].Offset, v.Index[d].Offset
	for _, t := range v.Index[d].Terms {
		span := t.Coef * (v.Axes[t.Axis] - 1)
		lo, hi = lo+min(span, 0), hi+max(span, 0)
	}
	return max(0, -lo), max(0, hi-v.From[d]+1)
}

// paddedSize is the number of elements of the source of v with all that v reads around it.
func paddedSize(v tensor.View) int {
	size := 1
	for d, extent := range v.From {
		before, beyond := reach(v, d)
		if size *= before + extent + beyond; size > tensor.MaxElements {
			break
		}
	}
	return size
}

// widened returns v as a view of its source with all that v reads around it.
func widened(v tensor.View) tensor.View {
	w := tensor.View{Axes: v.Axes, To: v.To}
	for d, f := range v.Index {
		before, beyond := reach(v, d)
		w.From = append(w.From, before+v.From[d]+beyond)
		w.Index = append(w.Index, tensor.Affine{Offset: f.Offset + before, Terms: f.Terms})
	}
	return w
}

// padded returns a region with the source of wide: the source of v, which is at region from, with padding.
func (e *encoder) padded(id ir.ID, v ir.View, wide tensor.View, from region) (region, error) {
	to, err := e.cleared(id, wide.From.Size(), v.Fill)
	if err != nil {
		return 0, err
	}
	ds, as := wide.From.Strides(), v.View.From.Strides()
	base := 0
	axes := make([]axis, len(ds))
	for d, extent := range v.View.From {
		before, _ := reach(v.View, d)
		axes[d] = axis{extent, []int{ds[d], as[d], 0}}
		base += before * ds[d]
	}
	e.nest(id, nestMaximum, to, base, from, 0, from, 0, axes, nil)
	return to, nil
}
