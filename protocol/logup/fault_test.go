// SPDX-License-Identifier: Apache-2.0

package logup

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// noEquations is arithmetic whose equations are not checked.
type noEquations struct{ *arith.Native }

func (noEquations) AssertEqual(fr.Element, fr.Element, string) {}

// zeroInverts is arithmetic where 0 has an inverse.
type zeroInverts struct{ *arith.Native }

func (z zeroInverts) Inverse(a fr.Element) fr.Element { return *a.Inverse(&a) }

// TestFaultSum drops the check that the root's p is 0.
func TestFaultSum(t *testing.T) {
	p, q := leaves(rand.New(rand.NewPCG(1, 1)), 7)
	p[0].SetInt64(5)
	proof := Prove(newTranscript(&arith.Native{}), p, q)
	if accepts(proof, p, q) {
		t.Error("a false sum is accepted")
	}
	f := noEquations{&arith.Native{}}
	if !acceptsWith(f, newTranscript(f), proof, p, q) || f.Err() != nil {
		t.Error("the planted fault was not exploited")
	}
}

// TestFaultPole drops the check that the root's q is not 0. Two lookups of α itself make
// the root 0/0, whatever the other leaves are.
func TestFaultPole(t *testing.T) {
	p, q := leaves(rand.New(rand.NewPCG(2, 2)), 7)
	p[9].SetInt64(5)
	q[0].SetZero()
	q[5].SetZero()
	proof := Prove(newTranscript(&arith.Native{}), p, q)
	if accepts(proof, p, q) {
		t.Error("a sum with poles is accepted")
	}
	f := zeroInverts{&arith.Native{}}
	if !acceptsWith(f, newTranscript(f), proof, p, q) || f.Err() != nil {
		t.Error("the planted fault was not exploited")
	}
}

// A deaf permutation undoes what was absorbed since its last output when told to: its
// challenges are as if they had been drawn before that message.
type deaf struct {
	transcript.Poseidon2
	output []fr.Element
	undo   bool
}

func (d *deaf) Permute(state []fr.Element) {
	if d.undo && len(state) == transcript.Width {
		copy(state, d.output)
		d.undo = false
	}
	d.Poseidon2.Permute(state)
	if len(state) == transcript.Width {
		d.output = append(d.output[:0], state...)
	}
}

// newDeaf returns a transcript that draws τ and the next λ before it hears the children.
func newDeaf(f arith.Field[fr.Element]) *transcript.Transcript[fr.Element] {
	d := &deaf{}
	t := transcript.New[fr.Element](f, d)
	t.Absorb("test", arith.Int(f, 7))
	t.Observe = func(e transcript.Event) { d.undo = d.undo || e.Label == LabelChildren }
	return t
}

// TestFaultChildren draws the challenges of a layer before its values: a prover that
// knows τ sends values whose claims at the leaves are true, whatever it claimed before.
func TestFaultChildren(t *testing.T) {
	const vars = 6
	f := &arith.Native{}
	p, q := leaves(rand.New(rand.NewPCG(3, 3)), vars)
	p[0].SetInt64(5)
	proof := Prove(newDeaf(f), p, q)

	// The top sums to 0, which makes it false.
	sum, all := addUp(f, proof.TopP, proof.TopQ)
	wrong := f.Mul(f.Mul(sum, proof.TopQ[0]), f.Inverse(all))
	proof.TopP[0] = f.Sub(proof.TopP[0], wrong)

	// What the verifier will draw, and what it will then ask of the values.
	tr := newDeaf(f)
	tr.Absorb(LabelTop, append(append([]fr.Element(nil), proof.TopP...), proof.TopQ...)...)
	r := tr.Challenges(LabelPoint, TopVars(vars))
	claimP, claimQ := mle.Evaluate(f, r, proof.TopP), mle.Evaluate(f, r, proof.TopQ)
	lambda := tr.Challenge(LabelLambda)
	layer := &proof.Layers[0]
	s, value := sumcheck.VerifyEq(f, tr, LabelRound, r, f.Add(claimP, f.Mul(lambda, claimQ)), layer.Rounds, Degree)
	tr.Absorb(LabelChildren, make([]fr.Element, 3)...)
	tau := tr.Challenge(LabelTau)

	// p₀ + τ·(p₁−p₀) = p(z), the same for q, and p₀q₁ + p₁q₀ + λ·q₀q₁ = value.
	z := append([]fr.Element{tau}, s...)
	pz, qz := mle.Evaluate(f, z, p), mle.Evaluate(f, z, q)
	inv := f.Inverse(tau)
	layer.Q0 = fr.One()
	layer.Q1 = f.Add(layer.Q0, f.Mul(f.Sub(qz, layer.Q0), inv))
	rest := f.Sub(f.Sub(value, f.Mul(lambda, layer.Q1)), f.Mul(pz, inv))
	layer.P0 = f.Mul(rest, f.Inverse(f.Add(layer.Q1, f.Sub(fr.One(), inv))))

	if accepts(proof, p, q) {
		t.Error("a false sum is accepted")
	}
	if !acceptsWith(f, newDeaf(f), proof, p, q) || f.Err() != nil {
		t.Errorf("the planted fault was not exploited: %v", f.Err())
	}
}
