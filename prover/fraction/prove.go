// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"context"
	"errors"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/parallel"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// Errors of Prove. A statement that is false or has a zero denominator cannot be proved.
var (
	ErrSum  = errors.New("the fractions do not sum to 0")
	ErrPole = errors.New("a denominator is 0")

	// errZeroChallenge has a chance of 2⁻²⁴⁰ for leaves that do not depend on challenges
	// yet to come.
	errZeroChallenge = errors.New("a challenge is 0, or a zero of the denominators")
)

// A Claim is what is left to show: that p and q, as multilinear polynomials, have the
// values P and Q at Point, whose first element belongs to the lowest bit of an index.
type Claim struct {
	Point []fr.Element
	P, Q  fr.Element
}

// Prove proves that the fractions of the regions, in a tree of 2^vars leaves, sum to 0.
// It takes BytesPerLeaf and BytesPerPlace of memory.
func Prove(ctx context.Context, t *transcript.Transcript[fr.Element], vars int, regions []Region) (logup.Proof[fr.Element], Claim, error) {
	var proof logup.Proof[fr.Element]
	var claim Claim
	l, err := newLeaves(vars, regions)
	if err != nil {
		return proof, claim, err
	}
	top := logup.TopVars(vars)
	workers := newWorkers(parallel.Workers())
	levels, err := build(ctx, l, top, workers)
	if err != nil {
		return proof, claim, err
	}
	if top == vars {
		proof.TopP, proof.TopQ = l.all()
	} else {
		proof.TopP = append([]fr.Element(nil), levels[top].p...)
		proof.TopQ = append([]fr.Element(nil), levels[top].q...)
	}
	if err := check(proof.TopP, proof.TopQ); err != nil {
		return proof, claim, err
	}
	t.Absorb(logup.LabelTop, append(append([]fr.Element(nil), proof.TopP...), proof.TopQ...)...)
	r := t.Challenges(logup.LabelPoint, top)
	f := &arith.Native{}
	p, q := mle.Evaluate(f, r, proof.TopP), mle.Evaluate(f, r, proof.TopQ)
	for m := top; m < vars; m++ {
		if err := ctx.Err(); err != nil {
			return proof, claim, err
		}
		y := &layer{workers: workers, levels: levels[:m+1], below: l}
		if m+1 < vars {
			y.below = &levels[m+1]
		}
		var next logup.Layer[fr.Element]
		if next, r, p, q, err = y.prove(t, r, p, q); err != nil {
			return proof, claim, err
		}
		proof.Layers = append(proof.Layers, next)
	}
	return proof, Claim{r, p, q}, nil
}

// all returns all leaves, which must be few.
func (l *leaves) all() (p, q []fr.Element) {
	p, q = make([]fr.Element, 1<<l.vars), make([]fr.Element, 1<<l.vars)
	ints := make([]int64, 1<<l.vars)
	l.fill(ints, q, 0)
	for i, n := range ints {
		p[i].SetInt64(n)
	}
	return p, q
}

// check reports an error unless the fractions sum to 0.
func check(p, q []fr.Element) error {
	var sum, all fr.Element
	all.SetOne()
	for i := range p {
		var x fr.Element
		sum.Mul(&sum, &q[i])
		sum.Add(&sum, x.Mul(&p[i], &all))
		all.Mul(&all, &q[i])
	}
	switch {
	case all.IsZero():
		return ErrPole
	case !sum.IsZero():
		return ErrSum
	}
	return nil
}
