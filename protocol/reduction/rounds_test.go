// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/sumcheck"
)

// A roundForger claims a false sum of the first level, or has a false claim of the opening,
// and makes it true in one round, whose challenge it takes for known.
type roundForger struct {
	*reference.Prover
	label  string
	excess fr.Element // of the level's sum
	round  int
	known  fr.Element
}

// LevelSum implements reduction.Party.
func (f *roundForger) LevelSum(l *reduction.Level[fr.Element]) (fr.Element, error) {
	sum, err := f.Prover.LevelSum(l)
	if f.label == "level" {
		sum = native.Add(sum, f.excess)
	}
	return sum, err
}

func (f *roundForger) lie(label string, s sumcheck.Summand) sumcheck.Summand {
	if label != f.label {
		return s
	}
	excess := f.excess
	if label == "opening" {
		excess = f.Excess
	}
	return &reference.Liar{Summand: s, Excess: excess, In: f.round, Known: func() fr.Element { return f.known }}
}

// TestKnownRound: who knows the challenge of a round of a sumcheck before sending its
// message makes any claim of that sumcheck true. Package sumcheck has the same for
// challenges that are not known but do not depend on the message, and package logup for
// those of the tree.
func TestKnownRound(t *testing.T) {
	t.Parallel()
	known := number(12345)
	for _, c := range []struct{ label, scenario, lie string }{
		{"level", "contract/activations", "a sum − 8"},
		{"level", "contract/weights", "two sums swapped"},
		{"opening", "contract/activations", "a sum − 8"},
		{"opening", "statement", "claims another word, Z of the claim"},
	} {
		set, w := forged(t, c.scenario, c.lie)
		rounds := 0
		for _, e := range events(t, set.plan) {
			if e.Challenge && e.Label == c.label {
				rounds++
			}
		}
		if rounds == 0 {
			t.Fatalf("%s: no rounds of %s", c.scenario, c.label)
		}
		for j := range rounds {
			t.Run(fmt.Sprintf("%s/%s %d", c.scenario, c.label, j), func(t *testing.T) {
				exploit(t, set, values{c.label: {0: known}}, func(set *setting) error {
					_, honest := set.prove(t, w, nil)
					f := &roundForger{Prover: &reference.Prover{Witness: w}, label: c.label, excess: honest.Excess, round: j, known: known}
					f.Lie = f.lie
					return set.verify(w, set.run(t, f.Prover, f, nil))
				})
			})
		}
	}
}
