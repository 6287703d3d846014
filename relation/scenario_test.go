// SPDX-License-Identifier: Apache-2.0

package relation_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/relation"
)

// each runs a test on every scenario.
func each(t *testing.T, test func(t *testing.T, s *scenario.Scenario)) {
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			test(t, s)
		})
	}
}

// TestHonest: both checkers accept, and the values that interpretation computes
// are those of the executor.
func TestHonest(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *scenario.Scenario) {
		m := s.Model()
		trace, err := s.Program.Run(s.Inputs)
		if err != nil {
			t.Fatal(err)
		}
		witness := m.System.Witness(trace)
		if err := m.System.Check(witness); err != nil {
			t.Error("Check:", err)
		}
		r := s.Honest(m)
		if err := scenario.Check(m.System, r.Columns()); err != nil {
			t.Error("over the field:", err)
		}
		got, err := m.System.Values(witness)
		if err != nil {
			t.Fatal(err)
		}
		for id := range s.Program.Nodes {
			if m.System.Columns[id].Kind == relation.Const {
				continue
			}
			if diff := cmp.Diff(trace[id], got[id]); diff != "" {
				t.Errorf("%s: computed by the executor (−) and from the witness (+):\n%s", s.Program.Nodes[id].Name, diff)
			}
		}
		for id, c := range m.System.Columns {
			for i, x := range got[id] {
				if !c.Range.Contains(x) {
					t.Errorf("%s[%d] = %d is outside %v", c.Name, i, x, c.Range)
				}
			}
		}
	})
}

// TestForged: a lie in the values or the columns is caught by the relations, any
// other leaves them true.
func TestForged(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *scenario.Scenario) {
		m := s.Model()
		honest := s.Honest(m)
		for _, f := range s.Lies() {
			r := s.Forge(m, f)
			field := scenario.Check(m.System, r.Columns())
			ints, small := r.Integers()
			var whole error
			if small {
				whole = m.System.Check(ints)
			}
			if !r.Relations {
				if field != nil || whole != nil {
					t.Errorf("%s: the relations are violated: %v, %v", f.Name, field, whole)
				}
				continue
			}
			if cmp.Equal(r.Columns(), honest.Columns()) {
				t.Errorf("%s: no column differs from the honest run", f.Name)
			}
			if !errors.Is(field, scenario.ErrField) {
				t.Errorf("%s: over the field: %v, want %v", f.Name, field, scenario.ErrField)
			}
			if small && !errors.Is(whole, relation.ErrViolated) {
				t.Errorf("%s: Check: %v, want %v", f.Name, whole, relation.ErrViolated)
			}
		}
	})
}

// TestEveryRelationIsNeeded plants a fault for each relation that checks: if it
// is left out, some lie passes.
func TestEveryRelationIsNeeded(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *scenario.Scenario) {
		for _, f := range s.Faults() {
			if len(s.Exploits(f)) == 0 {
				t.Errorf("without %s no lie passes", f.Name)
			}
		}
	})
}
