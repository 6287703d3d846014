// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// TestCommitmentsBeforeChallenges: the words of committed tensors are private inputs of
// a wrap. If they could be chosen when z and θ are known, then, all claims about them
// being one equation by then, several of them would solve it as a sum of random numbers:
// a generalized birthday problem, of 2⁵¹ steps for 16 tensors.
func TestCommitmentsBeforeChallenges(t *testing.T) {
	s := scenario.Get("statement")
	plan, err := reduction.New(s.Model().System, reduction.Options{Vars: 8})
	if err != nil {
		t.Fatal(err)
	}
	tensors, err := reduction.CommittedTensors(plan)
	if err != nil {
		t.Fatal(err)
	}
	if len(tensors) < 2 {
		t.Fatal("the scenario has no committed tensors")
	}
	shape, err := plan.Shape()
	if err != nil {
		t.Fatal(err)
	}
	first := slices.IndexFunc(shape.Events, func(e transcript.Event) bool { return e.Challenge })
	if first != 1 || shape.Events[0] != (transcript.Event{Label: "commitments", Len: len(tensors)}) {
		t.Errorf("the commitments are not absorbed before the first challenge: %v", shape.Events[:3])
	}
	fingerprint := func(changed int) fr.Element {
		f := &arith.Native{}
		st := reduction.Statement[fr.Element]{
			Evaluate:    func(fr.Element) (e fr.Element) { return e },
			Commitments: make([]fr.Element, len(tensors)),
		}
		for _, c := range tensors {
			st.Committed = append(st.Committed, make([]fr.Element, c.NumWords))
		}
		if changed >= 0 {
			st.Commitments[changed].SetOne()
		}
		tr := transcript.New[fr.Element](f, transcript.Poseidon2{})
		tr.Absorb("seed", fr.One())
		next, _ := reduction.From(make([]fr.Element, shape.NumMessages))
		party := &listener{Reader: reduction.Reader[fr.Element]{Plan: plan, Field: f, Transcript: tr, Next: next}}
		if _, err := reduction.Run(plan, f, tr, st, party); err != nil {
			t.Fatal(err)
		}
		return party.alpha
	}
	honest := fingerprint(-1)
	for k := range tensors {
		if got := fingerprint(k); got.Equal(&honest) {
			t.Errorf("the first challenge does not depend on commitment %d", k)
		}
	}
}

// A listener is a Reader that remembers the first challenge.
type listener struct {
	reduction.Reader[fr.Element]
	alpha fr.Element
}

func (l *listener) Fractions(alpha, beta fr.Element) ([]fr.Element, fr.Element, fr.Element, error) {
	l.alpha = alpha
	return l.Reader.Fractions(alpha, beta)
}
