// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// A Term is Coef·X in a linear combination.
type Term[T any] struct {
	Coef int64
	X    T
}

// An Interpreter gives meaning to relations over values of type T: integers,
// circuit variables, …
type Interpreter[T any] interface {
	// Int returns a constant.
	Int(c int64) T
	// Combine returns bias + ∑ Coef·X. terms is reused after the call.
	Combine(bias int64, terms []Term[T]) T
	// Mul returns a·b.
	Mul(a, b T) T
	// Zero is told of an expression that must be 0.
	Zero(x T, from ir.ID) error
	// Member is told of a tuple that must be a row of a table. tuple is reused
	// after the call.
	Member(t TableID, tuple []T, from ir.ID) error
}

// Interpret walks the relations of s in order. witness holds the elements of
// every Witness column. Virtual columns are computed from the relation that
// determines them, never taken from the prover. It returns the elements of every
// column that is not Const.
func Interpret[T any](s *System, in Interpreter[T], witness map[ColumnID][]T) ([][]T, error) {
	w := &walk[T]{s: s, in: in, cols: make([][]cell[T], len(s.Columns))}
	for id := range s.Columns {
		c := &s.Columns[id]
		n := c.Shape.Size()
		switch c.Kind {
		case Const:
			w.cols[id] = make([]cell[T], n)
			for i, x := range c.Data {
				w.cols[id][i] = cell[T]{known: true, c: x}
			}
		case Witness:
			data := witness[ColumnID(id)]
			if len(data) != n {
				return nil, fmt.Errorf("column %s has %d elements, want %d", c.Name, len(data), n)
			}
			w.cols[id] = make([]cell[T], n)
			for i, x := range data {
				w.cols[id][i] = cell[T]{x: x}
			}
		}
	}
	for _, r := range s.Relations {
		if err := w.relation(r); err != nil {
			return nil, fmt.Errorf("%s: %w", s.Program.Nodes[r.From()].Name, err)
		}
	}
	return w.export(), nil
}

// A cell is a constant c if known, else the value x.
type cell[T any] struct {
	x     T
	c     int64
	known bool
}

type walk[T any] struct {
	s     *System
	in    Interpreter[T]
	cols  [][]cell[T]
	terms []Term[T]
	tuple []T
}

func (w *walk[T]) export() [][]T {
	out := make([][]T, len(w.cols))
	for id := range w.cols {
		if w.s.Columns[id].Kind == Const {
			continue
		}
		out[id] = make([]T, len(w.cols[id]))
		for i, v := range w.cols[id] {
			out[id][i] = w.value(v)
		}
	}
	return out
}

func (w *walk[T]) value(v cell[T]) T {
	if v.known {
		return w.in.Int(v.c)
	}
	return v.x
}

func (w *walk[T]) relation(r Relation) error {
	switch r := r.(type) {
	case Zero:
		return w.zero(r)
	case Member:
		return w.member(r)
	case Contract:
		w.contract(r)
		return nil
	}
	return fmt.Errorf("unknown relation %T", r)
}

func (w *walk[T]) zero(r Zero) error {
	if r.Pivot == nil {
		at := w.bind(r.Expr)
		for i := range r.Domain.Size() {
			if err := w.in.Zero(w.value(at(i)), r.Node); err != nil {
				return fmt.Errorf("zero relation at element %d: %w", i, err)
			}
		}
		return nil
	}
	// Expr = Sign·pivot + rest, so pivot = −Sign·rest. The pivot's own cell reads
	// as 0 while rest is computed.
	at := w.bindWithout(r.Expr, *r.Pivot)
	target := positions(*r.Pivot, r.Domain)
	out := w.cols[r.Pivot.Column]
	if out == nil {
		out = make([]cell[T], w.s.Columns[r.Pivot.Column].Shape.Size())
		w.cols[r.Pivot.Column] = out
	}
	for i, j := range target {
		out[j] = w.combine([]scaledCell[T]{{-r.Sign, at(i)}})
	}
	return nil
}

// positions returns the flat index of the pivot at every index of its relation.
func positions(p Cell, domain tensor.Shape) []int32 {
	if p.View != nil {
		return p.View.Table()
	}
	out := make([]int32, domain.Size())
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

func (w *walk[T]) member(r Member) error {
	at := make([]func(int) cell[T], len(r.Tuple))
	for k, e := range r.Tuple {
		at[k] = w.bind(e)
	}
	for i := range r.Domain.Size() {
		w.tuple = w.tuple[:0]
		for k := range at {
			w.tuple = append(w.tuple, w.value(at[k](i)))
		}
		if err := w.in.Member(r.Table, w.tuple, r.Node); err != nil {
			return fmt.Errorf("element %d: %w", i, err)
		}
	}
	return nil
}

func (w *walk[T]) contract(r Contract) {
	a, b := w.cols[r.A], w.cols[r.B]
	out := make([]cell[T], r.Contraction.OutShape().Size())
	var sum []scaledCell[T]
	r.Contraction.Walk(func(o int, ia, ib []int32) {
		sum = sum[:0]
		for k := range ia {
			x, y := a[ia[k]], b[ib[k]]
			switch {
			case x.known:
				sum = append(sum, scaledCell[T]{x.c, y})
			case y.known:
				sum = append(sum, scaledCell[T]{y.c, x})
			default:
				sum = append(sum, scaledCell[T]{1, cell[T]{x: w.in.Mul(x.x, y.x)}})
			}
		}
		out[o] = w.combine(sum)
	})
	w.cols[r.Out] = out
}

type scaledCell[T any] struct {
	coef int64
	v    cell[T]
}

// combine returns ∑ coef·v, a constant if every v is and it fits.
func (w *walk[T]) combine(sum []scaledCell[T]) cell[T] {
	w.terms = w.terms[:0]
	var constant wide
	for _, t := range sum {
		switch {
		case t.v.known:
			constant = constant.plus(t.coef, t.v.c)
		case t.coef != 0:
			w.terms = append(w.terms, Term[T]{t.coef, t.v.x})
		}
	}
	bias, ok := constant.int64()
	if !ok {
		// The whole sum is in a proved range, its constant part need not be.
		h, m, l := constant.split()
		high := w.in.Combine(m, []Term[T]{{1 << 32, w.in.Int(h)}})
		w.terms = append(w.terms, Term[T]{1 << 32, high})
		bias = l
	}
	if len(w.terms) == 0 {
		return cell[T]{known: true, c: bias}
	}
	if bias == 0 && len(w.terms) == 1 && w.terms[0].Coef == 1 {
		return cell[T]{x: w.terms[0].X}
	}
	return cell[T]{x: w.in.Combine(bias, w.terms)}
}
