// SPDX-License-Identifier: Apache-2.0

package pcs_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/opening"
)

// attack tries a forgery: the verifier rejects it, but one without the given check accepts.
func attack(t *testing.T, f *fixture, c pcs.Challenges, fault pcs.Checks) {
	t.Helper()
	at := f.point(c.Zeta)
	rejects(t, "a forgery", pcs.Check(f.Params, &f.srs.Vk, f.commitments, f.s, at, &f.proof, c, pcs.All))
	if err := pcs.Check(f.Params, &f.srs.Vk, f.commitments, f.s, at, &f.proof, c, pcs.All&^fault); err != nil {
		t.Errorf("the forgery is rejected by a verifier without the check that is to catch it: %v", err)
	}
}

// Without the equation of the inner products, a proof for one point is a proof for all.
func TestForgeWithoutScalarCheck(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 5)
	f.u[2] = element(12)
	attack(t, f, pcs.Derive(f.s, &f.proof), pcs.ScalarCheck)
}

// Without the quotient, a proof for some columns is a proof for all.
func TestForgeWithoutQuotientCheck(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 5)
	f.open(t, []opening.Column{{Values: opening.Ints[int8]{1, 2, 3}}})
	attack(t, f, pcs.Derive(f.s, &f.proof), pcs.QuotientCheck)
}

// table returns the coefficients of the combined columns.
func (f *fixture) table() []fr.Element {
	out := make([]fr.Element, f.Size()+1)
	for k := len(f.columns) - 1; k >= 0; k-- {
		values := f.columns[k].Values.(opening.Ints[int16])
		for i := range out {
			x := f.columns[k].Blind
			if i < len(values) {
				x.SetInt64(int64(values[i]))
			}
			out[i].Mul(&out[i], &f.s.Rho).Add(&out[i], &x)
		}
	}
	return out
}

// lie makes the proof of a false value by one who knows f at ζ and is not asked for
// more: q = 0, g the constant f(ζ) or 0, h = 0, S = 0, D = 0. What makes the equation of the inner
// products hold is set by solve.
func (f *fixture) lie(t *testing.T, challenges func(*pcs.Proof) pcs.Challenges, constant bool, solve func(p *pcs.Proof) *fr.Element) pcs.Challenges {
	t.Helper()
	f.s.V = element(666)
	f.proof = pcs.Proof{}
	coefficients := f.table()
	zeta := challenges(&f.proof).Zeta
	open, err := kzg.Open(coefficients, zeta, f.srs.Pk)
	if err != nil {
		t.Fatal(err)
	}
	f.proof.G, f.proof.CH = open.ClaimedValue, open.H
	if constant { // C_g comes before ζ: only a forger who knows ζ can do this
		f.proof.Cg.ScalarMultiplication(&f.srs.Vk.G1, open.ClaimedValue.BigInt(new(big.Int)))
	}

	// The equation is linear in each value: two trials give its root.
	c := challenges(&f.proof)
	x := solve(&f.proof)
	x.SetZero()
	at0 := f.gap(c)
	x.SetOne()
	slope := f.gap(c)
	slope.Sub(&slope, &at0)
	x.Div(x.Neg(&at0), &slope)
	return challenges(&f.proof)
}

// gap returns the difference of the sides of the equation of the inner products.
func (f *fixture) gap(c pcs.Challenges) fr.Element {
	at, p := f.point(c.Zeta), &f.proof
	var inverse, two fr.Element
	inverse.Inverse(&c.Zeta)
	two.SetInt64(-2)
	sum := func(terms ...[3]fr.Element) (s fr.Element) {
		for _, t := range terms {
			t[0].Mul(&t[0], &t[1]).Mul(&t[0], &t[2])
			s.Add(&s, &t[0])
		}
		return s
	}
	one := fr.One()
	minus := *new(fr.Element).Neg(&one)
	return sum([3]fr.Element{p.G, at.P1Inv, one}, [3]fr.Element{p.GInv, at.P1, one},
		[3]fr.Element{c.Gamma, p.H, at.P2Inv}, [3]fr.Element{c.Gamma, p.HInv, at.P2},
		[3]fr.Element{two, p.HAlpha, one}, [3]fr.Element{two, c.Gamma, f.s.V},
		[3]fr.Element{minus, c.Zeta, p.S}, [3]fr.Element{minus, inverse, p.SInv})
}

