// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"slices"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// add adds a functional to a list. One of the same factors only changes its
// coefficient.
func (w *flow[T]) add(to *[]weight.Weights[T], v weight.Weights[T]) {
	for i := range *to {
		if weight.Equal((*to)[i], v) {
			(*to)[i].Coef = w.f.Add((*to)[i].Coef, v.Coef)
			return
		}
	}
	*to = append(*to, v)
}

// expr adds ⟨v, e⟩ for a linear e over the domain that v covers.
func (w *flow[T]) expr(v weight.Weights[T], e relation.Expr) {
	switch e := e.(type) {
	case relation.Int:
		if e != 0 {
			w.target = w.f.Sub(w.target, arith.Scale(w.f, int64(e), w.space.Sum(v)))
		}
	case relation.Sum:
		for _, t := range e {
			scaled := v
			scaled.Coef = arith.Scale(w.f, t.Coef, v.Coef)
			w.expr(scaled, t.Expr)
		}
	case relation.Cell:
		w.cell(v, e)
	case relation.Product:
		// At most one factor is not a constant.
		rest := relation.Expr(relation.Int(1))
		for _, x := range e {
			if Degree(x) > 0 {
				rest = x
			} else {
				v.Coef = arith.Scale(w.f, integer(x), v.Coef)
			}
		}
		w.expr(v, rest)
	}
}

func (w *flow[T]) cell(v weight.Weights[T], c relation.Cell) {
	if c.View != nil {
		source := w.space.Push(v, *c.View, w.System.Columns[c.Column].Shape)
		if c.Fill != 0 && c.View.Pads() {
			padding := w.f.Sub(w.space.Sum(v), w.space.Sum(source))
			w.target = w.f.Sub(w.target, arith.Scale(w.f, c.Fill, padding))
		}
		v = source
	}
	w.column(c.Column, v)
}

// column adds a functional on a column of the system.
func (w *flow[T]) column(id relation.ColumnID, v weight.Weights[T]) {
	c := &w.System.Columns[id]
	switch k := w.columns[id]; {
	case k >= 0:
		w.add(&w.committed[k], v)
	case c.Kind == relation.Const:
		w.constant(c.Data, v)
	default:
		w.add(&w.virtual[id], v)
	}
}

// tableColumn adds a functional on column k of a table.
func (w *flow[T]) tableColumn(t relation.TableID, k int, v weight.Weights[T]) {
	if tensor := w.tables[t][k]; tensor >= 0 {
		w.add(&w.committed[tensor], v)
		return
	}
	w.constant(w.System.Tables[t].Columns[k], v)
}

// constant takes ⟨v, data⟩ to the other side.
func (w *flow[T]) constant(data []int64, v weight.Weights[T]) {
	f := w.f
	var value T
	switch {
	case uniform(data):
		value = arith.Scale(f, data[0], w.space.Sum(v))
	case len(data) > directSize && consecutive(data):
		value = f.Add(arith.Scale(f, data[0], w.space.Sum(v)), w.space.Index(v))
	default:
		x := make([]T, len(data))
		for i := range x {
			x[i] = arith.Int(f, data[i])
		}
		value = w.space.Dot(v, x)
	}
	w.target = f.Sub(w.target, value)
}

// move takes the functionals on virtual columns that are linear in others to those,
// for the columns that exactly level levels of contractions use.
func (w *flow[T]) move(level int) error {
	for i := len(w.System.Relations) - 1; i >= 0; i-- {
		r, ok := w.System.Relations[i].(relation.Zero)
		if !ok || r.Pivot == nil || w.levels[r.Pivot.Column] != level {
			continue
		}
		for _, v := range w.virtual[r.Pivot.Column] {
			if r.Pivot.View != nil {
				var err error
				if v, err = w.space.Pull(v, *r.Pivot.View); err != nil {
					return w.refuse(r, err.Error())
				}
			}
			v = w.space.Regroup(v, r.Domain)
			// Sign·pivot + rest = 0
			v.Coef = arith.Scale(w.f, -r.Sign, v.Coef)
			w.expr(v, without(r.Expr, *r.Pivot))
		}
	}
	return nil
}

// without returns e with the cell pivot left out of its sums.
func without(e relation.Expr, pivot relation.Cell) relation.Expr {
	switch e := e.(type) {
	case relation.Cell:
		if e == pivot {
			return relation.Int(0)
		}
	case relation.Sum:
		out := slices.Clone(e)
		for i := range out {
			out[i].Expr = without(out[i].Expr, pivot)
		}
		return out
	}
	return e
}

// arrange returns the product of factors over labels as weights on an operand whose
// axes have the given labels.
func arrange[T any](s *weight.Space[T], extents tensor.Shape, fs []Factor[T], axes []int) weight.Weights[T] {
	v := tensor.View{}
	w := weight.Weights[T]{Coef: arith.Int(s.Field, 1)}
	at := map[int]int{}
	for _, f := range fs {
		for _, l := range f.Labels {
			at[l] = len(v.Axes)
			v.Axes = append(v.Axes, extents[l])
		}
		w.Factors = append(w.Factors, f.Weights)
	}
	for _, l := range axes {
		v.From = append(v.From, extents[l])
		v.Index = append(v.Index, tensor.Affine{Terms: []tensor.Term{{Axis: at[l], Coef: 1}}})
	}
	v.To = v.Axes
	return s.Push(w, v, v.From)
}
