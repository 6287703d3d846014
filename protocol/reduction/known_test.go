// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
)

// The tests of this file plant known numbers for challenges. Each challenge has a forgery
// that the verifier rejects unless the prover knows it.

var native = &arith.Native{}

// exploit requires that a forgery fails by itself, and passes where the given challenges
// are known. forge must not depend on a setting of its own.
func exploit(t *testing.T, set *setting, known values, forge func(set *setting) error) {
	t.Helper()
	if forge(set) == nil {
		t.Error("the forgery is accepted")
	}
	faulty := *set
	faulty.rigged = known
	if err := forge(&faulty); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
}

func number(x int64) (e fr.Element) {
	e.SetInt64(x)
	return e
}

// TestKnownBeta: with β = 0 a fingerprint is the argument of a table alone.
func TestKnownBeta(t *testing.T) {
	t.Parallel()
	s := scenario.Get("lookup")
	m := s.Model()
	plan := newPlan(t, m)
	r := s.Forge(m, s.Lie("+ 1"))
	w := reference.NewWitness(plan, r.Values(), s.Honest(m).Counts())
	exploit(t, settingOf(plan, r), values{"fingerprint": {1: number(0)}}, func(set *setting) error {
		return set.forge(t, w, nil)
	})
}

// TestKnownAlpha: if α and β are known when the multiplicities are committed, one of
// these makes any sum 0.
func TestKnownAlpha(t *testing.T) {
	t.Parallel()
	alpha, beta := number(123456789), number(987654321)
	s := scenario.Get("rescale")
	m := s.Model()
	plan := newPlan(t, m)
	r := s.Forge(m, s.Lie("quotient + 1"))
	w := witnessOf(plan, r)
	num, den := w.Leaves(alpha, beta)
	for _, region := range plan.Tree.Regions {
		if region.Member < 0 {
			count := &r.Counts()[region.Table][0]
			*count = native.Sub(*count, native.Mul(total(num, den), den[region.Leaf(0)]))
			break
		}
	}
	w = witnessOf(plan, r)
	exploit(t, settingOf(plan, r), values{"fingerprint": {0: alpha, 1: beta}}, func(set *setting) error {
		return set.forge(t, w, nil)
	})
}

// total returns ∑ num/den.
func total(num, den []fr.Element) (sum fr.Element) {
	for i := range num {
		sum = native.Add(sum, native.Mul(num[i], native.Inverse(den[i])))
	}
	return sum
}

// TestKnownTheta: with θ = 1 the claims are only true in sum, and what is added to a
// numerator can be taken from its denominator.
func TestKnownTheta(t *testing.T) {
	t.Parallel()
	set, w := forged(t, "rescale", "quotient + 1")
	shift := func(num, den []fr.Element) {
		// (num + d)/(den − d) = v
		v := native.Sub(native.Mul(num[0], native.Inverse(den[0])), total(num, den))
		d := native.Mul(native.Sub(native.Mul(v, den[0]), num[0]), native.Inverse(native.Add(v, fr.One())))
		num[0], den[0] = native.Add(num[0], d), native.Sub(den[0], d)
	}
	exploit(t, set, values{"claims": {0: fr.One()}}, func(set *setting) error {
		return set.forgeTree(t, w, shift)
	})
}

// TestKnownZ: at z = 0 only the first word of the statement counts.
func TestKnownZ(t *testing.T) {
	t.Parallel()
	set, w := forged(t, "statement", "claims another word, Z of the claim")
	exploit(t, set, values{"words": {0: number(0)}}, func(set *setting) error {
		return set.forge(t, w, nil)
	})
}

// A valueForger claims a false sum, runs the rounds, and says of the operands what makes
// the equation at their point hold.
type valueForger struct {
	*reference.Prover
	excess, scale     fr.Element
	atLevel, atColumn bool
}

// LevelSum implements reduction.Party.
func (f *valueForger) LevelSum(l *reduction.Level[fr.Element]) (fr.Element, error) {
	sum, err := f.Prover.LevelSum(l)
	if f.atLevel {
		sum = native.Add(sum, f.excess)
	}
	return sum, err
}

// LevelRounds implements reduction.Party.
func (f *valueForger) LevelRounds(l *reduction.Level[fr.Element], sum fr.Element) ([]fr.Element, fr.Element, error) {
	point, value, err := f.Prover.LevelRounds(l, sum)
	f.claimed(point, value)
	return point, value, err
}

// LevelValues implements reduction.Party. There are products only: scaling one operand
// of each scales their sum.
func (f *valueForger) LevelValues(l *reduction.Level[fr.Element], point []fr.Element) ([]fr.Element, error) {
	v, err := f.Prover.LevelValues(l, point)
	for i := 0; f.atLevel && i < len(v); i += 2 {
		v[i] = native.Mul(v[i], f.scale)
	}
	return v, err
}

// OpeningRounds implements reduction.Party.
func (f *valueForger) OpeningRounds(o *reduction.Opening[fr.Element], claim fr.Element) ([]fr.Element, fr.Element, error) {
	point, value, err := f.Prover.OpeningRounds(o, claim)
	if f.atColumn {
		f.excess = f.Excess
		f.claimed(point, value)
	}
	return point, value, err
}

