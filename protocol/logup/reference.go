// SPDX-License-Identifier: Apache-2.0

package logup

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// Prove is the prover of Verify, from the definitions: slow, and with all tables in
// memory. It proves what it is given, true or not; package prover/fraction is what
// provers use, and is tested to send the same.
func Prove(t *transcript.Transcript[fr.Element], p, q []fr.Element) Proof[fr.Element] {
	proof, _ := ProveAt(t, p, q)
	return proof
}

// ProveAt is Prove and also returns the point of the last claims.
func ProveAt(t *transcript.Transcript[fr.Element], p, q []fr.Element) (Proof[fr.Element], []fr.Element) {
	f := &arith.Native{}
	vars := mle.Bits(len(p))
	top := TopVars(vars)
	levelP, levelQ := make([][]fr.Element, vars+1), make([][]fr.Element, vars+1)
	levelP[vars], levelQ[vars] = p, q
	for l := vars - 1; l >= top; l-- {
		levelP[l], levelQ[l] = parents(f, levelP[l+1], levelQ[l+1])
	}
	proof := Proof[fr.Element]{TopP: levelP[top], TopQ: levelQ[top]}
	t.Absorb(LabelTop, append(append([]fr.Element(nil), proof.TopP...), proof.TopQ...)...)
	r := t.Challenges(LabelPoint, top)
	for l := top; l < vars; l++ {
		g := &nodes{f: f, w: r, lambda: t.Challenge(LabelLambda)}
		g.p0, g.p1 = halves(levelP[l+1])
		g.q0, g.q1 = halves(levelQ[l+1])
		rounds, s := sumcheck.ProveEq(t, LabelRound, g, l)
		layer := Layer[fr.Element]{Rounds: rounds, P0: g.p0[0], Q0: g.q0[0], Q1: g.q1[0]}
		t.Absorb(LabelChildren, layer.P0, layer.Q0, layer.Q1)
		r = append([]fr.Element{t.Challenge(LabelTau)}, s...)
		proof.Layers = append(proof.Layers, layer)
	}
	return proof, r
}

// halves splits the nodes of a level into left and right children.
func halves(t []fr.Element) (left, right []fr.Element) {
	for i := 0; i < len(t); i += 2 {
		left, right = append(left, t[i]), append(right, t[i+1])
	}
	return left, right
}

// nodes is the summand p₀q₁ + p₁q₀ + λ·q₀q₁ of a layer.
type nodes struct {
	f              arith.Field[fr.Element]
	w              []fr.Element // the weights' point, less the variables bound
	lambda         fr.Element
	p0, p1, q0, q1 []fr.Element
}

// Round implements sumcheck.Summand.
func (n *nodes) Round() []fr.Element {
	f, eq := n.f, mle.EqTable(n.f, n.w[1:])
	out := make([]fr.Element, Degree+1)
	for x := range out {
		at := arith.Int(f, int64(x))
		p0, p1, q0, q1 := bind(f, n.p0, at), bind(f, n.p1, at), bind(f, n.q0, at), bind(f, n.q1, at)
		for i := range eq {
			node := f.Add(f.Mul(p0[i], q1[i]), f.Mul(q0[i], f.Add(p1[i], f.Mul(n.lambda, q1[i]))))
			out[x] = f.Add(out[x], f.Mul(eq[i], node))
		}
	}
	return out
}

// Bind implements sumcheck.Summand.
func (n *nodes) Bind(r fr.Element) {
	n.w = n.w[1:]
	n.p0, n.p1, n.q0, n.q1 = bind(n.f, n.p0, r), bind(n.f, n.p1, r), bind(n.f, n.q0, r), bind(n.f, n.q1, r)
}

// bind sets the first variable of a table.
func bind(f arith.Field[fr.Element], t []fr.Element, r fr.Element) []fr.Element {
	out := make([]fr.Element, len(t)/2)
	for i := range out {
		out[i] = f.Add(t[2*i], f.Mul(r, f.Sub(t[2*i+1], t[2*i])))
	}
	return out
}
