// SPDX-License-Identifier: Apache-2.0

// Package reduction reduces the relations of a program to one evaluation of its
// committed columns: the argument of the sumcheck system, but for the commitment
// scheme.
//
// Committed, before any challenge, are the witness columns of the program's relations,
// the multiplicities of its tables, and, once for a model, its weights and tables. All
// other values are virtual: they are linear in committed ones, or contractions of two
// tensors. Then
//
//  1. one LogUp tree for all memberships ends in a point z and two values that are
//     linear in the tuples and multiplicities;
//  2. a random combination of these, of the zero relations at z, and of the words of
//     the statement is one claim ∑ ⟨w_x, x⟩ = v over all tensors x;
//  3. functionals on virtual tensors move to their sources: through linear maps by
//     their transposes (package weight), through contractions by sumchecks, one batch
//     for each level of contractions of contractions;
//  4. when only committed tensors are left, one sumcheck over the index of a column
//     reduces the claim to the columns' values at a point u;
//  5. their combination by ρ is what the commitment scheme opens.
//
// The flow is one function over a Field, run by the prover, by the native verifier and
// by the wrap circuit: it asks a Party for the prover's messages.
//
// Soundness error: each step adds (rounds·degree + terms)/|F|; for the largest models
// below 2⁻²²⁰ in all. That committed columns are integers of a range is what the
// memberships say; that an identity over the field is one over ℤ is argued in package
// relation. NB: nothing here says that u is the point of an opening; the caller proves
// it.
package reduction

