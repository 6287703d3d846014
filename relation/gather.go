// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("gather", stateGather)

// stateGather: y picks the row of data that the index names, through a column h
// that says for every index and every row whether it is that row:
//
//	h[i,v] ∈ [0, 2) ,   ∑_v h[i,v] − 1 = 0 ,   ∑_v v·h[i,v] − index[i] = 0 ,
//	y[i,r] = ∑_v h[i,v]·data[v,r]
//
// Uniqueness: each cell of h is 0 or 1 in the field. Their number is far below its
// order, so the first sum is one over ℤ and exactly one cell of a row is 1; the
// second sum is then the v of that cell, and the index, which the field has once in
// [0, V), determines it. y is virtual. The relations are linear in data, whether it
// is constant or not.
func stateGather(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Virtual
	data, index := n.Args[0], n.Args[1]
	batch := n.Op.(ir.Gather).Batch
	of, at := b.Program.Nodes[data].Shape, b.Program.Nodes[index].Shape
	rows := of[batch]
	s := append(at.Clone(), rows)
	if err := s.Check(); err != nil {
		return err
	}
	h := b.aux(Column{Name: b.auxName(id, "selection"), Shape: s, Kind: Witness, Range: ir.Range{Hi: 1},
		fill: func(values [][]int64) []int64 {
			out := make([]int64, s.Size())
			for i, v := range values[index] {
				if v >= 0 && v < int64(rows) {
					out[i*rows+int(v)] = 1
				}
			}
			return out
		}})
	b.inRange(id, s, column(h), 2)

	numbers, ones := make([]int64, rows), make([]int64, rows)
	for v := range rows {
		numbers[v], ones[v] = int64(v), 1
	}
	count := b.total(id, "count", h, s, ones, ir.Range{Lo: 1, Hi: 1})
	b.add(Zero{Node: id, Domain: at, Expr: Sum{{1, column(count)}, {-1, Int(1)}}})
	row := b.total(id, "row", h, s, numbers, ir.Range{Hi: int64(rows) - 1})
	b.add(Zero{Node: id, Domain: at, Expr: Sum{{1, column(row)}, {-1, column(index)}}})

	// Labels: the axes of the index, the rows, the axes of a row.
	c := tensor.Contraction{Extents: append(s.Clone(), of[batch+1:]...)}
	for l := range c.Extents {
		if l <= len(at) {
			c.A = append(c.A, l)
		}
		if l < batch || l >= len(at) {
			c.B = append(c.B, l)
		}
		if l != len(at) {
			c.Out = append(c.Out, l)
		}
	}
	b.add(Contract{Node: id, Out: ColumnID(id), A: h, B: ColumnID(data), Contraction: c})
	return nil
}

// total adds the sum of column h, of shape s, over its last axis with weights.
func (b *builder) total(id ir.ID, what string, h ColumnID, s tensor.Shape, weights []int64, r ir.Range) ColumnID {
	last := len(s) - 1
	w := b.aux(Column{Name: b.auxName(id, what+" weights"), Shape: s[last:], Kind: Const, Data: weights,
		Range: ir.Range{Lo: weights[0], Hi: weights[len(weights)-1]}})
	sum := b.aux(Column{Name: b.auxName(id, what), Shape: s[:last], Kind: Virtual, Range: r})
	c := tensor.Contraction{Extents: s, B: []int{last}}
	for l := range s {
		c.A = append(c.A, l)
		if l < last {
			c.Out = append(c.Out, l)
		}
	}
	b.add(Contract{Node: id, Out: sum, A: h, B: w, Contraction: c})
	return sum
}
