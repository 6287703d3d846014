// SPDX-License-Identifier: Apache-2.0

package relation_test

import (
	"testing"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// TestVirtualColumns: every cell of a virtual column is determined, once, and
// before anything reads it. A cell determined twice would lose a constraint.
func TestVirtualColumns(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *scenario.Scenario) {
		sys := s.Model().System
		checkDefinitions(t, sys)
	})
}

func checkDefinitions(t *testing.T, sys *relation.System) {
	t.Helper()
	times := make([][]int, len(sys.Columns))
	for id, c := range sys.Columns {
		times[id] = make([]int, c.Shape.Size())
		if c.Kind != relation.Virtual {
			for i := range times[id] {
				times[id][i] = 1
			}
		}
	}
	read := func(id relation.ColumnID) {
		for i, n := range times[id] {
			if n == 0 {
				t.Errorf("%s[%d] is read before it is determined", sys.Columns[id].Name, i)
			}
		}
	}
	for _, r := range sys.Relations {
		switch r := r.(type) {
		case relation.Contract:
			read(r.A)
			read(r.B)
			for i := range times[r.Out] {
				times[r.Out][i]++
			}
		case relation.Member:
			for _, e := range r.Tuple {
				columnsOf(e, read)
			}
		case relation.Zero:
			columnsOf(r.Expr, func(id relation.ColumnID) {
				if r.Pivot == nil || id != r.Pivot.Column {
					read(id)
				}
			})
			if r.Pivot == nil {
				continue
			}
			for i := range r.Domain.Size() {
				j := int32(i)
				if r.Pivot.View != nil {
					j = r.Pivot.View.Table()[i]
				}
				times[r.Pivot.Column][j]++
			}
		}
	}
	for id, c := range sys.Columns {
		for i, n := range times[id] {
			if n != 1 {
				t.Errorf("%s[%d] is determined %d times", c.Name, i, n)
			}
		}
	}
}

func columnsOf(e relation.Expr, visit func(relation.ColumnID)) {
	switch e := e.(type) {
	case relation.Cell:
		visit(e.Column)
	case relation.Sum:
		for _, t := range e {
			columnsOf(t.Expr, visit)
		}
	case relation.Product:
		for _, f := range e {
			columnsOf(f, visit)
		}
	}
}

// TestDegrees: tuples are linear, and no expression exceeds the product of a
// group of four.
func TestDegrees(t *testing.T) {
	t.Parallel()
	highest := 0
	for _, s := range scenario.All() {
		sys := s.Model().System
		for _, r := range sys.Relations {
			switch r := r.(type) {
			case relation.Member:
				for _, e := range r.Tuple {
					if d := sys.Degree(e); d > 1 {
						t.Errorf("%s: a tuple of degree %d", s.Name, d)
					}
				}
			case relation.Zero:
				d := sys.Degree(r.Expr)
				if r.Pivot != nil && d > 1 {
					t.Errorf("%s: a definition of degree %d", s.Name, d)
				}
				highest = max(highest, d)
			}
		}
	}
	if highest != 4 {
		t.Errorf("the highest degree is %d, want 4", highest)
	}
}

// TestDegree: constants have none, products add up.
func TestDegree(t *testing.T) {
	t.Parallel()
	sys := &relation.System{Columns: []relation.Column{{Kind: relation.Const}, {Kind: relation.Witness}, {Kind: relation.Virtual}}}
	w, x, y := relation.Cell{Column: 0}, relation.Cell{Column: 1}, relation.Cell{Column: 2}
	for _, c := range []struct {
		e    relation.Expr
		want int
	}{
		{relation.Int(5), 0},
		{w, 0},
		{x, 1},
		{relation.Product{w, x, y}, 2},
		{relation.Sum{{Coef: 1, Expr: relation.Product{x, x, y}}, {Coef: -1, Expr: w}}, 3},
	} {
		if got := sys.Degree(c.e); got != c.want {
			t.Errorf("degree of %v is %d, want %d", c.e, got, c.want)
		}
	}
}

// TestConstants: a value that depends on constants only has no relation.
func TestConstants(t *testing.T) {
	t.Parallel()
	sys := scenario.Get("statement").Model().System
	for id, n := range sys.Program.Nodes {
		want := n.Op.Kind() == "const"
		if got := sys.Columns[id].Kind == relation.Const; got != want {
			t.Errorf("%s is a constant: %v, want %v", n.Name, got, want)
		}
		for _, r := range sys.Relations {
			if want && r.From() == ir.ID(id) {
				t.Errorf("the constant %s has a relation", n.Name)
			}
		}
	}
}

// TestBuildRefuses: tables that are no range tables.
func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	p := scenario.Get("input").Program
	for _, bits := range []int{-1, 1, 21} {
		if _, err := relation.Build(p, relation.Options{TableBits: bits}); err == nil {
			t.Errorf("tables of %d bits are accepted", bits)
		}
	}
	if _, err := relation.Build(p, relation.Options{}); err != nil {
		t.Errorf("default options: %v", err)
	}
}

// TestWitnessOfWrongLength: interpretation refuses columns of another length.
func TestWitnessOfWrongLength(t *testing.T) {
	t.Parallel()
	s := scenario.Get("input")
	m := s.Model()
	columns, _ := s.Honest(m).Integers()
	for _, bad := range [][]int64{nil, columns[0][:3], append(columns[0], 0)} {
		if err := m.System.Check(map[relation.ColumnID][]int64{0: bad}); err == nil {
			t.Errorf("a column of %d elements is accepted for shape %v", len(bad), tensor.Shape{4})
		}
	}
}
