// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/mac"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// An operand of a contraction is a tensor read at positions that are affine in the
// labels: axis d of the source, of extent From[d], is read at Index[d] of them.
type operand struct {
	data    mac.Vector
	from    tensor.Shape
	index   []tensor.Affine // terms name labels
	extents []int           // of labels
}

// operandOf returns an operand of a contraction. A view is not laid out if its axes
// are those of the operand.
func (w *Witness) operandOf(id relation.ColumnID, labels, extents []int) operand {
	c := &w.plan.System.Columns[id]
	if source, v, ok := w.plan.System.Source(id); ok && v.To.Equal(v.Axes) {
		o := operand{data: mac.Ints[int64](w.column(source)), from: v.From, extents: extents}
		for _, a := range v.Index {
			b := tensor.Affine{Offset: a.Offset}
			for _, t := range a.Terms {
				b.Terms = append(b.Terms, tensor.Term{Axis: labels[t.Axis], Coef: t.Coef})
			}
			o.index = append(o.index, b)
		}
		return o
	}
	o := operand{data: mac.Ints[int64](w.column(id)), from: c.Shape, extents: extents}
	for _, l := range labels {
		o.index = append(o.index, tensor.Affine{Terms: []tensor.Term{{Axis: l, Coef: 1}}})
	}
	return o
}

// column returns the elements of a column, which are computed if it is a view that
// nobody laid out.
func (w *Witness) column(id relation.ColumnID) []int64 {
	c := &w.plan.System.Columns[id]
	if c.Kind == relation.Const {
		return c.Data
	}
	if w.columns[id] == nil {
		source, v, ok := w.plan.System.Source(id)
		if !ok {
			panic("zkml: internal error: column " + c.Name + " was not computed")
		}
		return tensor.Gather(v, w.column(source), 0)
	}
	return w.columns[id]
}

// A part is neighbouring axes [lo, hi) of an operand's source with the labels that they
// depend on; no other axis depends on these.
type part struct {
	lo, hi      int
	labels      []int
	bound, free []int // of labels
	factors     []reduction.Factor[fr.Element]
}

// reduce sums the operand over its free labels with their weights. The result has the
// bound labels that the operand depends on as axes, in the order returned.
func (o operand) reduce(bound []int, free []reduction.Factor[fr.Element]) ([]fr.Element, []int) {
	parts := o.parts(bound, free)
	shape := make([]int, len(parts))
	for k, p := range parts {
		shape[k] = o.from[p.lo:p.hi].Size()
	}
	// The part that shrinks the tensor most goes first: after it, elements are field
	// elements.
	order := make([]int, len(parts))
	matrices := make([]matrix, len(parts))
	for k := range parts {
		order[k] = k
		matrices[k] = o.matrix(&parts[k])
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := matrices[a].rows*shape[b], matrices[b].rows*shape[a]
		return x - y
	})
	t := table{ints: o.data, shape: shape}
	for _, k := range order {
		t.apply(k, &matrices[k])
	}
	var labels []int
	for _, p := range parts {
		labels = append(labels, p.bound...)
	}
	return t.elements(), labels
}

// parts returns the parts of o in the order of its axes.
func (o operand) parts(bound []int, free []reduction.Factor[fr.Element]) []part {
	factorOf := map[int]int{}
	for k, f := range free {
		for _, l := range f.Labels {
			factorOf[l] = k
		}
	}
	// Labels of one factor stay together.
	group := func(l int) []int {
		if k, ok := factorOf[l]; ok {
			return free[k].Labels
		}
		return []int{l}
	}
	var out []part
	for d, a := range o.index {
		p := part{lo: d, hi: d + 1}
		for _, t := range a.Terms {
			for _, l := range group(t.Axis) {
				if !slices.Contains(p.labels, l) {
					p.labels = append(p.labels, l)
				}
			}
		}
		out = append(out, p)
		for i := range out {
			if slices.ContainsFunc(p.labels, func(l int) bool { return slices.Contains(out[i].labels, l) }) {
				joined := part{lo: out[i].lo, hi: d + 1}
				for _, q := range out[i:] {
					joined.labels = append(joined.labels, q.labels...)
				}
				slices.Sort(joined.labels)
				joined.labels = slices.Compact(joined.labels)
				out = append(out[:i], joined)
				break
			}
		}
	}
	for i := range out {
		p := &out[i]
		for _, l := range p.labels {
			if slices.Contains(bound, l) {
				p.bound = append(p.bound, l)
			} else {
				p.free = append(p.free, l)
			}
		}
		for k, f := range free {
			if slices.Contains(p.labels, f.Labels[0]) {
				p.factors = append(p.factors, free[k])
			}
		}
	}
	return o.withRepeats(out, free)
}

