// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
)

// notHere are lies about public inputs that the reduction does not choose: D is part of
// the seed, and Z is a challenge.
var notHere = map[string]bool{"D of another statement": true, "Z of the prover's choice": true, "Z is 0": true}

// TestLies: for every lie of every scenario the verifier rejects a prover that lies in
// its witness and then continues honestly, with multiplicities that fit. A lie about a
// virtual column is told twice: with the column that follows from the committed ones,
// and with the one that the prover claims.
func TestLies(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			m := s.Model()
			plan := newPlan(t, m)
			split, err := reduction.New(m.System, reduction.Options{Vars: 8, BlockCost: 1})
			if err != nil {
				t.Fatal(err)
			}
			honest := s.Honest(m)
			if err := settingOf(plan, honest).forge(t, witnessOf(plan, honest), nil); err != nil {
				t.Fatal("honest run:", err)
			}
			told := 0
			for _, lie := range s.Lies() {
				if notHere[lie.Name] {
					continue
				}
				r := s.Forge(m, lie)
				set := settingOf(plan, r)
				w := witnessOf(plan, r)
				if set.forge(t, w, nil) == nil {
					t.Errorf("%s: accepted", lie.Name)
				}
				if settingOf(split, r).forge(t, witnessOf(split, r), nil) == nil {
					t.Errorf("%s, in more blocks: accepted", lie.Name)
				}
				told++
				if values, ok := r.Told(); ok && r.Relations {
					if set.balance(t, reference.NewWitness(plan, values, nil)) == nil {
						t.Errorf("%s, of virtual columns: accepted", lie.Name)
					}
				}
			}
			if told < 10 {
				t.Errorf("only %d lies told", told)
			}
		})
	}
}

// balance forges a proof in which the sum of one level, each in turn, is such that the
// claim of the opening is true: that level alone must catch it. Without a level it forges
// as ever. It returns nil if a proof is accepted.
func (s *setting) balance(t *testing.T, w *reference.Witness) error {
	t.Helper()
	messages, p := s.prove(t, w, nil)
	err := s.verify(w, messages)
	for level := range s.plan.Depth() + 1 {
		if err == nil {
			return nil
		}
		left := level
		err = s.forge(t, w, func(label string, _ int, x fr.Element) fr.Element {
			if label == "level sum" {
				if left == 0 {
					x = native.Add(x, p.Excess)
				}
				left--
			}
			return x
		})
	}
	return err
}
