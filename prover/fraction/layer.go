// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A layer proves the layer of level l, whose memory and that of the levels above it is
// overwritten.
type layer struct {
	workers []*worker
	levels  []level // up to l
	below   children
	lambda  fr.Element
}

// prove takes the claims p and q at r to claims at the next level, which it returns.
func (y *layer) prove(t *transcript.Transcript[fr.Element], r []fr.Element, p, q fr.Element) (logup.Layer[fr.Element], []fr.Element, fr.Element, fr.Element, error) {
	var out logup.Layer[fr.Element]
	l := len(r)
	y.lambda = t.Challenge(logup.LabelLambda)
	var claim fr.Element
	claim.Mul(&y.lambda, &q).Add(&claim, &p)

	point := make([]fr.Element, 0, l+1)
	point = append(point, fr.Element{}) // τ
	var live table
	zero, lead := y.firstSums(r)
	for j := range l {
		// cⱼ = g(0) + wⱼ·(c₁ + c₂)
		if r[j].IsZero() {
			return out, nil, p, q, errZeroChallenge
		}
		var c1 fr.Element
		c1.Sub(&claim, &zero).Div(&c1, &r[j]).Sub(&c1, &lead)
		t.Absorb(logup.LabelRound, c1, lead)
		s := t.Challenge(logup.LabelRound)
		out.Rounds = append(out.Rounds, sumcheck.Round[fr.Element]{c1, lead})
		point = append(point, s)
		claim.Mul(&lead, &s).Add(&claim, &c1).Mul(&claim, &s).Add(&claim, &zero)
		var weights *eqTable
		if j+1 < l {
			weights = newEqTable(r[j+2:])
		}
		if j == 0 {
			live = y.firstFold(&s, weights)
		} else {
			live = y.fold(live, &s, weights)
		}
		zero, lead = y.total()
	}
	p0, p1, q0, q1 := live.p0[0], live.p1[0], live.q0[0], live.q1[0]
	var lq fr.Element
	p1.Sub(&p1, lq.Mul(&y.lambda, &q1))
	out.P0, out.Q0, out.Q1 = p0, q0, q1
	t.Absorb(logup.LabelChildren, p0, q0, q1)
	if q0.IsZero() {
		return out, nil, p, q, errZeroChallenge
	}
	tau := t.Challenge(logup.LabelTau)
	point[0] = tau
	return out, point, line(p0, p1, tau), line(q0, q1, tau), nil
}

// line is the line through (0, a) and (1, b) at x.
func line(a, b, x fr.Element) fr.Element {
	b.Sub(&b, &a).Mul(&b, &x)
	return *b.Add(&b, &a)
}
