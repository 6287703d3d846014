// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// product is the summand ∏ tₖ of tables, from the definition.
type product [][]fr.Element

func (p product) Round() []fr.Element {
	out := make([]fr.Element, len(p)+1)
	for x := range out {
		var at fr.Element
		at.SetInt64(int64(x))
		for i := 0; i < len(p[0]); i += 2 {
			term := fr.One()
			for _, t := range p {
				v := line(t[i], t[i+1], at)
				term.Mul(&term, &v)
			}
			out[x].Add(&out[x], &term)
		}
	}
	return out
}

func (p product) Bind(r fr.Element) {
	for k, t := range p {
		for i := range len(t) / 2 {
			t[i] = line(t[2*i], t[2*i+1], r)
		}
		p[k] = t[:len(t)/2]
	}
}

// line is the line through (0, a) and (1, b) at x.
func line(a, b, x fr.Element) fr.Element {
	b.Sub(&b, &a).Mul(&b, &x)
	return *b.Add(&b, &a)
}

func tables(degree, vars int) product {
	p := make(product, degree)
	for k := range p {
		p[k] = make([]fr.Element, 1<<vars)
		for i := range p[k] {
			p[k][i].MustSetRandom()
		}
	}
	return p
}

func (p product) clone() product {
	out := make(product, len(p))
	for k := range p {
		out[k] = append([]fr.Element(nil), p[k]...)
	}
	return out
}

// run proves and verifies ∏ p = claim + shift and returns whether the last claim is
// what the tables are at the point. edit changes the messages in between.
func run(p product, vars int, shift int64, edit func([]sumcheck.Round[fr.Element])) bool {
	f := &arith.Native{}
	newTranscript := func() *transcript.Transcript[fr.Element] {
		return transcript.New[fr.Element](f, transcript.Poseidon2{})
	}
	var claim, s fr.Element
	for i := range p[0] {
		term := fr.One()
		for _, t := range p {
			term.Mul(&term, &t[i])
		}
		claim.Add(&claim, &term)
	}
	msgs, _ := sumcheck.Prove(newTranscript(), "test", p.clone(), vars)
	edit(msgs)
	claim.Add(&claim, s.SetInt64(shift))
	point, value := sumcheck.Verify(f, newTranscript(), "test", claim, msgs, len(p))
	want := fr.One()
	for _, t := range p {
		v := mle.Evaluate(f, point, t)
		want.Mul(&want, &v)
	}
	return value.Equal(&want)
}

func TestProve(t *testing.T) {
	for degree := 1; degree <= 5; degree++ {
		for vars := range 5 {
			p := tables(degree, vars)
			if !run(p, vars, 0, func([]sumcheck.Round[fr.Element]) {}) {
				t.Errorf("degree %d, %d variables: the last claim is false", degree, vars)
			}
			if run(p, vars, 1, func([]sumcheck.Round[fr.Element]) {}) {
				t.Errorf("degree %d, %d variables: a false claim ends in a true one", degree, vars)
			}
		}
	}
}

// TestForged changes every element of every message.
func TestForged(t *testing.T) {
	const degree, vars = 3, 4
	p := tables(degree, vars)
	for j := range vars {
		for k := range degree {
			one := fr.One()
			if run(p, vars, 0, func(m []sumcheck.Round[fr.Element]) { m[j][k].Add(&m[j][k], &one) }) {
				t.Errorf("element %d of round %d can be changed", k, j)
			}
		}
	}
}

// weighted is product, its rounds weighted by eq(w, ·) of the variables after the first.
type weighted struct {
	product
	w []fr.Element
}

func (g *weighted) Round() []fr.Element {
	eq := mle.EqTable(&arith.Native{}, g.w[1:])
	out := make([]fr.Element, len(g.product)+1)
	for i := range eq {
		pair := make(product, len(g.product))
		for k, t := range g.product {
			pair[k] = t[2*i : 2*i+2]
		}
		for x, v := range pair.Round() {
			out[x].Add(&out[x], v.Mul(&v, &eq[i]))
		}
	}
	return out
}

func (g *weighted) Bind(r fr.Element) {
	g.product.Bind(r)
	g.w = g.w[1:]
}

// runEq is run for the sum of p weighted by eq(w, ·).
func runEq(p product, w []fr.Element, shift int64, edit func([]sumcheck.Round[fr.Element])) bool {
	f := &arith.Native{}
	newTranscript := func() *transcript.Transcript[fr.Element] {
		return transcript.New[fr.Element](f, transcript.Poseidon2{})
	}
	var claim, s fr.Element
	for i, e := range mle.EqTable(f, w) {
		for _, t := range p {
			e.Mul(&e, &t[i])
		}
		claim.Add(&claim, &e)
	}
	msgs, _ := sumcheck.ProveEq(newTranscript(), "test", &weighted{p.clone(), w}, len(w))
	edit(msgs)
	claim.Add(&claim, s.SetInt64(shift))
	point, value := sumcheck.VerifyEq(f, newTranscript(), "test", w, claim, msgs, len(p))
	want := fr.One()
	for _, t := range p {
		v := mle.Evaluate(f, point, t)
		want.Mul(&want, &v)
	}
	return value.Equal(&want)
}

func TestProveEq(t *testing.T) {
	honest := func([]sumcheck.Round[fr.Element]) {}
	for degree := 1; degree <= 4; degree++ {
		for vars := range 5 {
			p, w := tables(degree, vars), make([]fr.Element, vars)
			for i := range w {
				w[i].MustSetRandom()
			}
			if !runEq(p, w, 0, honest) {
				t.Errorf("degree %d, %d variables: the last claim is false", degree, vars)
			}
			if runEq(p, w, 1, honest) {
				t.Errorf("degree %d, %d variables: a false claim ends in a true one", degree, vars)
			}
			for j := range vars {
				for k := range degree {
					one := fr.One()
					if runEq(p, w, 0, func(m []sumcheck.Round[fr.Element]) { m[j][k].Add(&m[j][k], &one) }) {
						t.Errorf("degree %d: element %d of round %d can be changed", degree, k, j)
					}
				}
			}
		}
	}
}

func TestInterpolate(t *testing.T) {
	f := &arith.Native{}
	for d := 1; d <= 6; d++ {
		c := make([]fr.Element, d+1)
		values := make([]fr.Element, d+1)
		for i := range c {
			c[i].MustSetRandom()
		}
		for x := range values {
			var at fr.Element
			at.SetInt64(int64(x))
			values[x] = arith.Horner(f, c, at)
		}
		for i, got := range sumcheck.Interpolate(values) {
			if !got.Equal(&c[i]) {
				t.Errorf("degree %d: coefficient %d differs", d, i)
			}
		}
	}
}

func TestCheckShape(t *testing.T) {
	good := sumcheck.Blank[fr.Element](4, 3)
	if err := sumcheck.CheckShape(good, 4, 3); err != nil {
		t.Error(err)
	}
	if sumcheck.CheckShape(good, 5, 3) == nil || sumcheck.CheckShape(good, 4, 2) == nil {
		t.Error("messages of the wrong shape pass")
	}
}
