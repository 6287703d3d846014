// SPDX-License-Identifier: Apache-2.0

// Package opening commits to columns of small integers and opens them: the prover of
// protocol/pcs.
package opening

import (
	"context"
	"errors"
	"fmt"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/pcs"
)

// An Opening is a proof and what it is a proof of.
type Opening struct {
	Proof      pcs.Proof
	Statement  pcs.Statement // with the value of the columns
	Challenges pcs.Challenges
	Phases     []Phase
}

// A Phase is how long a part of the work took.
type Phase struct {
	Name string
	Time time.Duration
}

// prover is one run.
type prover struct {
	pcs.Params
	challenger func(pcs.Statement) challenger
	ctx        context.Context
	key        Key
	out        Opening
	last       time.Time
	err        error

	e1, e2     []fr.Element // eq(·, u_lo), eq(·, u_hi)
	f, q       []fr.Element
	h, g, s, d []fr.Element
}

// A challenger is the verifier's side of a run: a pcs.Transcript.
type challenger interface {
	Alpha(*pcs.Proof) fr.Element
	Gamma(*pcs.Proof) fr.Element
	Zeta(*pcs.Proof) fr.Element
	Beta(*pcs.Proof) fr.Element
	Y(*pcs.Proof) fr.Element
	Delta(*pcs.Proof) fr.Element
}

func transcript(s pcs.Statement) challenger { return pcs.NewTranscript(s) }

// Open opens columns, whose first has the coefficient ρ⁰, at u, of n elements. The memory
// it needs is 64 bytes per coefficient and that of the multi-exponentiations, two of N
// points and six of about √N. It stops between its phases when ctx is done.
//
// What the device of the key says is not checked: the opening is to be verified. A mask serves
// one opening: if that is wrong, the next one needs another, and columns with other blinds.
func Open(ctx context.Context, key Key, p pcs.Params, columns []Column, u []fr.Element, d, rho fr.Element) (*Opening, error) {
	return open(ctx, key, p, columns, u, d, rho, transcript)
}

func open(ctx context.Context, key Key, p pcs.Params, columns []Column, u []fr.Element, d, rho fr.Element, verifier func(pcs.Statement) challenger) (*Opening, error) {
	if err := key.check(p); err != nil {
		return nil, err
	}
	if len(u) != p.Vars {
		return nil, fmt.Errorf("a point of %d elements, want %d", len(u), p.Vars)
	}
	if len(columns) == 0 {
		return nil, fmt.Errorf("no columns to open")
	}
	for k := range columns {
		if err := columns[k].check(p); err != nil {
			return nil, fmt.Errorf("column %d: %w", k, err)
		}
	}
	w := &prover{Params: p, challenger: verifier, ctx: ctx, key: key, last: time.Now()}
	w.out.Statement = pcs.Statement{D: d, Rho: rho}
	w.e1 = mle.EqTable(new(arith.Native), u[:p.Low()])
	w.e2 = mle.EqTable(new(arith.Native), u[p.Low():])
	w.f, _ = combine(p, columns, rho)
	if w.phase("combine") {
		w.run()
	}
	if w.err != nil {
		return nil, w.err
	}
	return &w.out, nil
}

// run is the rounds of the protocol, with the letters of the paper.
func (w *prover) run() {
	proof, c := &w.out.Proof, &w.out.Challenges

	w.h = w.lowSums()
	w.out.Statement.V = dot(w.e2, w.h[:len(w.e2)])
	proof.Ch = w.commit(w.h)
	t := w.challenger(w.out.Statement)
	c.Alpha = t.Alpha(proof)
	if !w.phase("h") {
		return
	}

	w.q, w.g = w.divide(c.Alpha)
	proof.HAlpha = eval(w.h, c.Alpha)
	proof.Cg = w.commit(w.g)
	if !w.phase("q") {
		return
	}
	proof.Cq = w.commit(w.q)
	if !w.phase("commit q") {
		return
	}
	c.Gamma = t.Gamma(proof)

	w.s = innerProducts(w.g, w.e1, w.h, w.e2, c.Gamma)
	w.d = make([]fr.Element, len(w.g)) // D(X) = X^(b−1)·g(1/X)
	for i := range w.g {
		w.d[len(w.g)-1-i] = w.g[i]
	}
	proof.CS = w.commit(w.s)
	proof.CD = w.commit(w.d)
	c.Zeta = t.Zeta(proof)
	if !w.phase("S") {
		return
	}

	var inverse fr.Element
	inverse.Inverse(&c.Zeta)
	proof.G, proof.GInv = eval(w.g, c.Zeta), eval(w.g, inverse)
	proof.H, proof.HInv = eval(w.h, c.Zeta), eval(w.h, inverse)
	proof.S, proof.SInv = eval(w.s, c.Zeta), eval(w.s, inverse)
	quotient := w.quotient(c.Zeta, c.Alpha)
	if !w.phase("H") {
		return
	}
	proof.CH = w.commit(quotient)
	if !w.phase("commit H") {
		return
	}
	c.Beta = t.Beta(proof)
	w.f, w.q = nil, nil

	w.batch(t, &inverse)
	w.phase("batch")
}

// phase ends a phase and reports whether the next may begin.
func (w *prover) phase(name string) bool {
	now := time.Now()
	w.out.Phases = append(w.out.Phases, Phase{name, now.Sub(w.last)})
	w.last = now
	if w.err == nil {
		w.err = w.ctx.Err()
	}
	return w.err == nil
}

// commit returns the commitment to a polynomial, unless the run has failed.
func (w *prover) commit(f []fr.Element) curve.G1Affine {
	if w.err != nil {
		return curve.G1Affine{}
	}
	var sums []curve.G1Affine
	if sums, w.err = w.key.sum(w.ctx, accel.Elements(f)); w.err != nil {
		return curve.G1Affine{}
	}
	return sums[0]
}

// errDegenerate has a probability of about 10/r.
var errDegenerate = errors.New("degenerate challenges: open with another seed")
