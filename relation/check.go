// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/zkml-go/zkml/ir"
)

// ErrViolated is wrapped by Check's complaint about a relation that does not hold.
var ErrViolated = errors.New("relation violated")

// Witness returns the elements of every Witness column: those of the program's
// values from trace, the auxiliary ones computed. It does not judge trace: a
// forged trace is completed as a dishonest prover would.
func (s *System) Witness(trace ir.Trace) map[ColumnID][]int64 {
	values := make([][]int64, len(s.Columns))
	copy(values, trace)
	out := map[ColumnID][]int64{}
	s.complete(values)
	for id := range s.Columns {
		if s.Columns[id].Kind == Witness {
			out[ColumnID(id)] = values[id]
		}
	}
	return out
}

// complete fills the auxiliary columns of values. Virtual ones come first from
// the relation that determines them, because later columns may depend on them.
func (s *System) complete(values [][]int64) {
	for id := range s.Columns {
		if c := &s.Columns[id]; c.Kind == Const {
			values[id] = c.Data
		}
	}
	for _, r := range s.Relations {
		switch r := r.(type) {
		case Zero:
			Cells(r.Expr, func(c Cell) { s.fillAux(c.Column, values) })
			if r.Pivot != nil && s.auxiliary(r.Pivot.Column) {
				s.solve(r, values)
			}
		case Contract:
			s.fillAux(r.A, values)
			s.fillAux(r.B, values)
			if s.auxiliary(r.Out) {
				values[r.Out] = r.product(values)
			}
		}
	}
	for id := range s.Columns {
		s.fillAux(ColumnID(id), values)
	}
}

// auxiliary reports whether a column is no value of the program.
func (s *System) auxiliary(id ColumnID) bool { return int(id) >= len(s.Program.Nodes) }

// product computes the result of a contraction.
func (r Contract) product(values [][]int64) []int64 {
	out := make([]int64, r.Contraction.OutShape().Size())
	r.Contraction.Walk(func(o int, a, b []int32) {
		for k := range a {
			out[o] += values[r.A][a[k]] * values[r.B][b[k]]
		}
	})
	return out
}

func (s *System) fillAux(id ColumnID, values [][]int64) {
	if c := &s.Columns[id]; c.fill != nil && values[id] == nil {
		values[id] = c.fill(values)
	}
}

// solve computes the pivot of z.
func (s *System) solve(z Zero, values [][]int64) {
	id := z.Pivot.Column
	if values[id] == nil {
		values[id] = make([]int64, s.Columns[id].Shape.Size())
	}
	rest := evaluate(z.Expr, z.Domain, values) // the pivot still reads 0
	for i, j := range positions(*z.Pivot, z.Domain) {
		values[id][j] = -z.Sign * rest[i]
	}
}

// Check evaluates every relation over the integers. It is the oracle for the
// other interpreters. The error wraps ErrViolated and names the node.
func (s *System) Check(witness map[ColumnID][]int64) error {
	_, err := Interpret(s, checker{s: s, rows: s.rowSets()}, witness)
	return err
}

// Values returns the elements of every column that is not Const.
func (s *System) Values(witness map[ColumnID][]int64) ([][]int64, error) {
	return Interpret(s, tracer{}, witness)
}

// rowSets returns, for every table, the set of its rows.
func (s *System) rowSets() []map[[2]int64]bool {
	out := make([]map[[2]int64]bool, len(s.Tables))
	for t := range s.Tables {
		out[t] = map[[2]int64]bool{}
		for i := range s.Tables[t].Len() {
			out[t][s.Tables[t].row(i)] = true
		}
	}
	return out
}

// row returns row i; the second element of a one-column table is 0.
func (t *Table) row(i int) [2]int64 {
	r := [2]int64{t.Columns[0][i]}
	if len(t.Columns) == 2 {
		r[1] = t.Columns[1][i]
	}
	return r
}

// integers interprets arithmetic over ℤ. Results never wrap: one that an int64
// does not hold is the value beyond, which is neither 0 nor in a table. An honest
// run has such a value at most as the product of other factors and a 0.
type integers struct{}

// beyond stands for every integer that is not in (−2⁶³, 2⁶³).
const beyond = math.MinInt64

func (integers) Int(c int64) int64 { return c }

// Mul is right for beyond, too: its multiples, but for 0, are as far out.
func (integers) Mul(a, b int64) int64 { return narrow(wide{}.plus(a, b)) }

func (integers) Combine(bias int64, terms []Term[int64]) int64 {
	sum := wide{}.plus(1, bias)
	for _, t := range terms {
		if t.X == beyond {
			return beyond
		}
		sum = sum.plus(t.Coef, t.X)
	}
	return narrow(sum)
}

func narrow(a wide) int64 {
	if x, ok := a.int64(); ok {
		return x
	}
	return beyond
}

// tracer computes columns and judges nothing.
type tracer struct{ integers }

func (tracer) Zero(int64, ir.ID) error              { return nil }
func (tracer) Member(TableID, []int64, ir.ID) error { return nil }

type checker struct {
	integers
	s    *System
	rows []map[[2]int64]bool
}

func (c checker) Zero(x int64, _ ir.ID) error {
	if x != 0 {
		return fmt.Errorf("%w: the expression is %d, want 0", ErrViolated, x)
	}
	return nil
}

func (c checker) Member(t TableID, tuple []int64, _ ir.ID) error {
	var row [2]int64
	copy(row[:], tuple)
	if !c.rows[t][row] {
		return fmt.Errorf("%w: %v is not in table %s", ErrViolated, slices.Clone(tuple), c.s.Tables[t].Name)
	}
	return nil
}

// Multiplicities returns, for every table, how often each row is looked up.
// Tuples that are in no table are not counted.
func (s *System) Multiplicities(witness map[ColumnID][]int64) ([][]int64, error) {
	m := &counter{at: make([]map[[2]int64]int, len(s.Tables)), counts: make([][]int64, len(s.Tables))}
	for t := range s.Tables {
		m.at[t] = map[[2]int64]int{}
		m.counts[t] = make([]int64, s.Tables[t].Len())
		for i := range s.Tables[t].Len() {
			m.at[t][s.Tables[t].row(i)] = i
		}
	}
	_, err := Interpret(s, m, witness)
	return m.counts, err
}

type counter struct {
	tracer
	at     []map[[2]int64]int
	counts [][]int64
}

func (m *counter) Member(t TableID, tuple []int64, _ ir.ID) error {
	var row [2]int64
	copy(row[:], tuple)
	if i, ok := m.at[t][row]; ok {
		m.counts[t][i]++
	}
	return nil
}
