// SPDX-License-Identifier: Apache-2.0

// Package reference is the prover of the reduction from its definitions: every sum is
// over a table of field elements, every table is laid out in full. Provers are tested to
// send the same messages.
//
// It proves what it is given, true or not, and values may be any element of the field:
// it is also the prover of forgers.
package reference

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// A Witness is what a prover commits to and what it computes with. Its parts need not
// agree.
type Witness struct {
	Plan *reduction.Plan
	// Values are the elements of every column of the system, row-major.
	Values [][]fr.Element
	// Counts are the multiplicities of every table.
	Counts [][]fr.Element
	// Columns are the committed columns, those of the model first: 2^Layout.Vars
	// elements each.
	Columns [][]fr.Element
}

// NewWitness commits to values and counts. Padding is 0. Values of Const columns may be
// nil, and so may counts: they are then those of the queries that values make.
func NewWitness(p *reduction.Plan, values, counts [][]fr.Element) *Witness {
	w := &Witness{Plan: p, Values: append([][]fr.Element(nil), values...), Counts: counts}
	for id := range p.System.Columns {
		if c := &p.System.Columns[id]; c.Kind == relation.Const {
			w.Values[id] = Field(c.Data)
		}
	}
	if counts == nil {
		w.count()
	}
	l := &p.Layout
	w.Columns = make([][]fr.Element, l.Model+l.Witness)
	for k := range w.Columns {
		w.Columns[k] = make([]fr.Element, 1<<l.Vars)
	}
	for i := range l.Blocks {
		b := &l.Blocks[i]
		t := &p.Tensors[b.Tensor]
		for i, x := range w.elements(t) {
			if at, ok := b.Place(i, t.Shape); ok {
				w.Columns[b.Column][b.Offset+at] = x
			}
		}
	}
	return w
}

// count counts how often the rows of the tables are looked up. Tuples that are no rows
// are not counted.
func (w *Witness) count() {
	type row [2]fr.Element
	s := w.Plan.System
	number := make([]map[row]int, len(s.Tables))
	for t := range s.Tables {
		number[t] = map[row]int{}
		w.Counts = append(w.Counts, make([]fr.Element, s.Tables[t].Len()))
		for i := range s.Tables[t].Len() {
			var r row
			for k, c := range s.Tables[t].Columns {
				r[k].SetInt64(c[i])
			}
			number[t][r] = i
		}
	}
	one := fr.One()
	for _, r := range s.Relations {
		m, ok := r.(relation.Member)
		if !ok {
			continue
		}
		var tuple [][]fr.Element
		for _, e := range m.Tuple {
			tuple = append(tuple, w.evaluate(e, m.Domain))
		}
		for i := range tuple[0] {
			var r row
			for k := range tuple {
				r[k] = tuple[k][i]
			}
			if at, ok := number[m.Table][r]; ok {
				n := &w.Counts[m.Table][at]
				n.Add(n, &one)
			}
		}
	}
}

// Padding calls visit with the cells of the prover's columns that are no element of a
// tensor.
func (w *Witness) Padding(visit func(cell *fr.Element)) {
	l := &w.Plan.Layout
	used := make([][]bool, len(w.Columns))
	for k := range used {
		used[k] = make([]bool, 1<<l.Vars)
	}
	for i := range l.Blocks {
		b := &l.Blocks[i]
		shape := w.Plan.Tensors[b.Tensor].Shape
		for e := range shape.Size() {
			if at, ok := b.Place(e, shape); ok {
				used[b.Column][b.Offset+at] = true
			}
		}
	}
	for k := l.Model; k < len(used); k++ {
		for i, u := range used[k] {
			if !u {
				visit(&w.Columns[k][i])
			}
		}
	}
}

// Cell returns element i of a committed tensor that lies in one block; i counts in the
// padded order, so that it may be padding.
func (w *Witness) Cell(tensor, i int) *fr.Element {
	for k := range w.Plan.Layout.Blocks {
		b := &w.Plan.Layout.Blocks[k]
		if b.Tensor == tensor && b.Vars == weight.Bits(w.Plan.Tensors[tensor].Shape) {
			return &w.Columns[b.Column][b.Offset+i]
		}
	}
	panic("zkml: internal error: no such cell")
}

// Open returns the columns at a point, in the order of the opening; the mask is 0.
func (w *Witness) Open(point []fr.Element) []fr.Element {
	out := make([]fr.Element, w.Plan.Layout.NumColumns())
	for k, c := range w.Columns {
		out[w.Plan.Layout.Index(k)] = mle.Evaluate(field, point, c)
	}
	return out
}

// elements returns the elements of a committed tensor.
func (w *Witness) elements(t *reduction.Tensor) []fr.Element {
	switch {
	case t.Column >= 0:
		return w.Values[t.Column]
	case t.TableColumn >= 0:
		return Field(w.Plan.System.Tables[t.Table].Columns[t.TableColumn])
	}
	return w.Counts[t.Table]
}

// place returns the padded index of element i, row-major, of a tensor.
func place(i int, shape tensor.Shape) int {
	at, shift := 0, 0
	for d := len(shape) - 1; d >= 0; d-- {
		at |= i % shape[d] << shift
		i /= shape[d]
		shift += mle.Bits(shape[d])
	}
	return at
}

// pad lays a tensor out with every axis padded to a power of two.
func pad(data []fr.Element, shape tensor.Shape) []fr.Element {
	out := make([]fr.Element, 1<<weight.Bits(shape))
	for i, x := range data {
		out[place(i, shape)] = x
	}
	return out
}

// Field returns integers as field elements.
func Field(x []int64) []fr.Element {
	out := make([]fr.Element, len(x))
	for i := range x {
		out[i].SetInt64(x[i])
	}
	return out
}
