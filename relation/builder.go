// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
)

type builder struct {
	*System
	opts   Options
	uses   [][]ir.ID
	ranges map[int64]TableID // range tables by length
}

// constant turns value id into a Const column if all its arguments are.
func (b *builder) constant(id ir.ID, n *ir.Node) bool {
	if n.Op.Kind() == "input" {
		return false
	}
	args := make([]ir.Tensor, len(n.Args))
	for i, a := range n.Args {
		c := &b.Columns[a]
		if c.Kind != Const {
			return false
		}
		args[i] = ir.Tensor{Shape: c.Shape, Data: c.Data}
	}
	b.Columns[id].Kind = Const
	b.Columns[id].Data = n.Op.Eval(b.Program, args)
	return true
}

// aux adds an auxiliary column.
func (b *builder) aux(c Column) ColumnID {
	b.Columns = append(b.Columns, c)
	return ColumnID(len(b.Columns) - 1)
}

func (b *builder) add(r Relation) { b.Relations = append(b.Relations, r) }

func (b *builder) addFunctionTable(t *ir.Table) {
	x := make([]int64, len(t.Values))
	for i := range x {
		x[i] = t.Lo + int64(i)
	}
	b.Tables = append(b.Tables, Table{Name: t.Name, Columns: [][]int64{x, t.Values}})
}

// rangeTable returns the table of the integers [0, n).
func (b *builder) rangeTable(n int64) TableID {
	if id, ok := b.ranges[n]; ok {
		return id
	}
	rows := make([]int64, n)
	for i := range rows {
		rows[i] = int64(i)
	}
	id := TableID(len(b.Tables))
	b.Tables = append(b.Tables, Table{Name: fmt.Sprintf("[0,%d)", n), Columns: [][]int64{rows}})
	b.ranges[n] = id
	return id
}
