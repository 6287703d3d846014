// SPDX-License-Identifier: Apache-2.0

package relation_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// wrapping interprets arithmetic modulo 2⁶⁴, as Check must not.
type wrapping struct{ tables []relation.Table }

func (wrapping) Int(c int64) int64    { return c }
func (wrapping) Mul(a, b int64) int64 { return a * b }
func (wrapping) Combine(bias int64, terms []relation.Term[int64]) int64 {
	for _, t := range terms {
		bias += t.Coef * t.X
	}
	return bias
}

func (wrapping) Zero(x int64, _ ir.ID) error {
	if x != 0 {
		return errors.New("not zero")
	}
	return nil
}

func (w wrapping) Member(id relation.TableID, tuple []int64, _ ir.ID) error {
	t := &w.tables[id]
	for i := range t.Len() {
		found := true
		for k, x := range tuple {
			found = found && t.Columns[k][i] == x
		}
		if found {
			return nil
		}
	}
	return errors.New("not a row")
}

// TestCheckDoesNotWrap: a product that is 0 modulo 2⁶⁴ only is no 0.
func TestCheckDoesNotWrap(t *testing.T) {
	t.Parallel()
	s := scenario.Get("max/huge")
	m := s.Model()
	columns, ok := s.Forge(m, s.Lie("larger than all by 2³²")).Integers()
	if !ok {
		t.Fatal("the lie is not one of integers")
	}
	if _, err := relation.Interpret(m.System, wrapping{m.System.Tables}, columns); err != nil {
		t.Errorf("arithmetic that wraps rejects the lie: %v", err)
	}
	if err := m.System.Check(columns); !errors.Is(err, relation.ErrViolated) {
		t.Errorf("Check: %v, want %v", err, relation.ErrViolated)
	}
}

// TestLargeConstants: the constant part of an expression may exceed an int64.
func TestLargeConstants(t *testing.T) {
	t.Parallel()
	s := &relation.System{
		Program: &ir.Program{Nodes: []ir.Node{{Name: "x"}}},
		Columns: []relation.Column{{Name: "x", Kind: relation.Witness, Shape: tensor.Shape{}}},
		Relations: []relation.Relation{relation.Zero{
			Domain: tensor.Shape{},
			Expr:   relation.Sum{{Coef: 1 << 62, Expr: relation.Int(-1 << 60)}, {Coef: 1, Expr: relation.Cell{Column: 0}}, {Coef: 1, Expr: relation.Int(7)}},
		}},
	}
	var x fr.Element
	x.SetBigInt(new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 122), big.NewInt(7)))
	if err := scenario.Check(s, map[relation.ColumnID][]fr.Element{0: {x}}); err != nil {
		t.Errorf("2¹²² − 7: %v", err)
	}
	for _, wrapped := range []int64{-7, 1<<58 - 7} {
		x.SetInt64(wrapped)
		if scenario.Check(s, map[relation.ColumnID][]fr.Element{0: {x}}) == nil {
			t.Errorf("%d passes for 2¹²² − 7", wrapped)
		}
		if s.Check(map[relation.ColumnID][]int64{0: {wrapped}}) == nil {
			t.Errorf("Check: %d passes for 2¹²² − 7", wrapped)
		}
	}
}
