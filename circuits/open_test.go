// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
)

// TestBonds plants the absence of each equation that binds the public inputs to
// the words: lies about them pass.
func TestBonds(t *testing.T) {
	t.Parallel()
	z, e := circuits.Bonds.Z, circuits.Bonds.E
	s := scenario.Get("statement")
	m := s.Model()
	for _, c := range []struct {
		name   string
		bonds  func(api frontend.API, d, z, e frontend.Variable, words []frontend.Variable) error
		passes []string
	}{
		{"without E", z, []string{
			"claims another word, Z of the run", "claims other lengths, Z of the run", "E + 1",
			"commitments exchanged", "another input", "another salt", "no salt"}},
		{"without Z", e, []string{
			"D of another statement", "Z of the prover's choice", "Z is 0"}},
		{"without both", func(frontend.API, frontend.Variable, frontend.Variable, frontend.Variable, []frontend.Variable) error {
			return nil
		}, []string{"claims another word, Z of the claim"}},
	} {
		loose := circuits.Loosely(m.Circuit(), c.bonds)
		for _, name := range c.passes {
			lie := s.Forge(m, s.Lie(name)).Circuit()
			if err := test.IsSolved(loose, circuits.Loosely(lie, c.bonds), field); err != nil {
				t.Errorf("%s: %q does not pass: %v", c.name, name, err)
			}
			if engine(m)(lie) == nil {
				t.Errorf("%q passes", name)
			}
		}
	}
}

// TestAliases: x + r is no other value than x. gnark reduces what it is assigned,
// so a witness has one form.
func TestAliases(t *testing.T) {
	t.Parallel()
	s := scenario.Get("rescale")
	m := s.Model()
	vector := func(shift int64) any {
		c := s.Honest(m).Circuit()
		for i := range c.Columns[0] {
			x := new(big.Int).Mul(big.NewInt(shift), field)
			c.Columns[0][i] = x.Add(x, big.NewInt(int64(i)))
		}
		w, err := frontend.NewWitness(c, field)
		if err != nil {
			t.Fatal(err)
		}
		return w.Vector()
	}
	for _, shift := range []int64{1, -1, 5} {
		if !cmp.Equal(vector(shift), vector(0)) {
			t.Errorf("x + %d·r is not x", shift)
		}
	}
}
