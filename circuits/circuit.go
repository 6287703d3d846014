// SPDX-License-Identifier: Apache-2.0

// Package circuits interprets the relations of a program as a gnark circuit:
// the direct proof system, for models whose activations fit a circuit.
//
// What a proof says: the prover knows inputs in their declared ranges and, for
// every witness column, values that satisfy every relation, such that the words
// of the statement are those of the program's public and committed tensors.
// Weights are constants of the circuit, hence of its keys, so linear layers cost
// no R1CS constraints.
//
// Public inputs: D, Z, E of package statement. Everything else is private.
//
// Budget (R1CS): 1 per element of a range membership, 2 per table lookup, 1 per
// row of every table in use, 1 per product of two witness values, about 600 per
// 15 words of the statement.
package circuits

import (
	"fmt"
	"slices"

	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// A Model is a program ready to become a circuit: its relations and the order of
// the prover's columns. It is immutable.
type Model struct {
	System  *relation.System
	witness []relation.ColumnID // the Witness columns, in order
	salts   []tensorRef         // the committed tensors, inputs first
}

// NewModel states the relations of p.
func NewModel(p *ir.Program, opts relation.Options) (*Model, error) {
	sys, err := relation.Build(p, opts)
	if err != nil {
		return nil, err
	}
	m := &Model{System: sys}
	for id := range sys.Columns {
		if sys.Columns[id].Kind == relation.Witness {
			m.witness = append(m.witness, relation.ColumnID(id))
		}
	}
	for _, t := range m.tensors() {
		if _, err := p.Nodes[t.id].Range.Encoding(); err != nil && t.visibility != ir.Private {
			return nil, fmt.Errorf("%s: %w", p.Nodes[t.id].Name, err)
		}
		if t.visibility == ir.Committed {
			m.salts = append(m.salts, t)
		}
	}
	return m, nil
}

// NumSalts returns the number of committed tensors: the prover gives one salt for
// each, inputs first.
func (m *Model) NumSalts() int { return len(m.salts) }

// A Circuit is a Model as gnark sees it.
type Circuit struct {
	D frontend.Variable `gnark:"D,public"`
	Z frontend.Variable `gnark:"Z,public"`
	E frontend.Variable `gnark:"E,public"`

	// Columns holds x − lo for every element x of every witness column: small
	// non-negative integers, which cost a multi-scalar multiplication little.
	Columns [][]frontend.Variable
	// Counts holds, for every table, how often each row is looked up.
	Counts [][]frontend.Variable
	// Salts holds the salt of every committed tensor.
	Salts []frontend.Variable

	model *Model
}

// Circuit returns the circuit without values, for compilation.
func (m *Model) Circuit() *Circuit {
	c := &Circuit{model: m, Salts: make([]frontend.Variable, len(m.salts))}
	for _, id := range m.witness {
		c.Columns = append(c.Columns, make([]frontend.Variable, m.System.Columns[id].Shape.Size()))
	}
	for t := range m.System.Tables {
		c.Counts = append(c.Counts, make([]frontend.Variable, m.System.Tables[t].Len()))
	}
	return c
}

// Define implements frontend.Circuit.
func (c *Circuit) Define(api frontend.API) error { return c.define(api, bind) }

// define is Define with the gadget that binds the public inputs to the words.
func (c *Circuit) define(api frontend.API, bind func(api frontend.API, d, z, e frontend.Variable, words []frontend.Variable) error) error {
	sys := c.model.System
	witness := map[relation.ColumnID][]frontend.Variable{}
	for k, id := range c.model.witness {
		lo := sys.Columns[id].Range.Lo
		col := slices.Clone(c.Columns[k])
		if lo != 0 {
			for i := range col {
				col[i] = api.Add(col[i], lo)
			}
		}
		witness[id] = col
	}
	g := &gadget{api: api, lookups: newLookups(sys.Tables, c.Counts)}
	values, err := relation.Interpret(sys, g, witness)
	if err != nil {
		return err
	}
	words, err := c.words(api, values)
	if err != nil {
		return fmt.Errorf("statement: %w", err)
	}
	if err := bind(api, c.D, c.Z, c.E, words); err != nil {
		return err
	}
	var committed []frontend.Variable
	for _, col := range c.Columns {
		committed = append(committed, col...)
	}
	return g.lookups.prove(api, committed)
}

// gadget interprets relations as constraints.
type gadget struct {
	api     frontend.API
	lookups *lookups
	scaled  []frontend.Variable
}

// Int implements relation.Interpreter.
func (g *gadget) Int(c int64) frontend.Variable { return c }

// Mul implements relation.Interpreter.
func (g *gadget) Mul(a, b frontend.Variable) frontend.Variable { return g.api.Mul(a, b) }

// Combine implements relation.Interpreter. It costs no R1CS constraint.
func (g *gadget) Combine(bias int64, terms []relation.Term[frontend.Variable]) frontend.Variable {
	g.scaled = g.scaled[:0]
	for _, t := range terms {
		g.scaled = append(g.scaled, g.api.Mul(t.Coef, t.X))
	}
	if len(g.scaled) == 1 {
		return g.api.Add(g.scaled[0], bias)
	}
	g.scaled = append(g.scaled, bias)
	return g.api.Add(g.scaled[0], g.scaled[1], g.scaled[2:]...)
}

// Zero implements relation.Interpreter.
func (g *gadget) Zero(x frontend.Variable, _ ir.ID) error {
	g.api.AssertIsEqual(x, 0)
	return nil
}

// Member implements relation.Interpreter.
func (g *gadget) Member(t relation.TableID, tuple []frontend.Variable, _ ir.ID) error {
	g.lookups.add(t, tuple)
	return nil
}
