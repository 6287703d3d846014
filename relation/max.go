// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("max", stateMax)

// maxArity bounds the number of values compared at once, and with it the degree
// of the product below. Longer rows go through a tree of maxima.
const maxArity = 4

// stateMax: m is the maximum of x₁ … x_k,
//
//	m − xᵢ ∈ [0, N)   for every i ,   ∏ (m − xᵢ) = 0
//
// where N > hi − lo and [lo, hi] is the range of the argument: that of the result
// may be narrower. Uniqueness: the xᵢ are integers in [lo, hi]; the ranges make
// m an integer that is at least every xᵢ, the product makes it equal to one of
// them. A last group that is short is filled with lo, which no xᵢ is below.
func stateMax(b *builder, id ir.ID, n *ir.Node) error {
	b.Columns[id].Kind = Witness
	level, length, err := b.rows(id, n)
	if err != nil {
		return err
	}
	r := b.Program.Nodes[n.Args[0]].Range
	for {
		next := (length + maxArity - 1) / maxArity
		domain := append(n.Shape.Clone(), next)
		var m Cell
		if next == 1 {
			v, err := tensor.Reshape(n.Shape, domain)
			if err != nil {
				return err
			}
			m = Cell{Column: ColumnID(id), View: &v}
		} else {
			m = column(b.maxima(id, level, length, domain, r))
		}
		product := Product{}
		for k := range min(maxArity, length) {
			gap := Sum{{1, m}, {-1, group(level, n.Shape, length, next, k, r.Lo)}}
			b.small(id, domain, gap, r.Count())
			product = append(product, gap)
		}
		b.add(Zero{Node: id, Domain: domain, Expr: product})
		if next == 1 {
			return nil
		}
		level, length = m.Column, next
	}
}

// rows adds the argument of a maximum, regrouped to one row per element of the
// result, and returns it with the length of a row. The axes of the result stay
// apart: what they are made of matters to interpreters that treat axes one by one.
func (b *builder) rows(id ir.ID, n *ir.Node) (ColumnID, int, error) {
	arg := n.Args[0]
	s := b.Program.Nodes[arg].Shape
	drop := make([]bool, len(s))
	for _, a := range n.Op.(ir.Max).Axes {
		drop[a] = true
	}
	var perm []int
	length := 1
	for _, want := range []bool{false, true} {
		for d := range s {
			if drop[d] == want {
				perm = append(perm, d)
			}
			if drop[d] && want {
				length *= s[d]
			}
		}
	}
	v, err := tensor.Transpose(s, perm)
	if err != nil {
		return 0, 0, err
	}
	v.To = append(n.Shape.Clone(), length)
	col := b.aux(Column{Name: b.auxName(id, "rows"), Shape: v.To, Kind: Virtual, Range: b.Program.Nodes[arg].Range})
	b.define(id, column(col), v.To, Cell{Column: ColumnID(arg), View: &v})
	return col, length, nil
}

// group is element k of each group of maxArity elements of a row.
func group(level ColumnID, rows tensor.Shape, length, groups, k int, fill int64) Cell {
	v := tensor.View{From: append(rows.Clone(), length), Axes: append(rows.Clone(), groups)}
	v.To = v.Axes
	for d := range rows {
		v.Index = append(v.Index, tensor.Affine{Terms: []tensor.Term{{Axis: d, Coef: 1}}})
	}
	v.Index = append(v.Index, tensor.Affine{Offset: k, Terms: []tensor.Term{{Axis: len(rows), Coef: maxArity}}})
	return Cell{Column: level, View: &v, Fill: fill}
}

// maxima adds the column of the maxima of the groups of level.
func (b *builder) maxima(id ir.ID, level ColumnID, length int, domain tensor.Shape, r ir.Range) ColumnID {
	return b.aux(Column{
		Name: b.auxName(id, fmt.Sprintf("maxima of %d", length)), Shape: domain, Kind: Witness, Range: r,
		fill: func(values [][]int64) []int64 {
			out := make([]int64, domain.Size())
			groups := domain[len(domain)-1]
			for i := range out {
				row, g := i/groups, i%groups
				from := row*length + g*maxArity
				to := min(from+maxArity, (row+1)*length)
				out[i] = slices.Max(values[level][from:to])
			}
			return out
		},
	})
}
