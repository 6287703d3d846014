// SPDX-License-Identifier: Apache-2.0

// Package sumcheck reduces a claim ∑_{x ∈ {0,1}ⁿ} g(x) = c to a claim g(r) = c′ at a
// random point (Lund, Fortnow, Karloff and Nisan).
//
// In round j the prover sends the polynomial
//
//	gⱼ(X) = ∑_{x ∈ {0,1}ⁿ⁻ʲ⁻¹} g(r₀, …, rⱼ₋₁, X, x)
//
// the verifier checks gⱼ(0) + gⱼ(1) = cⱼ, draws rⱼ and goes on with cⱼ₊₁ = gⱼ(rⱼ). A
// polynomial of degree d is sent as its coefficients but the linear one, which the
// check determines: a prover cannot send one that fails it.
//
// The first variable is bound first. Soundness error: n·d/|F|.
package sumcheck

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A Round is the message of a round: c₀, c₂, …, c_d.
type Round[T any] []T

// Verify checks rounds rounds of degree degree for a claim. It returns the point and
// the value that the summand must have there. msgs must hold rounds messages of
// degree elements each.
func Verify[T any](f arith.Field[T], t *transcript.Transcript[T], label string, claim T, msgs []Round[T], degree int) (point []T, value T) {
	point = make([]T, len(msgs))
	for j, m := range msgs {
		t.Absorb(label, m...)
		point[j] = t.Challenge(label)
		// c₁ = claim − 2·c₀ − c₂ − … − c_d
		c := make([]T, degree+1)
		c[0] = m[0]
		copy(c[2:], m[1:])
		c[1] = f.Sub(claim, f.Add(m[0], f.Sum(m)))
		claim = arith.Horner(f, c, point[j])
	}
	return point, claim
}

// CheckShape reports an error unless msgs are rounds messages of the given degree.
func CheckShape[T any](msgs []Round[T], rounds, degree int) error {
	if len(msgs) != rounds {
		return fmt.Errorf("%d rounds, want %d", len(msgs), rounds)
	}
	for j, m := range msgs {
		if len(m) != degree {
			return fmt.Errorf("round %d has %d elements, want %d", j, len(m), degree)
		}
	}
	return nil
}

// Blank returns messages of that shape, for a verifier to be compiled over.
func Blank[T any](rounds, degree int) []Round[T] {
	out := make([]Round[T], rounds)
	for j := range out {
		out[j] = make(Round[T], degree)
	}
	return out
}

// A Summand is what a prover sums: g, with the variables bound so far.
type Summand interface {
	// Round returns gⱼ at 0, 1, …, d, where j variables are bound.
	Round() []fr.Element
	// Bind sets variable j to r.
	Bind(r fr.Element)
}

// Prove runs the rounds of g. It is the prover of Verify.
func Prove(t *transcript.Transcript[fr.Element], label string, g Summand, rounds int) (msgs []Round[fr.Element], point []fr.Element) {
	for range rounds {
		c := Interpolate(g.Round())
		m := append(Round[fr.Element]{c[0]}, c[2:]...)
		t.Absorb(label, m...)
		r := t.Challenge(label)
		g.Bind(r)
		msgs = append(msgs, m)
		point = append(point, r)
	}
	return msgs, point
}
