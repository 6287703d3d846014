// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// VerifyEq is Verify for a claim ∑_x eq(w, x)·g(x) = claim, where g has degree degree
// in each variable. The value that it returns is that of g alone.
//
// The factor of eq that belongs to the variable of a round is known to the verifier
// (Gruen, https://eprint.iacr.org/2024/108), so the prover sends
//
//	gⱼ(X) = ∑_x eq((wⱼ₊₁, …), x)·g(r₀, …, rⱼ₋₁, X, x)
//
// for which cⱼ = (1−wⱼ)·gⱼ(0) + wⱼ·gⱼ(1). Its message is c₁, …, c_d; the check
// determines c₀ = cⱼ − wⱼ·(c₁ + … + c_d). Soundness error: n·d/|F|.
func VerifyEq[T any](f arith.Field[T], t *transcript.Transcript[T], label string, w []T, claim T, msgs []Round[T], degree int) (point []T, value T) {
	point = make([]T, len(msgs))
	for j, m := range msgs {
		t.Absorb(label, m...)
		point[j] = t.Challenge(label)
		c := make([]T, degree+1)
		c[0] = f.Sub(claim, f.Mul(w[j], f.Sum(m)))
		copy(c[1:], m)
		claim = arith.Horner(f, c, point[j])
	}
	return point, claim
}

// ProveEq runs the rounds of g. It is the prover of VerifyEq; g is summed with the
// weights eq((wⱼ₊₁, …), x), as its Round must know.
func ProveEq(t *transcript.Transcript[fr.Element], label string, g Summand, rounds int) (msgs []Round[fr.Element], point []fr.Element) {
	for range rounds {
		m := Round[fr.Element](Interpolate(g.Round())[1:])
		t.Absorb(label, m...)
		r := t.Challenge(label)
		g.Bind(r)
		msgs = append(msgs, m)
		point = append(point, r)
	}
	return msgs, point
}
