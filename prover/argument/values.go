// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// A Witness is the elements of all columns of a system, and the multiplicities of its
// tables.
type Witness struct {
	plan           *reduction.Plan
	columns        [][]int64
	multiplicities [][]int64
}

// NewWitness returns the witness with the given columns, as relation.Complete makes
// them. Queries that are in no table are not counted: a forged witness is carried
// through as a dishonest prover would.
func NewWitness(p *reduction.Plan, columns [][]int64) *Witness {
	w := &Witness{plan: p, columns: columns, multiplicities: make([][]int64, len(p.System.Tables))}
	rows := make([]*finder, len(p.System.Tables))
	for i := range p.Tree.Regions {
		r := &p.Tree.Regions[i]
		if w.multiplicities[r.Table] == nil {
			w.multiplicities[r.Table] = make([]int64, p.System.Tables[r.Table].Len())
			rows[r.Table] = newFinder(&p.System.Tables[r.Table])
		}
		if r.Member < 0 {
			continue
		}
		w.tuples(r, func(t0, t1 []int64) { rows[r.Table].count(w.multiplicities[r.Table], t0, t1) })
	}
	return w
}

// tuples evaluates the tuples of a region's membership; t1 is nil if they have one
// element.
func (w *Witness) tuples(r *reduction.Region, use func(t0, t1 []int64)) {
	m := w.plan.System.Relations[r.Member].(relation.Member)
	t0 := relation.Evaluate(m.Tuple[0], m.Domain, w.columns)
	var t1 []int64
	if len(m.Tuple) > 1 {
		t1 = relation.Evaluate(m.Tuple[1], m.Domain, w.columns)
	}
	use(t0, t1)
}

// A finder finds rows of a table.
type finder struct {
	table *relation.Table
	first int64
	dense bool             // the first column is first, first+1, …
	rows  map[[2]int64]int // otherwise
}

func newFinder(t *relation.Table) *finder {
	f := &finder{table: t, first: t.Columns[0][0], dense: true}
	for i, x := range t.Columns[0] {
		f.dense = f.dense && x == f.first+int64(i)
	}
	if !f.dense {
		f.rows = map[[2]int64]int{}
		for i := range t.Columns[0] {
			f.rows[f.key(t.Columns, i)] = i
		}
	}
	return f
}

func (f *finder) key(columns [][]int64, i int) [2]int64 {
	k := [2]int64{columns[0][i]}
	if len(columns) > 1 {
		k[1] = columns[1][i]
	}
	return k
}

// count adds, to every row, the number of tuples that are it.
func (f *finder) count(counts []int64, t0, t1 []int64) {
	columns := [][]int64{t0}
	if t1 != nil {
		columns = append(columns, t1)
	}
	for i, x := range t0 {
		if !f.dense {
			if row, ok := f.rows[f.key(columns, i)]; ok {
				counts[row]++
			}
			continue
		}
		row := x - f.first
		if row < 0 || row >= int64(len(counts)) || t1 != nil && f.table.Columns[1][row] != t1[i] {
			continue
		}
		counts[row]++
	}
}

// elements returns the elements of a committed tensor, row-major.
func (w *Witness) elements(t *reduction.Tensor) []int64 {
	switch s := w.plan.System; {
	case t.Column >= 0 && s.Columns[t.Column].Kind == relation.Const:
		return s.Columns[t.Column].Data
	case t.Column >= 0:
		return w.columns[t.Column]
	case t.TableColumn >= 0:
		return s.Tables[t.Table].Columns[t.TableColumn]
	}
	return w.multiplicities[t.Table]
}

// pad returns data of the given shape with every axis padded to a power of two.
func pad[T any](data []T, shape tensor.Shape) []T {
	whole := true
	size := 1
	for _, n := range shape {
		whole = whole && n&(n-1) == 0
		size <<= mle.Bits(n)
	}
	if whole {
		return data
	}
	out := make([]T, size)
	scatter(out, data, shape)
	return out
}

// scatter writes data to the places of its elements in the padded tensor out.
func scatter[T any](out, data []T, shape tensor.Shape) {
	last := len(shape) - 1
	if last < 0 {
		copy(out, data)
		return
	}
	row := shape[last]
	for from := 0; from < len(data); from += row {
		at, shift := 0, mle.Bits(row)
		for d, rest := last-1, from/row; d >= 0; d-- {
			at |= rest % shape[d] << shift
			rest /= shape[d]
			shift += mle.Bits(shape[d])
		}
		copy(out[at:], data[from:from+row])
	}
}
