// SPDX-License-Identifier: Apache-2.0

// Package onchain writes an integer program for the contract OnchainModel, which executes it: a layer list
// and the data, weights and tables, that it names. OnchainModelLayers.sol defines the bytes.
//
// A program computes on a frame of cells, one integer each. Values get cells for the time they are needed;
// views that only regroup axes, and constants, need none of their own. Contractions with constants become
// dense ops, whose weights lie in lanes of 256-bit words, so that the machine multiplies by several of them at
// once.
package onchain

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
)

// Limits of the contract.
const (
	// PieceBytes is the length of every piece of the data but the last.
	PieceBytes = 24_544
	// MaxListBytes is the length that a layer list can have: it is the code of one contract.
	MaxListBytes = 24_575
	// MaxCells is how many cells a frame can have.
	MaxCells = 65_536
)

// A Model is a program for the contract.
type Model struct {
	List            []byte  // the layer list
	Data            []byte  // what it refers to
	Cells           int     // of the frame
	Layers          []Layer // what can be evaluated by itself
	inputs, outputs []tensorCode
}

// A Layer is a stretch of the layer list between two boundaries.
type Layer struct {
	Node string // the network's node of its first op
	Ops  int
	// MACs is the number of multiplications of a weight or a cell by a cell.
	MACs int
}

// MACs returns the number of multiply-accumulates of an evaluation.
func (m *Model) MACs() int {
	n := 0
	for _, l := range m.Layers {
		n += l.MACs
	}
	return n
}

// Pieces returns the data as the contract takes it.
func (m *Model) Pieces() [][]byte {
	var out [][]byte
	for rest := m.Data; len(rest) > 0; {
		n := min(len(rest), PieceBytes)
		out, rest = append(out, rest[:n]), rest[n:]
	}
	return out
}

// A NodeError says which node of a program the contract cannot execute, and why.
type NodeError struct {
	Node, Kind string
	Reason     string
}

func (e *NodeError) Error() string {
	return fmt.Sprintf("%s (%s) cannot be executed on chain: %s", e.Node, e.Kind, e.Reason)
}

// Encode writes p for the contract. The error is a *NodeError if p has a node that is too large for it.
func Encode(p *ir.Program) (*Model, error) {
	e := newEncoder(p)
	for id := range p.Nodes {
		if err := e.node(ir.ID(id)); err != nil {
			return nil, err
		}
	}
	for _, o := range p.Outputs {
		if err := e.output(o.ID); err != nil {
			return nil, err
		}
	}
	return e.assemble()
}
