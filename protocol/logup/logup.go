// SPDX-License-Identifier: Apache-2.0

package logup

import (
	"fmt"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// Degree is the degree of the rounds of a layer.
const Degree = 2

// The labels of the transcript.
const (
	LabelTop      = "logup.top"
	LabelPoint    = "logup.point"
	LabelLambda   = "logup.lambda"
	LabelRound    = "logup.round"
	LabelChildren = "logup.children"
	LabelTau      = "logup.tau"
)

// A Proof is the prover's messages.
type Proof[T any] struct {
	// TopP and TopQ are the nodes of level TopVars.
	TopP, TopQ []T
	// Layers[i] takes the claims from level TopVars+i to the next.
	Layers []Layer[T]
}

// A Layer is a sumcheck and three of the four values at its point.
type Layer[T any] struct {
	Rounds     []sumcheck.Round[T]
	P0, Q0, Q1 T
}

// TopVars returns the level that is sent in the clear for a tree of 2^vars leaves.
//
// Level l in a circuit costs about 270·(l+1) constraints as a layer, and its successor
// in the clear 74·2ˡ for the hash and 6·2ˡ for adding up and evaluating; from l = 5 on
// the layer is cheaper.
func TopVars(vars int) int { return min(vars, 5) }

// Verify checks a proof for 2^vars leaves, of the shape that CheckShape demands. It
// returns a point z of vars elements and the values that p and q must have there.
func Verify[T any](f arith.Field[T], t *transcript.Transcript[T], vars int, proof Proof[T]) (z []T, p, q T) {
	t.Absorb(LabelTop, append(append([]T(nil), proof.TopP...), proof.TopQ...)...)
	p, q = addUp(f, proof.TopP, proof.TopQ)
	f.AssertEqual(p, arith.Int(f, 0), "the fractions sum to 0")
	f.Inverse(q) // or 0/0 would be any sum
	z = t.Challenges(LabelPoint, TopVars(vars))
	eq := mle.EqTable(f, z)
	p, q = arith.Dot(f, eq, proof.TopP), arith.Dot(f, eq, proof.TopQ)
	for _, layer := range proof.Layers {
		z, p, q = verifyLayer(f, t, layer, z, p, q)
	}
	return z, p, q
}

// verifyLayer takes the claims p and q at r to claims at the next level.
func verifyLayer[T any](f arith.Field[T], t *transcript.Transcript[T], layer Layer[T], r []T, p, q T) ([]T, T, T) {
	lambda := t.Challenge(LabelLambda)
	claim := f.Add(p, f.Mul(lambda, q))
	s, value := sumcheck.VerifyEq(f, t, LabelRound, r, claim, layer.Rounds, Degree)
	p0, q0, q1 := layer.P0, layer.Q0, layer.Q1
	t.Absorb(LabelChildren, p0, q0, q1)
	p1 := f.Sub(value, f.Mul(q1, f.Add(p0, f.Mul(lambda, q0))))
	p1 = f.Mul(p1, f.Inverse(q0))
	tau := t.Challenge(LabelTau)
	p = f.Add(p0, f.Mul(tau, f.Sub(p1, p0)))
	q = f.Add(q0, f.Mul(tau, f.Sub(q1, q0)))
	return append([]T{tau}, s...), p, q
}

// addUp returns the sum of the fractions p[i]/q[i], for a power of two of them.
func addUp[T any](f arith.Field[T], p, q []T) (T, T) {
	for len(p) > 1 {
		p, q = parents(f, p, q)
	}
	return p[0], q[0]
}

// parents returns the level above a level.
func parents[T any](f arith.Field[T], p, q []T) (up, uq []T) {
	up, uq = make([]T, len(p)/2), make([]T, len(p)/2)
	for i := range up {
		up[i] = f.Add(f.Mul(p[2*i], q[2*i+1]), f.Mul(p[2*i+1], q[2*i]))
		uq[i] = f.Mul(q[2*i], q[2*i+1])
	}
	return up, uq
}

// CheckShape reports an error unless proof has the shape of one for 2^vars leaves.
func CheckShape[T any](proof Proof[T], vars int) error {
	top := TopVars(vars)
	if len(proof.TopP) != 1<<top || len(proof.TopQ) != 1<<top {
		return fmt.Errorf("%d and %d nodes at the top, want %d", len(proof.TopP), len(proof.TopQ), 1<<top)
	}
	if len(proof.Layers) != vars-top {
		return fmt.Errorf("%d layers, want %d", len(proof.Layers), vars-top)
	}
	for i, layer := range proof.Layers {
		if err := sumcheck.CheckShape(layer.Rounds, top+i, Degree); err != nil {
			return fmt.Errorf("layer %d: %w", i, err)
		}
	}
	return nil
}

// Blank returns a proof of that shape, for a verifier to be compiled over.
func Blank[T any](vars int) Proof[T] {
	top := TopVars(vars)
	proof := Proof[T]{TopP: make([]T, 1<<top), TopQ: make([]T, 1<<top), Layers: make([]Layer[T], vars-top)}
	for i := range proof.Layers {
		proof.Layers[i].Rounds = sumcheck.Blank[T](top+i, Degree)
	}
	return proof
}
