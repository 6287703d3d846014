// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/scenario"
)

// messageScenarios have between them one and two levels of products, a level of zero
// relations, committed tensors, tables of one and of two columns.
var messageScenarios = []string{"contract/activations", "contract/chained", "max", "statement", "view"}

// TestOneMessage changes every message of an honest proof. The prover then either
// continues honestly, with the challenges that follow, or leaves the rest as it is.
func TestOneMessage(t *testing.T) {
	t.Parallel()
	for _, name := range messageScenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := scenario.Get(name)
			m := s.Model()
			plan := newPlan(t, m)
			r := s.Honest(m)
			set, w := settingOf(plan, r), witnessOf(plan, r)
			honest, _ := set.prove(t, w, nil)
			if err := set.verify(w, honest); err != nil {
				t.Fatal(err)
			}
			for i := range honest {
				for change, to := range changes(honest, i) {
					if slices.Equal(to, honest[i:i+len(to)]) || testing.Short() && change != "+ 1" {
						continue
					}
					lie := func(_ string, k int, x fr.Element) fr.Element {
						if i <= k && k < i+len(to) {
							return to[k-i]
						}
						return x
					}
					if set.forge(t, w, lie) == nil {
						t.Errorf("message %d of %d %s, then continued: accepted", i, len(honest), change)
					}
					forged := slices.Clone(honest)
					copy(forged[i:], to)
					if set.verify(w, forged) == nil {
						t.Errorf("message %d of %d %s: accepted", i, len(honest), change)
					}
				}
			}
		})
	}
}

// changes returns what can be sent from message i on.
func changes(honest []fr.Element, i int) map[string][]fr.Element {
	one := fr.One()
	out := map[string][]fr.Element{
		"+ 1":    {*one.Add(&one, &honest[i])},
		"zeroed": {{}},
	}
	if i+1 < len(honest) {
		out["swapped with the next"] = []fr.Element{honest[i+1], honest[i]}
	}
	return out
}

// TestMessageCount: how many messages there are is the plan's to say.
func TestMessageCount(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		m := s.Model()
		plan := newPlan(t, m)
		r := s.Honest(m)
		set, w := settingOf(plan, r), witnessOf(plan, r)
		honest, _ := set.prove(t, w, nil)
		shape, err := plan.Shape()
		if err != nil {
			t.Fatal(err)
		}
		if len(honest) != shape.NumMessages {
			t.Errorf("%s: %d messages, the plan says %d", s.Name, len(honest), shape.NumMessages)
		}
		for _, forged := range [][]fr.Element{
			nil, honest[:1], honest[:len(honest)/2], honest[:len(honest)-1],
			append(slices.Clone(honest), fr.Element{}), slices.Concat(honest, honest),
		} {
			if set.verify(w, forged) == nil {
				t.Errorf("%s: %d messages are accepted, want %d", s.Name, len(forged), len(honest))
			}
		}
	}
}
