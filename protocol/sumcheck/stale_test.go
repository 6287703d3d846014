// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/sumcheck"
)

// A hearing is the fault of a transcript: what it does with message n of the rounds.
type hearing func(n int) reference.Hearing

func (h hearing) transcript() *reference.Faulty {
	t := reference.NewFaulty(func(label string, n int) reference.Hearing {
		if label != "round" {
			return reference.Heard
		}
		return h(n)
	})
	t.Absorb("claim", fr.NewElement(7))
	return t
}

// faults are what a transcript can get wrong with the message of round j.
func faults(j int) map[string]hearing {
	only := func(h reference.Hearing) hearing {
		return func(n int) reference.Hearing {
			if n == j {
				return h
			}
			return reference.Heard
		}
	}
	return map[string]hearing{
		"unheard":     only(reference.Unheard),
		"late":        only(reference.Late),
		"all unheard": func(int) reference.Hearing { return reference.Unheard },
		"all late":    func(int) reference.Hearing { return reference.Late },
	}
}

// A forgery proves ∑ p = truth + 5, or the sum weighted by eq(w, ·), lying in round j.
type forgery struct {
	p product
	w []fr.Element // nil for Verify
	j int
}

// prove returns the messages of a prover that takes the challenge after a message of
// zeros for the one of round j.
func (f *forgery) prove(t *reference.Faulty, vars int) []sumcheck.Round[fr.Element] {
	p := f.p.clone()
	liar := &reference.Liar{Summand: p, Excess: fr.NewElement(5), In: f.j, W: f.w, Known: func() fr.Element {
		return t.Ahead("round", len(p), "round", 1)[0]
	}}
	if f.w == nil {
		msgs, _ := sumcheck.Prove(t.Transcript, "round", liar, vars)
		return msgs
	}
	liar.Summand = &weighted{p, f.w}
	msgs, _ := sumcheck.ProveEq(t.Transcript, "round", liar, vars)
	return msgs
}

// accepted reports whether the claim ends in one that is true of the tables.
func (f *forgery) accepted(t *reference.Faulty, msgs []sumcheck.Round[fr.Element]) bool {
	n := &arith.Native{}
	claim := fr.NewElement(5)
	weights := mle.EqTable(n, f.w)
	for i := range f.p[0] {
		term := fr.One()
		if f.w != nil {
			term = weights[i]
		}
		for _, table := range f.p {
			term.Mul(&term, &table[i])
		}
		claim.Add(&claim, &term)
	}
	var point []fr.Element
	var value fr.Element
	if f.w == nil {
		point, value = sumcheck.Verify(n, t.Transcript, "round", claim, msgs, len(f.p))
	} else {
		point, value = sumcheck.VerifyEq(n, t.Transcript, "round", f.w, claim, msgs, len(f.p))
	}
	want := fr.One()
	for _, table := range f.p {
		v := mle.Evaluate(n, point, table)
		want.Mul(&want, &v)
	}
	return value.Equal(&want)
}

// TestStaleChallenge: a challenge that does not depend on the message of its round lets
// that message make up for any false claim. Verifiers whose transcripts have the fault
// accept the forgery, the real one does not, nor one that is made for it.
func TestStaleChallenge(t *testing.T) {
	const vars = 4
	sound := hearing(func(int) reference.Hearing { return reference.Heard })
	for degree := 1; degree <= 4; degree++ {
		for _, weighted := range []bool{false, true} {
			for j := range vars {
				f := &forgery{p: tables(degree, vars), j: j}
				name := fmt.Sprintf("Verify, degree %d, round %d", degree, j)
				if weighted {
					f.w = tables(1, 2)[0] // as many as there are variables
					name = fmt.Sprintf("VerifyEq, degree %d, round %d", degree, j)
				}
				if f.accepted(sound.transcript(), f.prove(sound.transcript(), vars)) {
					t.Errorf("%s: the forgery is accepted", name)
				}
				for fault, h := range faults(j) {
					msgs := f.prove(h.transcript(), vars)
					if f.accepted(sound.transcript(), msgs) {
						t.Errorf("%s: what is forged for a round %s is accepted", name, fault)
					}
					if !f.accepted(h.transcript(), msgs) {
						t.Errorf("%s: the planted fault was not exploited: %s", name, fault)
					}
				}
			}
		}
	}
}
