// SPDX-License-Identifier: Apache-2.0

// Package relation states, as data, what holds between the tensors of an
// integer program.
//
// There are three kinds of relation:
//
//	Zero      a polynomial expression over columns is 0 at every index
//	Member    a tuple of expressions is a row of a table at every index
//	Contract  a column is the sum over shared axes of a product of two columns
//
// Everything that proves or checks interprets this list and knows no primitive:
// the direct circuit, the sumcheck prover, and Check. Each primitive states its
// relations in one file of this package, with the argument why only one value
// of every witness column satisfies them.
package relation

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// A ColumnID names a column of a System. The first columns are the values of
// the program, in order; auxiliary columns follow.
type ColumnID int

// A Kind says how a column gets its values.
type Kind int

const (
	// Const columns are part of the statement.
	Const Kind = iota
	// Witness columns are chosen by the prover.
	Witness
	// Virtual columns are determined by other columns through the relation that
	// has them as its pivot or result. They need no commitment of their own.
	Virtual
)

// A Column is a tensor that relations speak of.
type Column struct {
	Name  string
	Shape tensor.Shape
	Range ir.Range // holds the elements of an honest prover
	Kind  Kind
	Data  []int64 // the elements of a Const column

	// fill computes an auxiliary witness column from the columns before it.
	fill func(values [][]int64) []int64
}

// A TableID names a table of a System.
type TableID int

// A Table is a set of rows. Rows are distinct.
type Table struct {
	Name    string
	Columns [][]int64 // one or two columns of equal length
}

// Len returns the number of rows.
func (t *Table) Len() int { return len(t.Columns[0]) }

// A System is the list of relations of a program.
type System struct {
	Program   *ir.Program
	Columns   []Column
	Tables    []Table
	Relations []Relation
}

// A Relation is a Zero, a Member or a Contract.
type Relation interface {
	// From returns the value of the program that the relation belongs to.
	From() ir.ID
}

// A Zero says that Expr is 0 at every index of Domain.
type Zero struct {
	Node   ir.ID
	Domain tensor.Shape
	Expr   Expr
	// Pivot, if not nil, is a cell of a Virtual column that occurs in Expr exactly
	// once, with coefficient Sign = ±1, and that this relation determines.
	Pivot *Cell
	Sign  int64
}

// A Member says that (Tuple[0], …) is a row of Table at every index of Domain.
type Member struct {
	Node   ir.ID
	Domain tensor.Shape
	Tuple  []Expr
	Table  TableID
}

// A Contract says that the Virtual column Out is the contraction of A and B.
type Contract struct {
	Node        ir.ID
	Out, A, B   ColumnID
	Contraction tensor.Contraction
}

// From implements Relation.
func (r Zero) From() ir.ID { return r.Node }

// From implements Relation.
func (r Member) From() ir.ID { return r.Node }

// From implements Relation.
func (r Contract) From() ir.ID { return r.Node }

// Options are the choices that shape a System.
type Options struct {
	// TableBits bounds the size of a range table: wider ranges are split into
	// limbs. 0 means DefaultTableBits.
	TableBits int
}

// DefaultTableBits keeps range tables at 4096 rows.
const DefaultTableBits = 12

// Build states the relations of p.
func Build(p *ir.Program, opts Options) (*System, error) {
	if opts.TableBits == 0 {
		opts.TableBits = DefaultTableBits
	}
	if opts.TableBits < 2 || opts.TableBits > 20 {
		return nil, fmt.Errorf("range tables of %d bits, want 2 to 20", opts.TableBits)
	}
	b := &builder{System: &System{Program: p}, opts: opts, uses: p.Uses(), ranges: map[int64]TableID{}}
	for _, n := range p.Nodes {
		b.Columns = append(b.Columns, Column{Name: n.Name, Shape: n.Shape, Range: n.Range})
	}
	for i := range p.Tables {
		b.addFunctionTable(&p.Tables[i])
	}
	for id := range p.Nodes {
		n := &p.Nodes[id]
		if b.constant(ir.ID(id), n) {
			continue
		}
		state, ok := primitives[n.Op.Kind()]
		if !ok {
			return nil, fmt.Errorf("%s: no relations for primitive %q", n.Name, n.Op.Kind())
		}
		if err := state(b, ir.ID(id), n); err != nil {
			return nil, fmt.Errorf("%s (%s): %w", n.Name, n.Op.Kind(), err)
		}
	}
	return b.System, nil
}

// primitives holds, for each primitive, the function that states its relations.
var primitives = map[string]func(b *builder, id ir.ID, n *ir.Node) error{}

// register adds a primitive; a kind can be taken once.
func register(kind string, state func(b *builder, id ir.ID, n *ir.Node) error) struct{} {
	if _, dup := primitives[kind]; dup {
		panic("zkml: internal error: relations of " + kind + " registered twice")
	}
	primitives[kind] = state
	return struct{}{}
}
