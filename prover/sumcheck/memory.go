// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/fraction"
	"github.com/zkml-go/zkml/verifier/snark"
)

// Memory is about how many bytes a proof takes at its peak, by what they are for.
type Memory struct {
	Trace   int64 // integers of all tensors, and which rows of tables they are
	Columns int64 // what is committed, in the fewest bytes that hold it
	Tree    int64 // of fractions
	Levels  int64 // tables of the sumchecks of contractions, of the largest level
	Opening int64 // polynomials of the size of a column
	Powers  int64 // of τ
	Wrap    int64 // constraint system, keys and witness of the wrap
	Program int64 // the program itself
}

// Total returns the sum.
func (m Memory) Total() int64 {
	return m.Trace + m.Columns + m.Tree + m.Levels + m.Opening + m.Powers + m.Wrap + m.Program
}

const (
	rowBytes      = 12 // a membership: the row that it is, and its tuple while that is looked up
	tableBytes    = 44 // a row of a table: its denominator, how often it is looked up, and that as a numerator
	levelBytes    = 48 // an element of a table of a level, and of what it is folded to
	openingBytes  = 96 // f, q and the scalars of a multi-exponentiation
	programMemory = 64 << 20
)

// wrapMemory is for 80,000 constraints of Groth16, and for a domain of 2^19 of PLONK: about the
// most that a wrap has whatever the model.
var wrapMemory = map[snark.System]int64{snark.Groth16: 192 << 20, snark.Plonk: 3 << 29}

// EstimateMemory returns what a proof takes that is planned as p and wrapped by a system, ""
// for a plain one. It is meant to be on the safe side: the parts are not all alive at the same time.
// What is garbage is not counted: where memory is not capped there may be as much again.
func EstimateMemory(p *reduction.Plan, wrap snark.System) (Memory, error) {
	m := Memory{Program: programMemory, Wrap: wrapMemory[wrap]}
	for i := range p.System.Columns {
		m.Trace += 8 * int64(p.System.Columns[i].Shape.Size())
	}
	leaves := int64(p.Tree.Used)
	m.Trace += rowBytes * leaves
	m.Tree = fraction.BytesPerLeaf*leaves + fraction.BytesPerPlace<<p.Tree.Vars
	for i := range p.Tree.Regions {
		if r := &p.Tree.Regions[i]; r.Member < 0 {
			m.Tree += tableBytes * int64(r.Shape.Size())
		}
	}
	shape, err := p.Shape()
	if err != nil {
		return m, err
	}
	m.Levels = levelBytes * int64(shape.LevelElements)
	for i := range p.Layout.Blocks {
		b := &p.Layout.Blocks[i]
		m.Columns += width(p.Tensors[b.Tensor].Range) << b.Vars
	}
	size := int64(1) << p.Layout.Vars
	m.Opening = openingBytes * size
	m.Powers = pcs.PointBytes * (size + 1)
	return m, nil
}

// width returns in how many bytes integers of a range are held.
func width(r ir.Range) int64 {
	for bytes := int64(1); bytes < 8; bytes *= 2 {
		if limit := int64(1) << (8*bytes - 1); -limit <= r.Lo && r.Hi < limit {
			return bytes
		}
	}
	return 8
}