// Columns implements reduction.Party.
func (f *valueForger) Columns(point []fr.Element) ([]fr.Element, error) {
	v, err := f.Prover.Columns(point)
	for i := range v {
		if f.atColumn {
			v[i] = native.Mul(v[i], f.scale)
		}
	}
	return v, err
}

// claimed finds how much larger than the truth the claim at the point is. The verifier
// adds the excess to the linear coefficient of a round: it is multiplied by every
// challenge.
func (f *valueForger) claimed(point []fr.Element, value fr.Element) {
	e := f.excess
	for _, r := range point {
		e = native.Mul(e, r)
	}
	f.scale = native.Mul(native.Add(value, e), native.Inverse(value))
}

// TestKnownXi: with ξ = 0 nobody asks whether the operands of a level are those of the
// columns.
func TestKnownXi(t *testing.T) {
	t.Parallel()
	set, w := forged(t, "contract/activations", "a sum − 8")
	exploit(t, set, values{"level claims": {0: number(0)}}, func(set *setting) error {
		_, p := set.prove(t, w, nil)
		f := &valueForger{Prover: &reference.Prover{Witness: w}, excess: p.Excess, atLevel: true}
		return set.verify(w, set.run(t, f.Prover, f, nil))
	})
}

// A sumForger changes two operands so that their product is what it must be, and their
// sum stays what it is.
type sumForger struct {
	valueForger
	stuck bool // the equation for the change has no solution
}

// LevelValues implements reduction.Party: (a + d)·(b − d) = scale·a·b.
func (f *sumForger) LevelValues(l *reduction.Level[fr.Element], point []fr.Element) ([]fr.Element, error) {
	v, err := f.Prover.LevelValues(l, point)
	if err != nil || len(v) != 2 {
		return nil, fmt.Errorf("not one product: %w", err)
	}
	ab, gap := native.Mul(v[0], v[1]), native.Sub(v[1], v[0])
	var d fr.Element
	rest := native.Mul(number(4), native.Mul(ab, native.Sub(f.scale, fr.One())))
	rest = native.Sub(native.Mul(gap, gap), rest)
	if f.stuck = d.Sqrt(&rest) == nil; f.stuck {
		return v, nil
	}
	d = native.Mul(native.Add(gap, d), native.Inverse(number(2)))
	return []fr.Element{native.Add(v[0], d), native.Sub(v[1], d)}, nil
}

// TestSharedXi: with ξ = 1 all operands of a level have the same coefficient, and are
// only true in sum. The forger tries seeds until it can take a root.
func TestSharedXi(t *testing.T) {
	t.Parallel()
	set, w := forged(t, "contract/activations", "a sum − 8")
	exploit(t, set, values{"level claims": {0: fr.One()}}, func(set *setting) error {
		for {
			addOne(&set.seed)
			_, p := set.prove(t, w, nil)
			f := &sumForger{valueForger: valueForger{Prover: &reference.Prover{Witness: w}, excess: p.Excess, atLevel: true}}
			messages := set.run(t, f.Prover, f, nil)
			if !f.stuck {
				return set.verify(w, messages)
			}
		}
	})
}

// TestKnownRho: with ρ = 0 only the mask is opened, and the columns are what the prover
// says.
func TestKnownRho(t *testing.T) {
	t.Parallel()
	for name, lie := range map[string]string{"contract/activations": "a sum − 8", "statement": "claims another word, Z of the claim"} {
		set, w := forged(t, name, lie)
		exploit(t, set, values{"columns": {0: number(0)}}, func(set *setting) error {
			f := &valueForger{Prover: &reference.Prover{Witness: w}, atColumn: true}
			return set.verify(w, set.run(t, f.Prover, f, nil))
		})
	}
}

// A coefReader remembers the coefficients of the zero relations of the first level.
type coefReader struct {
	reduction.Party[fr.Element]
	coefs []fr.Element
}

func (c *coefReader) LevelSum(l *reduction.Level[fr.Element]) (fr.Element, error) {
	for _, s := range l.Sums {
		if reduction.Degree(s.Expr) > 1 { // others are words
			c.coefs = append(c.coefs, s.Weights.Coef)
		}
	}
	return c.Party.LevelSum(l)
}

// TestPowersOfTheta: every zero relation has a power of θ of its own, after those of q
// and of the statement. Relations that shared one could be false in opposite ways.
func TestPowersOfTheta(t *testing.T) {
	t.Parallel()
	theta := number(1 << 20)
	most := 0
	for _, s := range scenario.All() {
		set, w, _, _ := honestProof(t, s.Model(), s.Inputs)
		set.rigged = values{"claims": {0: theta}}
		p := &reference.Prover{Witness: w}
		c := &coefReader{Party: p}
		set.run(t, p, c, nil)
		power := native.Mul(theta, theta)
		for range set.statement.Commitments {
			power = native.Mul(power, theta)
		}
		for i := range c.coefs {
			power = native.Mul(power, theta)
			if !c.coefs[i].Equal(&power) {
				t.Errorf("%s: zero relation %d has another coefficient than the next power of θ", s.Name, i)
			}
		}
		most = max(most, len(c.coefs))
	}
	if most < 2 {
		t.Error("no scenario has two zero relations")
	}
}
