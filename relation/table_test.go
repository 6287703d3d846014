// SPDX-License-Identifier: Apache-2.0

package relation_test

import (
	"testing"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/relation"
)

// TestEveryRowCounts plants a row too many in a table: a lie then passes.
func TestEveryRowCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario, table string
		row             []int64
		lie             string
	}{
		{"input", "[0,14)", []int64{14}, "x[0] just above its range"},
		{"input", "[0,14)", []int64{-1}, "x[0] just below its range"},
		{"rescale", "[0,8)", []int64{8}, "a tie toward −∞"},
		{"rescale", "[0,8)", []int64{-1}, "rounded toward 0"},
		{"lookup", "cube", []int64{2, 343}, "the result of another argument"},
		{"lookup", "clamp", []int64{-8, 5}, "clamped to the wrong side"},
		{"max", "[0,14)", []int64{-4}, "another element of row 0"},
	} {
		t.Run(c.scenario+"/"+c.lie, func(t *testing.T) {
			t.Parallel()
			s := scenario.Get(c.scenario)
			m := s.Model()
			f := s.Lie(c.lie)
			if scenario.Check(m.System, s.Forge(m, f).Columns()) == nil {
				t.Error("the lie passes without the row")
			}
			table := tableNamed(t, m.System, c.table)
			for k, x := range c.row {
				table.Columns[k] = append(table.Columns[k], x)
			}
			if err := scenario.Check(m.System, s.Forge(m, f).Columns()); err != nil {
				t.Errorf("with the row %v the lie does not pass: %v", c.row, err)
			}
		})
	}
}

func tableNamed(t *testing.T, s *relation.System, name string) *relation.Table {
	t.Helper()
	for i := range s.Tables {
		if s.Tables[i].Name == name {
			return &s.Tables[i]
		}
	}
	t.Fatalf("no table %s", name)
	return nil
}

// TestRowsAreDistinct: multiplicities have one place each.
func TestRowsAreDistinct(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *scenario.Scenario) {
		for _, table := range s.Model().System.Tables {
			arguments := map[int64]bool{}
			for _, x := range table.Columns[0] {
				if arguments[x] {
					t.Errorf("table %s has two rows of argument %d", table.Name, x)
				}
				arguments[x] = true
			}
		}
	})
}
