// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// ErrField is wrapped by Check's complaint about a relation that does not hold.
var ErrField = errors.New("relation violated over the field")

// Check evaluates every relation of s over the scalar field of BN254. It is what
// a circuit must agree with: unlike System.Check it judges columns whose elements
// are no integers, such as a quotient that only the field has.
func Check(s *relation.System, columns map[relation.ColumnID][]fr.Element) error {
	return Checker(s)(columns)
}

// Checker returns Check of s, for many columns.
func Checker(s *relation.System) func(columns map[relation.ColumnID][]fr.Element) error {
	j := judge{rows: rowsOf(s)}
	return func(columns map[relation.ColumnID][]fr.Element) error {
		_, err := relation.Interpret(s, j, columns)
		return err
	}
}

// Multiplicities returns, for every table of s, how often each row is looked up.
// Tuples that are in no table are not counted.
func Multiplicities(s *relation.System, columns map[relation.ColumnID][]fr.Element) [][]fr.Element {
	c := counter{rows: rowsOf(s), counts: make([][]fr.Element, len(s.Tables))}
	for t := range s.Tables {
		c.counts[t] = make([]fr.Element, s.Tables[t].Len())
	}
	must(relation.Interpret(s, c, columns))
	return c.counts
}

type row [2]fr.Element

// rowsOf returns, for every table, the number of each of its rows.
func rowsOf(s *relation.System) []map[row]int {
	out := make([]map[row]int, len(s.Tables))
	for t := range s.Tables {
		out[t] = map[row]int{}
		for i := range s.Tables[t].Len() {
			var r row
			for k, col := range s.Tables[t].Columns {
				r[k] = fromInt(col[i])
			}
			out[t][r] = i
		}
	}
	return out
}

// arithmetic interprets expressions over the field.
type arithmetic struct{}

func (arithmetic) Int(c int64) fr.Element { return fromInt(c) }

func (arithmetic) Mul(a, b fr.Element) fr.Element { return *new(fr.Element).Mul(&a, &b) }

func (arithmetic) Combine(bias int64, terms []relation.Term[fr.Element]) fr.Element {
	sum := fromInt(bias)
	for _, t := range terms {
		c := fromInt(t.Coef)
		sum.Add(&sum, c.Mul(&c, &t.X))
	}
	return sum
}

// tracer computes columns and judges nothing.
type tracer struct{ arithmetic }

func (tracer) Zero(fr.Element, ir.ID) error                       { return nil }
func (tracer) Member(relation.TableID, []fr.Element, ir.ID) error { return nil }

type judge struct {
	arithmetic
	rows []map[row]int
}

func (j judge) Zero(x fr.Element, _ ir.ID) error {
	if !x.IsZero() {
		return fmt.Errorf("%w: the expression is %s, want 0", ErrField, x.String())
	}
	return nil
}

func (j judge) Member(t relation.TableID, tuple []fr.Element, _ ir.ID) error {
	var r row
	copy(r[:], tuple)
	if _, ok := j.rows[t][r]; !ok {
		return fmt.Errorf("%w: %v is not in table %d", ErrField, tuple, t)
	}
	return nil
}

type counter struct {
	tracer
	rows   []map[row]int
	counts [][]fr.Element
}

func (c counter) Member(t relation.TableID, tuple []fr.Element, _ ir.ID) error {
	var r row
	copy(r[:], tuple)
	if i, ok := c.rows[t][r]; ok {
		one := fr.One()
		c.counts[t][i].Add(&c.counts[t][i], &one)
	}
	return nil
}
