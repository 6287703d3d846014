// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

// A Layout says where the tensors lie: in columns of 2^Vars elements, those of the
// model first, then those of a proof.
type Layout struct {
	Vars           int
	Model, Witness int // number of columns
	Blocks         []Block
	// Own are the tensors that have a column of their own, the first of a proof's: nothing
	// else is in it, not even where the tensor leaves room.
	Own []int
}

// A Block is the part of a tensor that begins at the index From and has the given Shape.
// It lies in one column, its axes padded to powers of two; the blocks of a tensor have
// each of its elements once.
type Block struct {
	Tensor int
	From   []int // along each axis a multiple of the power of two that Shape is padded to
	Shape  tensor.Shape
	Column int // model columns are 0 … Model−1, those of a proof follow
	Offset int // a multiple of 2^Vars
	Vars   int
}

// place chooses the layout. vars is the number of variables of a column, or 0.
func (p *Plan) place(vars int) error {
	if vars == 0 {
		vars = p.cheapest()
	}
	if vars < minVars || vars > maxVars {
		return fmt.Errorf("columns of 2^%d elements, want 2^%d to 2^%d", vars, minVars, maxVars)
	}
	p.Layout = p.layout(vars)
	return nil
}

// Columns have at least as many variables as an opening with its mask needs, and at
// most as many as common powers of τ allow.
const (
	minVars = 8
	maxVars = 26
)

// What the choice of columns weighs.
const (
	// elementSeconds is about the time to open a column, for each of its elements.
	elementSeconds = 10e-6
	// columnGas is what the commitment to a column costs the contract: what 20 columns cost more
	// than 4, by go test ./contracts -run TestGas.
	columnGas = 7_600
	// gasPerSecond is how much gas a second of the prover is worth.
	gasPerSecond = 25_000
)

// cheapest weighs the time to open a column, and to hash committed tensors that do not fit
// into one, against the gas of its commitment.
func (p *Plan) cheapest() int {
	best, cost := minVars, 0.0
	for vars := minVars; vars <= 23; vars++ {
		l := p.layout(vars)
		c := elementSeconds*float64(int(1)<<vars) + columnGas/float64(gasPerSecond)*float64(l.Model+l.Witness)
		for _, t := range p.large {
			if !slices.Contains(l.Own, t.tensor) {
				c += wordSeconds * float64(t.words)
			}
		}
		if vars == minVars || c < cost {
			best, cost = vars, c
		}
	}
	return best
}

func (p *Plan) layout(vars int) Layout {
	l := Layout{Vars: vars}
	for _, t := range p.large {
		if p.Tensors[t.tensor].vars() <= vars {
			l.Own = append(l.Own, t.tensor)
		}
	}
	for _, model := range []bool{true, false} {
		var blocks []Block
		for i := range p.Tensors {
			t := &p.Tensors[i]
			if t.Model != model || slices.Contains(l.Own, i) {
				continue
			}
			cost := p.blockCost
			// Weights of words are no product: a block has a list of them. The model lies as it
			// does in its check, whose statement has no words.
			if !model && t.Column >= 0 && p.stated[t.Column] {
				cost = whole
			}
			for _, b := range cut(t.Shape, vars, cost) {
				b.Tensor = i
				blocks = append(blocks, b)
			}
		}
		slices.SortStableFunc(blocks, func(a, b Block) int {
			if a.Vars != b.Vars {
				return b.Vars - a.Vars
			}
			return p.Tensors[b.Tensor].width() - p.Tensors[a.Tensor].width()
		})
		at := 0
		if !model {
			for _, i := range l.Own {
				t := &p.Tensors[i]
				l.Blocks = append(l.Blocks, Block{Tensor: i, From: make([]int, len(t.Shape)), Shape: t.Shape, Column: l.Model + at>>vars, Vars: t.vars()})
				at += 1 << vars
			}
		}
		for i := range blocks {
			blocks[i].Column, blocks[i].Offset = l.Model+at>>vars, at&(1<<vars-1)
			at += 1 << blocks[i].Vars
		}
		columns := (at + 1<<vars - 1) >> vars
		if model {
			l.Model = columns
		} else {
			l.Witness = columns
		}
		l.Blocks = append(l.Blocks, blocks...)
	}
	return l
}

// width returns the number of bits of the elements of t.
func (t *Tensor) width() int {
	return bits.Len64(uint64(max(t.Range.Hi, -t.Range.Lo-1)))
}
