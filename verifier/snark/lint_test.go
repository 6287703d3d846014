// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"errors"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/verifier/snark"
)

// A badKey is an honest key with one fault. Lint refuses it by rule; without the rule, and without those
// in also that the fault breaks as well, it passes: the rule is what stands in the way.
type badKey[K any] struct {
	name    string
	fixture string
	rule    string
	also    []string
	change  func(K)
	// forged accepts a copy of the broken key and fails the test unless gnark accepts a false statement
	// under it; nil where the fault alone gives no forgery.
	forged func(*testing.T, *fixture, K)
}

func testBadKeys[K any](t *testing.T, keys []badKey[K], copyOf func(*fixture) K, unchecked func(*testing.T, K) *snark.VerifyingKey) {
	for _, bad := range keys {
		t.Run(bad.name, func(t *testing.T) {
			t.Parallel()
			f := namedFixture(t, bad.fixture)
			key := copyOf(f)
			bad.change(key)
			vk := unchecked(t, key)

			var lint *snark.LintError
			if err := snark.Lint(vk); !errors.As(err, &lint) || lint.Rule != bad.rule || lint.System != f.system {
				t.Fatalf("got %v, want a refusal by %s", err, bad.rule)
			}
			for _, rule := range bad.also {
				others := slices.DeleteFunc(append([]string{bad.rule}, bad.also...), func(r string) bool { return r == rule })
				if err := snark.LintWithout(vk, others...); !errors.As(err, &lint) || lint.Rule != rule {
					t.Errorf("without %v: got %v, want a refusal by %s", others, err, rule)
				}
			}
			if err := snark.LintWithout(vk, append(bad.also, bad.rule)...); err != nil {
				t.Errorf("without %s and %v: %v, want that the key passes", bad.rule, bad.also, err)
			}
			if bad.forged != nil {
				bad.forged(t, f, key)
			}
		})
	}
}

// Each rule has a key that breaks it.
func TestEveryRuleIsTested(t *testing.T) {
	t.Parallel()
	tested := map[snark.System]map[string]bool{snark.Groth16: {}, snark.Plonk: {}}
	for _, bad := range badGroth16Keys() {
		tested[snark.Groth16][bad.rule] = true
		for _, rule := range bad.also {
			tested[snark.Groth16][rule] = true
		}
	}
	for _, bad := range badPlonkKeys() {
		tested[snark.Plonk][bad.rule] = true
		for _, rule := range bad.also {
			tested[snark.Plonk][rule] = true
		}
	}
	for system, rules := range snark.Rules() {
		for _, rule := range rules {
			if !tested[system][rule] {
				t.Errorf("%s: no key breaks rule %s", system, rule)
			}
		}
	}
}

func TestLintPassesHonestKeys(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		if err := snark.Lint(f.vk); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
	}
}

func BenchmarkLint(b *testing.B) {
	for _, f := range fixtures(b) {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				if err := snark.Lint(f.vk); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// twistPoint is on the twist and not in G2: the first point x = 1⋅u + n whose x has a y.
var twistPoint = func() (p curve.G2Affine) {
	_, _, _, g2 := curve.Generators()
	b, y2 := g2.X, g2.Y // b = y² - x³ of the generator
	b.Square(&g2.X).Mul(&b, &g2.X)
	y2.Square(&g2.Y)
	b.Sub(&y2, &b)
	p.X.A1.SetOne()
	for n := uint64(0); ; n++ {
		p.X.A0.SetUint64(n)
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &b)
		if y2.Legendre() == 1 {
			p.Y.Sqrt(&y2)
			return p
		}
	}
}()

func TestTwistPoint(t *testing.T) {
	t.Parallel()
	if !twistPoint.IsOnCurve() || twistPoint.IsInSubGroup() {
		t.Error("the point is off the twist or in the subgroup: it tests nothing")
	}
}