// withRepeats gives free labels that no axis depends on, as a broadcast has, to the
// first part: they scale everything.
func (o operand) withRepeats(parts []part, free []reduction.Factor[fr.Element]) []part {
	for _, f := range free {
		if slices.ContainsFunc(parts, func(p part) bool { return slices.Contains(p.labels, f.Labels[0]) }) {
			continue
		}
		if len(parts) == 0 {
			parts = []part{{}}
		}
		parts[0].labels = append(parts[0].labels, f.Labels...)
		parts[0].free = append(parts[0].free, f.Labels...)
		parts[0].factors = append(parts[0].factors, f)
	}
	if len(parts) == 0 {
		return []part{{}} // a scalar
	}
	return parts
}

// matrix returns the map of p: row b, for an index of the bound labels, holds the sums
// of the weights of the free ones at every position.
func (o operand) matrix(p *part) matrix {
	size := o.from[p.lo:p.hi].Size()
	m := matrix{rows: 1, cols: size}
	for _, l := range p.bound {
		m.rows *= o.extents[l]
	}
	if len(p.free) == 0 && len(p.bound) == 1 && p.hi == p.lo+1 && m.rows == size {
		if a := o.index[p.lo]; a.Offset == 0 && len(a.Terms) == 1 && a.Terms[0].Coef == 1 {
			m.identity = true
			return m
		}
	}
	// Weights of the free labels, in the order of the factors.
	var order []int
	weights := []fr.Element{fr.One()}
	for _, f := range p.factors {
		order = append(order, f.Labels...)
		var next []fr.Element
		for i := range weights {
			for _, v := range f.Weights.Values() {
				v.Mul(&v, &weights[i])
				next = append(next, v)
			}
		}
		weights = next
	}
	m.data = make([]fr.Element, m.rows*m.cols)
	labels := slices.Concat(p.bound, order)
	index := make([]int, len(o.extents))
	for i := 0; i < m.rows*len(weights); i++ {
		at, inside := 0, true
		for d := p.lo; d < p.hi; d++ {
			j := o.index[d].Offset
			for _, t := range o.index[d].Terms {
				j += t.Coef * index[t.Axis]
			}
			inside = inside && 0 <= j && j < o.from[d]
			at = at*o.from[d] + j
		}
		if inside {
			cell := &m.data[i/len(weights)*m.cols+at]
			cell.Add(cell, &weights[i%len(weights)])
		}
		for k := len(labels) - 1; k >= 0; k-- {
			l := labels[k]
			if index[l]++; index[l] < o.extents[l] {
				break
			}
			index[l] = 0
		}
	}
	return m
}

// A matrix is applied to one axis of a table.
type matrix struct {
	identity   bool
	rows, cols int
	data       []fr.Element
}

// A table is a tensor of integers or of field elements.
type table struct {
	ints  mac.Vector
	field []fr.Element
	shape []int
}

func (t *table) size() int {
	if t.field != nil {
		return len(t.field)
	}
	return t.ints.Len()
}

// apply replaces axis k by its image under m.
func (t *table) apply(k int, m *matrix) {
	if m.identity {
		return
	}
	pre, post := 1, 1
	for i, n := range t.shape {
		switch {
		case i < k:
			pre *= n
		case i > k:
			post *= n
		}
	}
	out := make([]fr.Element, pre*m.rows*post)
	lo := int64(0)
	if t.field == nil {
		lo = t.ints.Least()
	}
	totals := make([]fr.Element, m.rows)
	for r := range totals {
		for c := range m.cols {
			totals[r].Add(&totals[r], &m.data[r*m.cols+c])
		}
	}
	spread(pre*m.rows, pre*m.rows*m.cols*post, func(i int) {
		p, r := i/m.rows, i%m.rows
		row := m.data[r*m.cols : (r+1)*m.cols]
		at := out[i*post : (i+1)*post]
		switch {
		case t.field != nil:
			x := t.field[p*m.cols*post : (p+1)*m.cols*post]
			var v fr.Element
			for c := range row {
				if row[c].IsZero() {
					continue
				}
				for j := range at {
					v.Mul(&x[c*post+j], &row[c])
					at[j].Add(&at[j], &v)
				}
			}
		case post == 1:
			at[0] = t.ints.Dot(p*m.cols, lo, row, &totals[r])
		default:
			t.ints.Rows(at, p*m.cols*post, post, lo, row, &totals[r])
		}
	})
	t.ints, t.field = nil, out
	t.shape = slices.Clone(t.shape)
	t.shape[k] = m.rows
}

// elements returns the table as field elements.
func (t *table) elements() []fr.Element {
	if t.field == nil {
		t.field = toField(t.ints)
	}
	return t.field
}

func toField(x mac.Vector) []fr.Element {
	out := make([]fr.Element, x.Len())
	spread((len(out)+4095)/4096, len(out)*4, func(k int) {
		for i := k * 4096; i < min(len(out), (k+1)*4096); i++ {
			out[i].SetInt64(x.At(i))
		}
	})
	return out
}
