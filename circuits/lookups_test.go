// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"errors"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/relation"
)

// squares is the table of (x, x²).
var squares = relation.Table{Name: "squares", Columns: [][]int64{{0, 1, 2, 3}, {0, 1, 4, 9}}}

// A membership says that (X, Y) is a row of squares. It is a lookup argument of
// its own, whose challenges a test may draw wrongly.
type membership struct {
	X, Y   frontend.Variable
	Counts []frontend.Variable

	draw *drawing // a pointer: gnark compares circuits, and functions do not compare
}

type drawing func(api frontend.API, c *membership) (alpha, gamma frontend.Variable, err error)

// Define implements frontend.Circuit.
func (c *membership) Define(api frontend.API) error {
	l := newLookups([]relation.Table{squares}, [][]frontend.Variable{c.Counts})
	l.add(0, []frontend.Variable{c.X, c.Y})
	if c.draw == nil {
		return l.prove(api, []frontend.Variable{c.X, c.Y})
	}
	alpha, gamma, err := (*c.draw)(api, c)
	if err != nil {
		return err
	}
	l.balance(api, &squares, c.Counts, l.queries[0], alpha, gamma)
	return nil
}

// committing draws the challenges after a commitment to some of the elements. The
// circuit remembers what it drew, for a prover who can tell in advance.
func committing(what func(c *membership) []frontend.Variable, seen *[2]fr.Element) drawing {
	return func(api frontend.API, c *membership) (frontend.Variable, frontend.Variable, error) {
		committer, ok := api.Compiler().(frontend.Committer)
		if !ok {
			return nil, nil, errors.New("cannot commit")
		}
		challenge, err := committer.Commit(what(c)...)
		if err != nil {
			return nil, nil, err
		}
		alpha, gamma, err := expand(api, challenge)
		if err == nil {
			seen[0].SetBigInt(number(alpha))
			seen[1].SetBigInt(number(gamma))
		}
		return alpha, gamma, err
	}
}

// number returns a variable of gnark's test engine.
func number(v frontend.Variable) *big.Int {
	if p, ok := v.(*big.Int); ok {
		return p
	}
	x := v.(big.Int)
	return &x
}

// weight returns 1/(α − x − γ·y): what a query or a row adds to the sum.
func weight(alpha, gamma, x, y fr.Element) fr.Element {
	var f fr.Element
	f.Mul(&gamma, &y).Add(&f, &x)
	f.Sub(&alpha, &f)
	return *f.Inverse(&f)
}

func element(x int64) (e fr.Element) {
	e.SetInt64(x)
	return e
}

func assignment(x, y fr.Element, counts ...fr.Element) *membership {
	c := &membership{X: x, Y: y}
	for _, m := range counts {
		c.Counts = append(c.Counts, m)
	}
	return c
}

// drawn is the membership, without values, whose challenges are drawn by d.
func drawn(d drawing) *membership {
	c := honest()
	c.draw = &d
	return c
}

// honest is the membership, without values.
func honest() *membership { return &membership{Counts: make([]frontend.Variable, squares.Len())} }

func accepts(circuit, assignment frontend.Circuit) bool {
	return test.IsSolved(circuit, assignment, ecc.BN254.ScalarField()) == nil
}

// TestMembership: rows pass with their multiplicities and nothing else does.
func TestMembership(t *testing.T) {
	t.Parallel()
	zero, one := element(0), element(1)
	for _, c := range []struct {
		name   string
		a      *membership
		accept bool
	}{
		{"a row", assignment(element(2), element(4), zero, zero, one, zero), true},
		{"counted elsewhere", assignment(element(2), element(4), zero, one, zero, zero), false},
		{"counted twice", assignment(element(2), element(4), zero, zero, element(2), zero), false},
		{"not counted", assignment(element(2), element(4), zero, zero, zero, zero), false},
		{"no row", assignment(element(2), element(3), zero, zero, one, zero), false},
		{"no argument", assignment(element(4), element(16), zero, zero, zero, one), false},
		{"exchanged", assignment(element(4), element(2), zero, zero, one, zero), false},
	} {
		if got := accepts(honest(), c.a); got != c.accept {
			t.Errorf("%s: accepted %v, want %v", c.name, got, c.accept)
		}
	}
}

