// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"fmt"
	"math/bits"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// inRange states e ∈ [0, n) at every index of domain.
//
// A range that fits a table is one membership. A wider power of two is split
// into limbs (see limbs). A wider range of another length is two power-of-two
// ranges, e ∈ [0, 2ᵏ) and n − 1 − e ∈ [0, 2ᵏ) with 2ᵏ ≥ n: the first makes e a
// small non-negative integer, the second then makes it at most n − 1.
func (b *builder) inRange(id ir.ID, domain tensor.Shape, e Expr, n int64) {
	if n <= int64(1)<<b.opts.TableBits {
		b.add(Member{Node: id, Domain: domain, Tuple: []Expr{e}, Table: b.rangeTable(n)})
		return
	}
	k := bits.Len64(uint64(n - 1))
	b.limbs(id, domain, e, k)
	if n != int64(1)<<k {
		b.limbs(id, domain, Sum{{1, Int(n - 1)}, {-1, e}}, k)
	}
}

// small states e ∈ [0, N) for some N ≥ n, whichever costs least, N ≤ 2⁶². It is
// for expressions that other relations determine as soon as they are known to be
// small integers. A table that is there already costs nothing, however long; a new
// one is a power of two, which others can use.
func (b *builder) small(id ir.ID, domain tensor.Shape, e Expr, n int64) {
	if n <= int64(1)<<b.opts.TableBits {
		rows := int64(1) << bits.Len64(uint64(n-1))
		if have := b.shortest(n); have > 0 {
			rows = have
		}
		b.inRange(id, domain, e, rows)
		return
	}
	b.limbs(id, domain, e, bits.Len64(uint64(n-1)))
}

// shortest returns the length of the shortest range table of at least n rows, or 0.
func (b *builder) shortest(n int64) int64 {
	least := int64(0)
	for rows := range b.ranges {
		if rows >= n && (least == 0 || rows < least) {
			least = rows
		}
	}
	return least
}

// limbs states e ∈ [0, 2ᵏ) through a split into limbs of at most TableBits bits:
//
//	e = ∑ᵢ 2^bᵢ·limbᵢ ,   limbᵢ ∈ [0, 2^wᵢ)
//
// Uniqueness: the sum of in-range limbs runs through [0, 2ᵏ) once each, and e is
// a field element equal to it, so e is that integer and the limbs are its digits.
// The lowest limb is virtual: it is e minus the others.
func (b *builder) limbs(id ir.ID, domain tensor.Shape, e Expr, k int) {
	count := (k + b.opts.TableBits - 1) / b.opts.TableBits
	width := (k + count - 1) / count
	eval := b.valueOf(e, domain)
	low := b.aux(Column{Name: b.auxName(id, "limb 0"), Shape: domain, Kind: Virtual, Range: ir.Range{Hi: int64(1)<<width - 1}})
	sum := Sum{{1, e}, {-1, column(low)}}
	for at := width; at < k; at += width {
		w := min(width, k-at)
		mask := int64(1)<<w - 1
		limb := b.aux(Column{
			Name: b.auxName(id, fmt.Sprintf("limb %d", at/width)), Shape: domain, Kind: Witness, Range: ir.Range{Hi: mask},
			fill: func(values [][]int64) []int64 {
				out := eval(values)
				for i, x := range out {
					out[i] = x >> at & mask
				}
				return out
			},
		})
		sum = append(sum, Scaled{-(int64(1) << at), column(limb)})
		b.add(Member{Node: id, Domain: domain, Tuple: []Expr{column(limb)}, Table: b.rangeTable(mask + 1)})
	}
	pivot := column(low)
	b.add(Zero{Node: id, Domain: domain, Expr: sum, Pivot: &pivot, Sign: -1})
	b.add(Member{Node: id, Domain: domain, Tuple: []Expr{column(low)}, Table: b.rangeTable(int64(1) << width)})
}

// valueOf returns a function that evaluates e over the integers at every index.
func (b *builder) valueOf(e Expr, domain tensor.Shape) func(values [][]int64) []int64 {
	return func(values [][]int64) []int64 { return evaluate(e, domain, values) }
}

func (b *builder) auxName(id ir.ID, what string) string {
	return b.Program.Nodes[id].Name + "/" + b.Program.Nodes[id].Op.Kind() + " " + what
}

// evaluate returns e at every index of domain.
func evaluate(e Expr, domain tensor.Shape, values [][]int64) []int64 {
	out := make([]int64, domain.Size())
	switch e := e.(type) {
	case Int:
		for i := range out {
			out[i] = int64(e)
		}
	case Cell:
		if e.View == nil {
			copy(out, values[e.Column])
			break
		}
		for i, j := range e.View.Table() {
			out[i] = e.Fill
			if j != tensor.Padding {
				out[i] = values[e.Column][j]
			}
		}
	case Sum:
		for _, t := range e {
			for i, x := range evaluate(t.Expr, domain, values) {
				out[i] += t.Coef * x
			}
		}
	case Product:
		for i := range out {
			out[i] = 1
		}
		for _, f := range e {
			for i, x := range evaluate(f, domain, values) {
				out[i] *= x
			}
		}
	}
	return out
}
