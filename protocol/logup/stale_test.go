// SPDX-License-Identifier: Apache-2.0

package logup_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/sumcheck"
)

var native = &arith.Native{}

// A fault is what a transcript does with message n of a label.
type fault struct {
	label string
	n     int
	does  reference.Hearing
}

func (f fault) transcript() *reference.Faulty {
	t := reference.NewFaulty(func(label string, n int) reference.Hearing {
		if label == f.label && n == f.n {
			return f.does
		}
		return reference.Heard
	})
	t.Absorb("test", fr.NewElement(7))
	return t
}

// A forger proves that fractions sum to 0 which do not. It sends top nodes that do, and
// then wants its claims to become true: by the top itself, if it knows the point before
// that, or in one round of one layer, if it knows the challenge of that round.
type forger struct {
	t            *reference.Faulty
	layer, round int // layer −1 is the top
	excess       fr.Element
}

func (f *forger) prove(p, q []fr.Element) logup.Proof[fr.Element] {
	vars := mle.Bits(len(p))
	top := logup.TopVars(vars)
	ps, qs := logup.Levels(p, q)
	proof := logup.Proof[fr.Element]{TopP: f.top(ps[top], qs[top], native.Mul(ps[0][0], native.Inverse(qs[0][0]))), TopQ: qs[top]}
	f.t.Absorb(logup.LabelTop, slices.Concat(proof.TopP, proof.TopQ)...)
	r := f.t.Challenges(logup.LabelPoint, top)
	f.excess = native.Sub(mle.Evaluate(native, r, proof.TopP), mle.Evaluate(native, r, ps[top]))
	for l := top; l < vars; l++ {
		nodes := logup.NewNodes(r, f.t.Challenge(logup.LabelLambda), ps[l+1], qs[l+1])
		summand := sumcheck.Summand(nodes)
		lies := l-top == f.layer
		if lies {
			summand = &reference.Liar{Summand: nodes, Excess: f.excess, In: f.round, W: r, Known: func() fr.Element {
				return f.t.Ahead(logup.LabelRound, logup.Degree, logup.LabelRound, 1)[0]
			}}
		}
		rounds, s := sumcheck.ProveEq(f.t.Transcript, logup.LabelRound, summand, l)
		p0, q0, q1 := nodes.Children()
		f.t.Absorb(logup.LabelChildren, p0, q0, q1)
		tau := f.t.Challenge(logup.LabelTau)
		// The verifier's p₁ takes the excess.
		f.excess = native.Mul(f.excess, native.Mul(tau, native.Inverse(q0)))
		if lies {
			f.excess.SetZero()
		}
		r = append([]fr.Element{tau}, s...)
		proof.Layers = append(proof.Layers, logup.Layer[fr.Element]{Rounds: rounds, P0: p0, Q0: q0, Q1: q1})
	}
	return proof
}

// top returns p less fractions a/q₀ and b/q₁ that are sum together; so that eq(r, 0)·a +
// eq(r, 1)·b = 0 if the forger knows the point r, and so that b = 0 otherwise.
func (f *forger) top(p, q []fr.Element, sum fr.Element) []fr.Element {
	out := slices.Clone(p)
	if f.layer >= 0 {
		out[0] = native.Sub(out[0], native.Mul(sum, q[0]))
		return out
	}
	n := mle.Bits(len(p))
	eq := mle.EqTable(native, f.t.Ahead(logup.LabelTop, 2*len(p), logup.LabelPoint, n))
	ratio := native.Mul(eq[0], native.Inverse(eq[1])) // b = −ratio·a
	a := native.Sub(native.Inverse(q[0]), native.Mul(ratio, native.Inverse(q[1])))
	a = native.Mul(sum, native.Inverse(a))
	out[0] = native.Sub(out[0], a)
	out[1] = native.Add(out[1], native.Mul(ratio, a))
	return out
}

// accepted reports whether a proof passes and ends in claims that are true of the leaves.
func accepted(t *reference.Faulty, proof logup.Proof[fr.Element], p, q []fr.Element) bool {
	n := &arith.Native{}
	vars := mle.Bits(len(p))
	if logup.CheckShape(proof, vars) != nil {
		return false
	}
	z, pz, qz := logup.Verify(n, t.Transcript, vars, proof)
	wantP, wantQ := mle.Evaluate(native, z, p), mle.Evaluate(native, z, q)
	return n.Err() == nil && pz.Equal(&wantP) && qz.Equal(&wantQ)
}

// TestStaleMessages: with a point that does not depend on the top nodes, or a challenge
// that does not depend on the message of its round, a false sum passes. The forger of
// each layer goes through the layers before it with a false claim. TestFaultChildren is
// the same for the challenges after the values of a layer.
func TestStaleMessages(t *testing.T) {
	const vars = 7
	p, q := logup.RandomLeaves(rand.New(rand.NewPCG(11, 12)), vars)
	p[0].SetInt64(5)
	type place struct{ layer, round int }
	places := map[place]fault{{-1, 0}: {label: logup.LabelTop}}
	n := 0
	for l := logup.TopVars(vars); l < vars; l++ {
		for j := range l {
			places[place{l - logup.TopVars(vars), j}] = fault{label: logup.LabelRound, n: n}
			n++
		}
	}
	for at, f := range places {
		name := fmt.Sprintf("layer %d, round %d", at.layer, at.round)
		forge := func(f fault) logup.Proof[fr.Element] {
			return (&forger{t: f.transcript(), layer: at.layer, round: at.round}).prove(p, q)
		}
		if accepted(fault{}.transcript(), forge(fault{}), p, q) {
			t.Errorf("%s: the forgery is accepted", name)
		}
		for _, does := range []reference.Hearing{reference.Unheard, reference.Late} {
			f.does = does
			proof := forge(f)
			if accepted(fault{}.transcript(), proof, p, q) {
				t.Errorf("%s: what is forged for fault %d is accepted", name, does)
			}
			if !accepted(f.transcript(), proof, p, q) {
				t.Errorf("%s: the planted fault %d was not exploited", name, does)
			}
		}
	}
}
