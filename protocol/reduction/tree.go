// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// A Tree is the leaves of the tree of fractions: 2^Vars of them, in aligned regions.
// A leaf of no region, and one that pads a region, is 0/1.
type Tree struct {
	Vars    int
	Regions []Region
	// Used is where the last cube ends: all leaves from there on are 0/1.
	Used int
}

// A Region is the queries of a membership, or the rows of a table. Its leaves are
//
//	−1/(α − φ) for a query ,   m/(α − φ) for a row of multiplicity m
//
// with the fingerprint φ = t₀ + β·t₁ + β²·table, tables counted from 1.
type Region struct {
	Shape tensor.Shape
	Table relation.TableID
	// Member is the number of the membership's relation, or −1 for the rows of Table.
	Member int
	// Axis is cut into the cubes. In them it is the outermost one; the others follow in
	// order.
	Axis  int
	Cubes []Cube
}

// A Cube is the leaves of a region whose index along its axis is one of Len from From on,
// a multiple of the power of two that Len is padded to. It has 2^Vars leaves.
type Cube struct {
	From, Len int
	Offset    int // a multiple of 2^Vars
	Vars      int
}

// leavesPerElement is how much more a padded leaf is worth than a padded element of a
// column: its fractions are added and summed over, and one more cube takes verifiers ten
// products, where one more block can take a hundred.
const leavesPerElement = 8

// maxDigits bounds the weights that a cut axis needs a list of.
const maxDigits = 64

// planTree lists the regions and places their cubes, the largest first, so that all are
// aligned.
func (p *Plan) planTree() error {
	var out []Region
	for i, r := range p.System.Relations {
		if m, ok := r.(relation.Member); ok {
			out = append(out, Region{Shape: m.Domain, Table: m.Table, Member: i})
		}
	}
	for t, m := range p.multiplicities {
		if m >= 0 {
			out = append(out, Region{Shape: tensor.Shape{p.System.Tables[t].Len()}, Table: relation.TableID(t), Member: -1})
		}
	}
	var cubes []*Cube
	for i := range out {
		out[i].cut(max(1, p.blockCost/leavesPerElement))
		for k := range out[i].Cubes {
			cubes = append(cubes, &out[i].Cubes[k])
		}
	}
	slices.SortStableFunc(cubes, func(a, b *Cube) int { return b.Vars - a.Vars })
	end := 0
	for _, c := range cubes {
		c.Offset = end
		end += 1 << c.Vars
	}
	if end == 0 {
		return fmt.Errorf("the program has no memberships, so that nothing is to be proved")
	}
	p.Tree = Tree{Vars: mle.Bits(end), Regions: out, Used: end}
	if p.Tree.Vars > 30 {
		return fmt.Errorf("%d memberships, more than the sumcheck system takes", end)
	}
	return nil
}

// cut chooses the axis and the cubes of r. More than one axis cannot be cut: weights would
// be no product over axes.
func (r *Region) cut(cost int) {
	whole := weight.Bits(r.Shape)
	best := cost + 1<<whole
	pieces := 1
	for axis, n := range r.Shape {
		rest := whole - mle.Bits(n)
		for k := 2; k <= bits.OnesCount(uint(n)); k++ {
			padded := 0
			for _, c := range cutAxis(n, k) {
				padded += 1 << (rest + mle.Bits(c[1]))
			}
			if c := k*cost + padded; c < best && n>>bits.TrailingZeros(uint(n)) <= maxDigits {
				best, pieces, r.Axis = c, k, axis
			}
		}
	}
	if len(r.Shape) == 0 {
		r.Cubes = []Cube{{Len: 1}}
		return
	}
	rest := whole - mle.Bits(r.Shape[r.Axis])
	for _, c := range cutAxis(r.Shape[r.Axis], pieces) {
		r.Cubes = append(r.Cubes, Cube{From: c[0], Len: c[1], Vars: rest + mle.Bits(c[1])})
	}
}

// Leaf returns the leaf of element i of the region, row-major.
func (r *Region) Leaf(i int) int {
	at, shift, along := 0, 0, 0
	for d := len(r.Shape) - 1; d >= 0; d-- {
		k := i % r.Shape[d]
		i /= r.Shape[d]
		if d == r.Axis {
			along = k
			continue
		}
		at |= k << shift
		shift += mle.Bits(r.Shape[d])
	}
	for _, c := range r.Cubes {
		if c.From <= along && along < c.From+c.Len {
			return c.Offset + (along-c.From)<<shift + at
		}
	}
	panic("zkml: internal error: an element of a region has no leaf")
}

// regionAt returns the weights of the leaves of r in the tree's extension at z.
func (w *flow[T]) regionAt(r *Region, z []T) weight.Weights[T] {
	out := weight.Weights[T]{Coef: arith.Int(w.f, 1), Factors: make([]weight.Factor[T], len(r.Shape))}
	for d := len(r.Shape) - 1; d >= 0; d-- {
		if d != r.Axis {
			b := mle.Bits(r.Shape[d])
			out.Factors[d] = w.space.Eq(z[:b:b], r.Shape[d])
			z = z[b:]
		}
	}
	var pieces []weight.Piece[T]
	for _, c := range r.Cubes {
		b := mle.Bits(c.Len)
		pieces = append(pieces, weight.Piece[T]{From: c.From, Len: c.Len, Coef: w.space.EqIndex(z[b:], c.Offset>>c.Vars)})
	}
	switch {
	case len(r.Shape) == 0:
		out.Coef = pieces[0].Coef
	case len(pieces) == 1:
		b := mle.Bits(r.Shape[r.Axis])
		out.Coef = pieces[0].Coef
		out.Factors[r.Axis] = w.space.Eq(z[:b:b], r.Shape[r.Axis])
	default:
		out.Factors[r.Axis] = w.space.Pieces(z, pieces)
	}
	return out
}
