// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"maps"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
)

// missing returns the primitives of kinds, and the gadgets, that lack an honest
// run or a lie of their own.
func missing(kinds map[string]int, scenarios []*Scenario) []string {
	need := map[string]bool{"statement": true}
	for kind := range kinds {
		need[kind] = kind != "const" // a constant is no prover's choice
	}
	for _, s := range scenarios {
		if _, err := s.Program.Run(s.Inputs); err == nil && len(s.Forged) > 0 {
			delete(need, s.Subject())
		}
	}
	maps.DeleteFunc(need, func(_ string, needed bool) bool { return !needed })
	return slices.Sorted(maps.Keys(need))
}

// TestEveryPrimitiveHasScenarios, and the test would notice if one had none.
func TestEveryPrimitiveHasScenarios(t *testing.T) {
	t.Parallel()
	if m := missing(ir.Kinds(), All()); len(m) > 0 {
		t.Errorf("no honest or no forged scenario for %v", m)
	}
	kinds := ir.Kinds()
	kinds["no primitive"] = 2
	if diff := cmp.Diff([]string{"no primitive"}, missing(kinds, All())); diff != "" {
		t.Errorf("with a primitive more (−want +got):\n%s", diff)
	}
	noLies := *Get("view")
	noLies.Forged = nil
	dishonest := *Get("input")
	dishonest.Inputs = [][]int64{{-3, 0, 7, 11}}
	others := slices.DeleteFunc(All(), func(s *Scenario) bool { return s.Subject() == "view" || s.Subject() == "input" })
	if diff := cmp.Diff([]string{"input", "view"}, missing(ir.Kinds(), append(others, &noLies, &dishonest))); diff != "" {
		t.Errorf("without lies about a view and an honest input (−want +got):\n%s", diff)
	}
}

// TestScenariosAreAboutTheirSubject: the program has the primitive, lies have
// names of their own.
func TestScenariosAreAboutTheirSubject(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		kinds := map[string]bool{"statement": true}
		for _, n := range s.Program.Nodes {
			kinds[n.Op.Kind()] = true
		}
		if !kinds[s.Subject()] {
			t.Errorf("%s: no such primitive in the program", s.Name)
		}
		if err := s.Program.Check(); err != nil {
			t.Errorf("%s: %v", s.Name, err)
		}
		seen := map[string]bool{}
		for _, f := range s.Lies() {
			if seen[f.Name] {
				t.Errorf("%s: two lies are called %q", s.Name, f.Name)
			}
			seen[f.Name] = true
		}
	}
}

// TestLiesAreTold: every lie changes what the prover sends.
func TestLiesAreTold(t *testing.T) {
	t.Parallel()
	for _, s := range All() {
		m := s.Model()
		honest := s.Honest(m).Circuit()
		for _, f := range s.Lies() {
			c := s.Forge(m, f).Circuit()
			if cmp.Equal(honest.Columns, c.Columns) && cmp.Equal(honest.Counts, c.Counts) && cmp.Equal(honest.Salts, c.Salts) &&
				honest.D == c.D && honest.Z == c.Z && honest.E == c.E {
				t.Errorf("%s: %s: nothing differs from the honest run", s.Name, f.Name)
			}
		}
	}
}

// TestToInt: the representative of least magnitude.
func TestToInt(t *testing.T) {
	t.Parallel()
	for _, x := range []int64{0, 1, -1, 1 << 62, -1 << 62} {
		e := fromInt(x)
		if got := toInt(&e); got.Cmp(big.NewInt(x)) != 0 {
			t.Errorf("%d became %v", x, got)
		}
	}
	half := new(big.Int).Rsh(ecc.BN254.ScalarField(), 1) // (r − 1)/2, of greatest magnitude
	e := fromInt(0)
	e.SetBigInt(half)
	if got := toInt(&e); got.Cmp(half) != 0 {
		t.Errorf("(r − 1)/2 became %v", got)
	}
	addOne(&e)
	if got := toInt(&e); got.Sign() >= 0 {
		t.Errorf("(r + 1)/2 became %v, want a negative integer", got)
	}
}
