// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/sumcheck"
)

// A Liar is the summand of a prover whose claim is false and who knows the challenge r of
// one round before it sends that round's message. It is honest in all other rounds. To
// that message it adds the line through r that makes up for what the claim has too much:
//
//	gⱼ(X) + excess·(X − r)/s
//
// is gⱼ at r, so that all that follows is true. s is the sum that the verifier takes of
// the line X − r: its values at 0 and 1, or these weighted by eq(wⱼ, ·).
type Liar struct {
	sumcheck.Summand
	// Excess is by how much the claim exceeds the sum.
	Excess fr.Element
	// In is the round, and Known returns its challenge when its message is due.
	In    int
	Known func() fr.Element
	// W is the weights' point for sumcheck.VerifyEq, nil for sumcheck.Verify.
	W []fr.Element

	round int
}

// Round implements sumcheck.Summand.
func (l *Liar) Round() []fr.Element {
	g := l.Summand.Round()
	if l.round != l.In {
		return g
	}
	r := l.Known()
	s := field.Sub(fr.One(), field.Add(r, r))
	if l.W != nil {
		s = field.Sub(l.W[l.round], r)
	}
	slope := field.Mul(l.Excess, field.Inverse(s))
	for x := range g {
		at := fr.NewElement(uint64(x))
		g[x] = field.Add(g[x], field.Mul(slope, field.Sub(at, r)))
	}
	return g
}

// Bind implements sumcheck.Summand. Until the lie is told, Verify adds the excess to the
// linear coefficient of each round, VerifyEq to the constant one.
func (l *Liar) Bind(r fr.Element) {
	if l.W == nil {
		l.Excess = field.Mul(l.Excess, r)
	}
	l.round++
	l.Summand.Bind(r)
}