import (
	"cmp"
	"fmt"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// A Plan says what is committed where, and what the tree of fractions holds. It
// depends on the relations only, and is immutable.
type Plan struct {
	System  *relation.System
	Tensors []Tensor
	Layout  Layout
	Tree    Tree

	columns        []int   // tensor of a column of the system, or −1
	multiplicities []int   // tensor of the multiplicities of a table, or −1 for an unused one
	tables         [][]int // tensor of a column of a table, or −1
	levels         []int   // of every column: the number of levels that use it
	zeros          []int   // relations without a pivot
	// stated are the tensors of the statement, spelled the virtual ones whose words are
	// a summand of the first level.
	stated, spelled map[relation.ColumnID]bool
	// large are the tensors that get a column of their own if they fit, in the order of the
	// statement.
	large []largeTensor
	// evaluated are constants that verifiers evaluate, however large.
	evaluated map[relation.ColumnID]bool
	blockCost int
}

// A Tensor is committed: a column of the system, a column of a table, or the
// multiplicities of one.
type Tensor struct {
	Name  string
	Shape tensor.Shape
	Range ir.Range
	// Model tells what is committed once, for all proofs of a model.
	Model bool

	Column relation.ColumnID // or −1
	Table  relation.TableID  // or −1
	// TableColumn is the column of Table, −1 for its multiplicities.
	TableColumn int
}

// vars returns the number of variables of t, its axes padded to powers of two.
func (t *Tensor) vars() int { return weight.Bits(t.Shape) }

// Options are the choices that shape a Plan.
type Options struct {
	// Vars is the number of variables of a column; 0 chooses by cost.
	Vars int
	// OwnWords is the least number of words of a committed tensor of the statement that gets
	// a column of its own; 0 is by cost.
	OwnWords int
	// BlockCost is how many elements of padding are worth one more block of a tensor, or
	// one more cube of the tree; 0 is 16384.
	BlockCost int
}

// directSize is the size up to which verifiers evaluate constants themselves.
const directSize = 32

// New plans the reduction of s.
func New(s *relation.System, opts Options) (*Plan, error) {
	p := &Plan{System: s, blockCost: cmp.Or(opts.BlockCost, defaultBlockCost)}
	p.columns = make([]int, len(s.Columns))
	for id := range s.Columns {
		p.columns[id] = -1
		if c := &s.Columns[id]; c.Kind == relation.Witness {
			p.columns[id] = p.commit(Tensor{Name: c.Name, Shape: c.Shape, Range: c.Range, Column: relation.ColumnID(id), Table: -1, TableColumn: -1})
		}
	}
	return p, p.finish(opts)
}

// finish plans what is left when the columns of the system are committed.
func (p *Plan) finish(opts Options) error {
	if err := p.planTables(); err != nil {
		return err
	}
	if err := p.planRelations(); err != nil {
		return err
	}
	if err := p.checkVirtual(); err != nil {
		return err
	}
	if err := p.planTree(); err != nil {
		return err
	}
	if err := p.planOwn(opts.OwnWords); err != nil {
		return err
	}
	return p.place(opts.Vars)
}

func (p *Plan) commit(t Tensor) int {
	p.Tensors = append(p.Tensors, t)
	return len(p.Tensors) - 1
}

// planTables commits to the multiplicities of the tables in use, and to those of their
// columns that have no closed form.
func (p *Plan) planTables() error {
	s := p.System
	queries := make([]int, len(s.Tables))
	for _, r := range s.Relations {
		if m, ok := r.(relation.Member); ok {
			queries[m.Table] += m.Domain.Size()
		}
	}
	p.multiplicities = make([]int, len(s.Tables))
	p.tables = make([][]int, len(s.Tables))
	for t := range s.Tables {
		table := &s.Tables[t]
		p.multiplicities[t] = -1
		p.tables[t] = make([]int, len(table.Columns))
		shape := tensor.Shape{table.Len()}
		for k, data := range table.Columns {
			p.tables[t][k] = -1
			if queries[t] > 0 && !consecutive(data) && !direct(data) {
				p.tables[t][k] = p.commit(Tensor{Name: fmt.Sprintf("table %s, column %d", table.Name, k), Shape: shape,
					Range: ir.RangeOf(data), Model: true, Column: -1, Table: relation.TableID(t), TableColumn: k})
			}
		}
		if queries[t] > 0 {
			p.multiplicities[t] = p.commit(Tensor{Name: "multiplicities of " + table.Name, Shape: shape,
				Range: ir.Range{Hi: int64(queries[t])}, Column: -1, Table: relation.TableID(t), TableColumn: -1})
		}
	}
	return nil
}

// planRelations finds the constants that verifiers cannot evaluate, and how deep
// contractions are nested.
func (p *Plan) planRelations() error {
	s := p.System
	p.levels = make([]int, len(s.Columns))
	use := func(id relation.ColumnID, level int) {
		p.levels[id] = max(p.levels[id], level)
		c := &s.Columns[id]
		if c.Kind == relation.Const && p.columns[id] < 0 && !direct(c.Data) && !p.evaluated[id] {
			p.columns[id] = p.commit(Tensor{Name: c.Name, Shape: c.Shape, Range: ir.RangeOf(c.Data), Model: true, Column: id, Table: -1, TableColumn: -1})
		}
	}
	if err := p.planWords(); err != nil {
		return err
	}
	for i := len(s.Relations) - 1; i >= 0; i-- {
		switch r := s.Relations[i].(type) {
		case relation.Member:
			for _, e := range r.Tuple {
				if Degree(e) > 1 {
					return p.refuse(r, "a tuple of a membership is not linear")
				}
				relation.Cells(e, func(c relation.Cell) { use(c.Column, 0) })
			}
		case relation.Zero:
			level := 0
			switch {
			case r.Pivot == nil:
				p.zeros = append(p.zeros, i)
				if Degree(r.Expr) > 1 {
					level = 1
				}
			case Degree(r.Expr) > 1:
				return p.refuse(r, "a virtual column is not linear in others")
			default:
				level = p.levels[r.Pivot.Column]
			}
			relation.Cells(r.Expr, func(c relation.Cell) { use(c.Column, level) })
		case relation.Contract:
			level := p.levels[r.Out] + 1
			use(r.A, level)
			use(r.B, level)
		}
	}
	return nil
}

// planWords finds the virtual tensors of the statement of more than one axis. Weights of
// words are no product over axes: as a functional on a contraction they would keep all
// indices of its result together with those it sums over. A summand of the first level
// has them at a point.
func (p *Plan) planWords() error {
	l, err := statementOf(p.System.Program)
	if err != nil {
		return err
	}
	p.stated, p.spelled = map[relation.ColumnID]bool{}, map[relation.ColumnID]bool{}
	for _, t := range l.tensors {
		p.stated[t.column] = true
		axes := 0
		for _, n := range p.System.Columns[t.column].Shape {
			if n > 1 {
				axes++
			}
		}
		if p.System.Columns[t.column].Kind == relation.Virtual && axes > 1 {
			p.spelled[t.column] = true
			p.levels[t.column] = 1
		}
	}
	return nil
}

// checkVirtual reports an error if a virtual column has no relation that determines it:
// functionals on it would go nowhere, as if it were 0.
func (p *Plan) checkVirtual() error {
	defined := make([]bool, len(p.System.Columns))
	for _, r := range p.System.Relations {
		switch r := r.(type) {
		case relation.Zero:
			if r.Pivot != nil {
				defined[r.Pivot.Column] = true
			}
		case relation.Contract:
			defined[r.Out] = true
		}
	}
	for id := range p.System.Columns {
		if c := &p.System.Columns[id]; c.Kind == relation.Virtual && !defined[id] {
			return fmt.Errorf("column %s: no relation determines it", c.Name)
		}
	}
	return nil
}

func (p *Plan) refuse(r relation.Relation, why string) error {
	n := &p.System.Program.Nodes[r.From()]
	return fmt.Errorf("%s (%s): the sumcheck system cannot prove this: %s", n.Name, n.Op.Kind(), why)
}

// Depth returns the number of levels: the largest number of contractions of
// contractions between committed tensors.
func (p *Plan) Depth() int {
	depth := 0
	for _, l := range p.levels {
		depth = max(depth, l)
	}
	return depth
}

// consecutive reports whether data is x, x+1, x+2, …
func consecutive(data []int64) bool {
	for i := range data {
		if data[i] != data[0]+int64(i) {
			return false
		}
	}
	return true
}

// uniform reports whether all of data is one number.
func uniform(data []int64) bool {
	for _, x := range data {
		if x != data[0] {
			return false
		}
	}
	return true
}

// direct reports whether a verifier evaluates data itself.
func direct(data []int64) bool { return len(data) <= directSize || uniform(data) }