// TestMultiplicitiesAreCommitted plants a challenge that does not depend on the
// multiplicities: the prover solves the identity for one of them.
func TestMultiplicitiesAreCommitted(t *testing.T) {
	t.Parallel()
	var seen [2]fr.Element
	fault := committing(func(c *membership) []frontend.Variable { return []frontend.Variable{c.X, c.Y} }, &seen)
	x, y := element(2), element(5) // no row
	zero := element(0)
	accepts(drawn(fault), assignment(x, y, zero, zero, zero, zero)) // to see the challenges
	m, row := weight(seen[0], seen[1], x, y), weight(seen[0], seen[1], zero, zero)
	m.Div(&m, &row)
	lie := assignment(x, y, m, zero, zero, zero)
	if !accepts(drawn(fault), lie) {
		t.Error("the lie does not pass although the multiplicities are free")
	}
	if accepts(honest(), lie) {
		t.Error("the lie passes")
	}
}

// TestQueriesAreCommitted plants a challenge that does not depend on the witness:
// the prover solves the identity for an element of it.
func TestQueriesAreCommitted(t *testing.T) {
	t.Parallel()
	var seen [2]fr.Element
	fault := committing(func(c *membership) []frontend.Variable { return c.Counts }, &seen)
	zero, y := element(0), element(5)
	counts := []fr.Element{element(3), element(-1), zero, element(7)}
	accepts(drawn(fault), assignment(zero, y, counts...)) // to see the challenges
	var sum fr.Element
	for i, m := range counts {
		w := weight(seen[0], seen[1], element(squares.Columns[0][i]), element(squares.Columns[1][i]))
		sum.Add(&sum, w.Mul(&w, &m))
	}
	// 1/(α − x − γ·y) = sum
	x := seen[0]
	sum.Inverse(&sum)
	var gy fr.Element
	gy.Mul(&seen[1], &y)
	x.Sub(&x, &gy).Sub(&x, &sum)
	lie := assignment(x, y, counts...)
	if !accepts(drawn(fault), lie) {
		t.Error("the lie does not pass although the query is free")
	}
	if accepts(honest(), lie) {
		t.Error("the lie passes")
	}
}

// TestGammaIsDrawn plants values of γ that the prover knows beforehand, or that
// are a power of α: other pairs than rows pass.
func TestGammaIsDrawn(t *testing.T) {
	t.Parallel()
	zero, one := element(0), element(1)
	with := func(gamma func(api frontend.API, alpha frontend.Variable) frontend.Variable) *membership {
		return drawn(func(api frontend.API, c *membership) (frontend.Variable, frontend.Variable, error) {
			var seen [2]fr.Element
			all := func(c *membership) []frontend.Variable { return append([]frontend.Variable{c.X, c.Y}, c.Counts...) }
			alpha, _, err := committing(all, &seen)(api, c)
			return alpha, gamma(api, alpha), err
		})
	}
	// −(1 − 4)/6: the pole of (−4, −5) is that of the row (2, 4), the residues differ.
	half := element(-2)
	half.Inverse(&half)
	for _, c := range []struct {
		name  string
		fault *membership
		lie   *membership
	}{
		{"γ = 0", with(func(frontend.API, frontend.Variable) frontend.Variable { return 0 }),
			assignment(element(2), element(5), zero, zero, one, zero)},
		{"γ = 1", with(func(frontend.API, frontend.Variable) frontend.Variable { return 1 }),
			assignment(element(5), element(1), zero, zero, one, zero)},
		{"γ = α", with(func(_ frontend.API, alpha frontend.Variable) frontend.Variable { return alpha }),
			assignment(element(-4), element(-5), zero, zero, half, zero)},
	} {
		if !accepts(c.fault, c.lie) {
			t.Errorf("%s: the lie does not pass", c.name)
		}
		if accepts(honest(), c.lie) {
			t.Errorf("%s: the lie passes although γ is drawn", c.name)
		}
	}
}

// TestUnusedTable: a table that nothing looks up counts nothing.
func TestUnusedTable(t *testing.T) {
	t.Parallel()
	zero, one := element(0), element(1)
	for _, c := range []struct {
		counts []fr.Element
		accept bool
	}{
		{[]fr.Element{zero, zero, zero, zero}, true},
		{[]fr.Element{zero, one, zero, zero}, false},
	} {
		a := &unused{Counts: assignment(zero, zero, c.counts...).Counts}
		if got := accepts(&unused{Counts: make([]frontend.Variable, 4)}, a); got != c.accept {
			t.Errorf("multiplicities %v: accepted %v, want %v", c.counts, got, c.accept)
		}
	}
}

type unused struct{ Counts []frontend.Variable }

// Define implements frontend.Circuit.
func (c *unused) Define(api frontend.API) error {
	return newLookups([]relation.Table{squares}, [][]frontend.Variable{c.Counts}).prove(api, nil)
}
