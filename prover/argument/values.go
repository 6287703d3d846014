// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"slices"

	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// A Witness is the elements of all columns of a system, and which rows of its tables
// the memberships are.
type Witness struct {
	plan           *reduction.Plan
	columns        [][]int64
	multiplicities [][]int64
	// rows holds, for every cube of a region of queries, the row that each of its leaves
	// is, in the padded order.
	rows [][][]uint32
	// tables finds rows. Tuples that are no rows, which only a forged witness has, are
	// added as further ones, which are not counted.
	tables []*finder
}

// NewWitness returns the witness with the given columns, as relation.Complete makes
// them.
func NewWitness(p *reduction.Plan, columns [][]int64) *Witness {
	w := &Witness{plan: p, columns: columns,
		multiplicities: make([][]int64, len(p.System.Tables)),
		rows:           make([][][]uint32, len(p.Tree.Regions)),
		tables:         make([]*finder, len(p.System.Tables)),
	}
	for i := range p.Tree.Regions {
		r := &p.Tree.Regions[i]
		table := &p.System.Tables[r.Table]
		if w.tables[r.Table] == nil {
			w.multiplicities[r.Table] = make([]int64, table.Len())
			w.tables[r.Table] = newFinder(table)
		}
		if r.Member < 0 {
			continue
		}
		m := p.System.Relations[r.Member].(relation.Member)
		tuple := make([][]int64, len(m.Tuple))
		for k, e := range m.Tuple {
			tuple[k] = relation.Evaluate(e, m.Domain, columns)
		}
		rows := w.tables[r.Table].find(tuple)
		for _, row := range rows {
			if int(row) < table.Len() {
				w.multiplicities[r.Table][row]++
			}
		}
		for _, c := range r.Cubes {
			w.rows[i] = append(w.rows[i], cubeRows(rows, r, c))
		}
	}
	return w
}

// Column returns column k of the layout, the elements of its blocks with zeros between,
// up to the end of its last block. It lies in buffer if that has room: many columns of
// millions of elements, which are needed one at a time, are no garbage then.
func (w *Witness) Column(k int, buffer []int64) []int64 {
	end := 0
	for i := range w.plan.Layout.Blocks {
		if b := &w.plan.Layout.Blocks[i]; b.Column == k {
			end = max(end, b.Offset+1<<b.Vars)
		}
	}
	out := slices.Grow(buffer[:0], end)[:end]
	clear(out)
	for i := range w.plan.Layout.Blocks {
		if b := &w.plan.Layout.Blocks[i]; b.Column == k {
			w.Put(out[b.Offset:b.Offset+1<<b.Vars], b)
		}
	}
	return out
}

// Constants returns a witness of which only the blocks of the model are known.
func Constants(p *reduction.Plan) *Witness { return &Witness{plan: p} }

// Partial returns a witness of which only the blocks of the model and of some columns of
// the system are known.
func Partial(p *reduction.Plan, columns [][]int64) *Witness {
	return &Witness{plan: p, columns: columns}
}

// A finder finds rows of a table.
type finder struct {
	table *relation.Table
	first int64
	dense bool // the first column is first, first+1, …
	rows  map[[2]int64]uint32
	extra [][2]int64
}

func newFinder(t *relation.Table) *finder {
	f := &finder{table: t, first: t.Columns[0][0], dense: true, rows: map[[2]int64]uint32{}}
	for i, x := range t.Columns[0] {
		f.dense = f.dense && x == f.first+int64(i)
	}
	if !f.dense {
		for i := range t.Columns[0] {
			f.rows[pair(t.Columns, i)] = uint32(i)
		}
	}
	return f
}

// pair returns row i of one or two columns.
func pair(columns [][]int64, i int) [2]int64 {
	k := [2]int64{columns[0][i]}
	if len(columns) > 1 {
		k[1] = columns[1][i]
	}
	return k
}

// find returns the rows that tuples, given by columns, are.
func (f *finder) find(tuples [][]int64) []uint32 {
	out := make([]uint32, len(tuples[0]))
	for i, x := range tuples[0] {
		if at := x - f.first; f.dense && 0 <= at && at < int64(f.table.Len()) &&
			(len(tuples) == 1 || f.table.Columns[1][at] == tuples[1][i]) {
			out[i] = uint32(at)
			continue
		}
		k := pair(tuples, i)
		row, ok := f.rows[k]
		if !ok {
			row = uint32(f.table.Len() + len(f.extra))
			f.extra = append(f.extra, k)
			f.rows[k] = row
		}
		out[i] = row
	}
	return out
}

// row returns row i, which may be an extra one.
func (f *finder) row(i int) [2]int64 {
	if n := f.table.Len(); i >= n {
		return f.extra[i-n]
	}
	return pair(f.table.Columns, i)
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
