// SPDX-License-Identifier: Apache-2.0

package tensor

import (
	"cmp"
	"slices"
)

// A Nest is a primitive in terms of memory: a nest of loops, one per label, whose
// body reads one cell of each operand. The first Outer labels make up the result,
// row-major; the others are summed, or otherwise reduced, over. Executors and
// provers choose their inner loops by its extents and strides.
type Nest struct {
	Extents []int
	Outer   int
	Reads   []Access

	// axes lists, for each operand that is still read as it lies in memory, the
	// labels that its row-major order goes through.
	axes [][]int
}

// Nest returns the loops of c.
func (c Contraction) Nest() Nest {
	order := slices.Concat(c.Out, c.Summed())
	at := make([]int, len(order)) // where a label of c went
	n := Nest{Outer: len(c.Out)}
	for to, l := range order {
		at[l] = to
		n.Extents = append(n.Extents, c.Extents[l])
	}
	for _, labels := range [][]int{c.A, c.B} {
		to := make([]int, len(labels))
		for i, l := range labels {
			to[i] = at[l]
		}
		n.plain(to)
	}
	return n
}

// plain adds an operand that is read in the row-major order of labels.
func (n *Nest) plain(labels []int) {
	a := Access{Strides: make([]int, len(n.Extents))}
	stride := 1
	for i := len(labels) - 1; i >= 0; i-- {
		a.Strides[labels[i]] = stride
		stride *= n.Extents[labels[i]]
	}
	n.Reads, n.axes = append(n.Reads, a), append(n.axes, labels)
}

// ReduceNest returns the loops of a reduction of a tensor of shape s over axes,
// which ReduceShape accepts.
func ReduceNest(s Shape, axes []int) Nest {
	var n Nest
	to := make([]int, len(s))
	for _, reduced := range []bool{false, true} {
		for d, extent := range s {
			if slices.Contains(axes, d) == reduced {
				to[d] = len(n.Extents)
				n.Extents = append(n.Extents, extent)
			}
		}
		if !reduced {
			n.Outer = len(n.Extents)
		}
	}
	n.plain(to)
	return n
}

// Nest returns the loops that copy the elements of v.
func (v View) Nest() Nest {
	return Nest{Extents: v.Axes.Clone(), Outer: len(v.Axes), Reads: []Access{v.Access()}, axes: make([][]int, 1)}
}

// Through lets an operand, which is the result of v, read the source of v
// instead, and reports whether it can: the axes of the operand and the index
// space of v must be groupings of the same factors, and the operand must not
// read through a view yet. Labels are split as needed.
func (n *Nest) Through(operand int, v View) bool {
	labels := n.axes[operand]
	if labels == nil {
		return false
	}
	s := make(Shape, len(labels))
	for i, l := range labels {
		s[i] = n.Extents[l]
	}
	parts, ok := refine(s, v.Axes)
	if !ok {
		return false
	}
	at := n.split(labels, parts)
	va := v.Access()
	spread := func(coefs []int) []int {
		out := make([]int, len(n.Extents))
		for i, p := range parts {
			out[at[i]] = coefs[p.axisB] * p.strideB
		}
		return out
	}
	a := Access{Base: va.Base, Strides: spread(va.Strides)}
	for _, g := range va.Guards {
		a.Guards = append(a.Guards, Guard{Offset: g.Offset, Coefs: spread(g.Coefs), Extent: g.Extent})
	}
	n.Reads[operand], n.axes[operand] = a, nil
	return true
}

// split replaces labels, whose extents are the shape that parts refine, by the
// parts, and returns the label of each.
func (n *Nest) split(labels []int, parts []part) []int {
	at := make([]int, len(parts))
	into := make([][]int, len(n.Extents)) // the new labels of an old one
	var extents, from, factor []int
	outer := 0
	for l, extent := range n.Extents {
		add := func(e, f int) {
			into[l] = append(into[l], len(extents))
			extents, from, factor = append(extents, e), append(from, l), append(factor, f)
		}
		if i := slices.Index(labels, l); i < 0 {
			add(extent, 1)
		} else {
			for k, p := range parts {
				if p.axisA == i {
					at[k] = len(extents)
					add(p.extent, p.strideA)
				}
			}
		}
		if l == n.Outer-1 {
			outer = len(extents)
		}
	}
	for i := range n.Reads {
		n.Reads[i] = n.Reads[i].rearranged(from, factor)
		if n.axes[i] == nil {
			continue
		}
		axes := []int{}
		for _, l := range n.axes[i] {
			axes = append(axes, into[l]...)
		}
		n.axes[i] = axes
	}
	n.Extents, n.Outer = extents, outer
	return at
}

// Simplify returns loops with the same body in the same order of results: labels
// of extent 1 are dropped, those summed over are ordered by decreasing stride,
// and neighbours that every operand walks as one are joined.
func (n Nest) Simplify() Nest {
	var order []int
	for l, extent := range n.Extents {
		if extent > 1 {
			order = append(order, l)
		}
	}
	outer, _ := slices.BinarySearch(order, n.Outer)
	slices.SortStableFunc(order[outer:], func(l, m int) int {
		for _, a := range n.Reads {
			if d := cmp.Compare(abs(a.Strides[m]), abs(a.Strides[l])); d != 0 {
				return d
			}
		}
		return 0
	})
	s := Nest{axes: make([][]int, len(n.Reads))}
	var from, factor []int
	for i, l := range order {
		last := len(from) - 1
		if i != 0 && i != outer && n.joins(from[last], l) {
			from[last] = l
			s.Extents[last] *= n.Extents[l]
		} else {
			from, factor = append(from, l), append(factor, 1)
			s.Extents = append(s.Extents, n.Extents[l])
		}
		if i < outer {
			s.Outer = len(from)
		}
	}
	for _, a := range n.Reads {
		s.Reads = append(s.Reads, a.rearranged(from, factor))
	}
	return s
}

// joins reports whether all operands walk l and m, just inside it, as one.
func (n Nest) joins(l, m int) bool {
	for _, a := range n.Reads {
		if !a.continues(l, m, n.Extents[m]) {
			return false
		}
	}
	return true
}