// Without the batch opening, the evaluations are whatever makes the equation hold.
func TestForgeWithoutBatchCheck(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 5)
	derive := func(p *pcs.Proof) pcs.Challenges { return pcs.Derive(f.s, p) }
	c := f.lie(t, derive, false, func(p *pcs.Proof) *fr.Element { return &p.SInv })
	attack(t, f, c, pcs.BatchCheck)
}

// generic is challenges without relations.
func generic() pcs.Challenges {
	return pcs.Challenges{Alpha: element(1234567), Gamma: element(23), Zeta: element(3456), Beta: element(456789), Y: element(5678), Delta: element(678)}
}

// A batch that is opened at y = ζ says nothing of 1/ζ and α.
func TestForgeWithY(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 5)
	c := generic()
	c.Y = c.Zeta
	f.lie(t, func(*pcs.Proof) pcs.Challenges { return c }, true, func(p *pcs.Proof) *fr.Element { return &p.SInv })
	attack(t, f, c, pcs.DegenerateCheck)
}

// With ζ = ±1 the interpolation divides by 0, and an inverse of 0 that is 0 makes
// every value fit.
func TestForgeWithZeta(t *testing.T) {
	t.Parallel()
	for _, sign := range []int64{1, -1} {
		f := newFixture(t, 5)
		c := generic()
		c.Zeta.SetInt64(sign)
		f.lie(t, func(*pcs.Proof) pcs.Challenges { return c }, false, func(p *pcs.Proof) *fr.Element { return &p.S })
		attack(t, f, c, pcs.DegenerateCheck)
	}
}

// All coincidences of challenges are rejected before anything is computed from them, and
// generic challenges are not.
func TestDegenerateChallenges(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 5)
	degenerate := func(c pcs.Challenges) bool {
		at := pcs.Point[fr.Element]{}
		err := pcs.Check(f.Params, &f.srs.Vk, f.commitments, f.s, at, &f.proof, c, pcs.All)
		return err != nil && strings.Contains(err.Error(), "degenerate")
	}
	if degenerate(generic()) {
		t.Error("generic challenges are degenerate")
	}
	inverse := func(x fr.Element) fr.Element { return *x.Inverse(&x) }
	for what, change := range map[string]func(c *pcs.Challenges){
		"ζ = 0":   func(c *pcs.Challenges) { c.Zeta = fr.Element{} },
		"ζ = 1":   func(c *pcs.Challenges) { c.Zeta = fr.One() },
		"ζ = −1":  func(c *pcs.Challenges) { c.Zeta.SetInt64(-1) },
		"α = 0":   func(c *pcs.Challenges) { c.Alpha = fr.Element{} },
		"α = ζ":   func(c *pcs.Challenges) { c.Alpha = c.Zeta },
		"α = 1/ζ": func(c *pcs.Challenges) { c.Alpha = inverse(c.Zeta) },
		"y = ζ":   func(c *pcs.Challenges) { c.Y = c.Zeta },
		"y = 1/ζ": func(c *pcs.Challenges) { c.Y = inverse(c.Zeta) },
		"y = α":   func(c *pcs.Challenges) { c.Y = c.Alpha },
	} {
		c := generic()
		change(&c)
		if !degenerate(c) {
			t.Errorf("%s is not rejected", what)
		}
	}
}

// A value is what the columns have at u even if a column has coefficients above X^N: those do
// not count, as the blinding does not.
func TestHighCoefficients(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 3)
	v := f.s.V
	before := f.commitments
	for i := range f.columns {
		f.columns[i].Blind = element(uint64(99 + i))
	}
	f.commit(t)
	for i := range f.columns {
		if before[i].Equal(&f.commitments[i]) {
			t.Errorf("column %d: the blinding does not show", i)
		}
	}
	f.open(t, f.columns)
	if !f.s.V.Equal(&v) {
		t.Error("the blinding changes the value")
	}
	if err := f.verify(); err != nil {
		t.Error(err)
	}
}
