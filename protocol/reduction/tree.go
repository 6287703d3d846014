// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"fmt"
	"slices"

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
}

// A Region is the queries of a membership, or the rows of a table. Its leaves are
//
//	−1/(α − φ) for a query ,   m/(α − φ) for a row of multiplicity m
//
// with the fingerprint φ = t₀ + β·t₁ + β²·table, tables counted from 1.
type Region struct {
	Offset int // a multiple of 2^Vars
	Vars   int
	Shape  tensor.Shape
	Table  relation.TableID
	// Member is the number of the membership's relation, or −1 for the rows of Table.
	Member int
}

// planTree lists the regions, the largest first, so that all are aligned.
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
	for i := range out {
		out[i].Vars = weight.Bits(out[i].Shape)
	}
	slices.SortStableFunc(out, func(a, b Region) int { return b.Vars - a.Vars })
	end := 0
	for i := range out {
		out[i].Offset = end
		end += 1 << out[i].Vars
	}
	if end == 0 {
		return fmt.Errorf("the program has no memberships, so that nothing is to be proved")
	}
	p.Tree = Tree{Vars: mle.Bits(end), Regions: out}
	if p.Tree.Vars > 30 {
		return fmt.Errorf("%d memberships, more than the sumcheck system takes", end)
	}
	return nil
}
