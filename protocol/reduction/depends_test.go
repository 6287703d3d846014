// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
)

// hear runs the verifier on messages and returns all challenges, and how many there were
// before each message; the seed and the commitments count as messages.
func (s *setting) hear(t testing.TB, messages []fr.Element) (challenges []fr.Element, before []int) {
	t.Helper()
	f := &arith.Native{}
	tr, heard := newRigged(f, nil, s.seed)
	next, _ := reduction.From(messages)
	reader := &reduction.Reader[fr.Element]{Plan: s.plan, Field: f, Transcript: tr, Next: next}
	if _, err := reduction.Run(s.plan, f, tr, s.statement, reader); err != nil {
		t.Fatal(err)
	}
	return heard.challenges(), heard.absorbed
}

// TestChallengesDepend changes every element of every message: all later challenges
// change, and no earlier one does.
func TestChallengesDepend(t *testing.T) {
	t.Parallel()
	for _, name := range messageScenarios {
		s := scenario.Get(name)
		set, _, _, honest := honestProof(t, s.Model(), s.Inputs)
		challenges, before := set.hear(t, honest)
		check := func(what string, i, from int, other []fr.Element) {
			for k := range challenges {
				if same := challenges[k].Equal(&other[k]); same != (k < from) {
					t.Errorf("%s: %s %d, challenge %d of %d: equal is %v", name, what, i, k, len(challenges), same)
				}
			}
		}
		message, left := 0, 0
		var lengths []int
		for _, e := range events(t, set.plan) {
			if !e.Challenge {
				lengths = append(lengths, e.Len)
			}
		}
		if len(lengths) != len(before)-1 {
			t.Fatalf("%s: %d messages heard, want %d", name, len(before)-1, len(lengths))
		}
		if n := len(set.statement.Commitments); n > 0 {
			for i := range n {
				other := *set
				other.statement.Commitments = slices.Clone(set.statement.Commitments)
				addOne(&other.statement.Commitments[i])
				heard, _ := other.hear(t, honest)
				check("commitment", i, 0, heard)
			}
			lengths, before = lengths[1:], before[1:]
		}
		other := *set
		addOne(&other.seed)
		heard, _ := other.hear(t, honest)
		check("seed", 0, 0, heard)
		left = lengths[0]
		for i := range honest {
			for left == 0 {
				message++
				left = lengths[message]
			}
			left--
			forged := slices.Clone(honest)
			addOne(&forged[i])
			heard, _ := set.hear(t, forged)
			check("message element", i, before[message+1], heard)
		}
	}
}
