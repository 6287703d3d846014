// SPDX-License-Identifier: Apache-2.0

// Package argument is the prover of the reduction: it computes the messages that
// protocol/reduction asks for.
package argument

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/mac"
)

var nativeField arith.Native // never asked for assertions

// A Prover is the Party of a prover.
type Prover struct {
	Context context.Context
	Plan    *reduction.Plan
	Witness *Witness
	// Column returns a column as Witness.Column does, which it defaults to.
	Column     func(k int) mac.Vector
	Transcript *transcript.Transcript[fr.Element]
	// Mask returns the value of the mask at a point, nil if there is no mask.
	Mask func(point []fr.Element) fr.Element
	// Done is told the names of the parts of the argument as they end: tree, levels, as often as
	// there are any, and columns. nil is no one.
	Done func(part string)
	// Messages are those sent so far.
	Messages []fr.Element

	batch   *batch
	opening *opening
}

var _ reduction.Party[fr.Element] = (*Prover)(nil)

func (p *Prover) done(part string) {
	if p.Done != nil {
		p.Done(part)
	}
}

func (p *Prover) send(m ...fr.Element) { p.Messages = append(p.Messages, m...) }

// LevelSum implements reduction.Party.
func (p *Prover) LevelSum(l *reduction.Level[fr.Element]) (fr.Element, error) {
	p.batch = p.Witness.levelBatch(l)
	s := p.batch.sum()
	p.send(s)
	return s, p.Context.Err()
}

// LevelRounds implements reduction.Party.
func (p *Prover) LevelRounds(l *reduction.Level[fr.Element], sum fr.Element) ([]fr.Element, fr.Element, error) {
	return p.rounds("level", sum, p.batch, l.Rounds, l.Degree)
}

// LevelValues implements reduction.Party.
func (p *Prover) LevelValues(l *reduction.Level[fr.Element], _ []fr.Element) ([]fr.Element, error) {
	v := p.batch.values(l)
	p.send(v...)
	p.batch = nil
	p.done("levels")
	return v, p.Context.Err()
}

// OpeningRounds implements reduction.Party.
func (p *Prover) OpeningRounds(o *reduction.Opening[fr.Element], sum fr.Element) ([]fr.Element, fr.Element, error) {
	column := p.Column
	if column == nil {
		column = func(k int) mac.Vector { return mac.Ints[int64](p.Witness.Column(k, nil)) }
	}
	p.opening = newOpening(o, &p.Plan.Layout, column)
	return p.rounds("opening", sum, p.opening, p.Plan.Layout.Vars, reduction.OpeningDegree)
}

// Columns implements reduction.Party.
func (p *Prover) Columns(point []fr.Element) ([]fr.Element, error) {
	out := make([]fr.Element, p.Plan.Layout.NumColumns())
	if p.Mask != nil {
		out[0] = p.Mask(point)
	}
	for k, nodes := range p.opening.above {
		if n := nodes[0]; n != nil {
			out[k] = n.value
		}
	}
	p.send(out...)
	p.opening = nil
	p.done("columns")
	return out, p.Context.Err()
}

// rounds runs a sumcheck. The values of the summand must sum to sum: a prover whose
// kernels are wrong learns it here.
func (p *Prover) rounds(label string, sum fr.Element, g sumcheck.Summand, rounds, degree int) ([]fr.Element, fr.Element, error) {
	msgs, point := sumcheck.Prove(p.Transcript, label, &bounded{Summand: g, ctx: p.Context}, rounds)
	for _, m := range msgs {
		if len(m) != degree {
			return nil, fr.Element{}, fmt.Errorf("zkml: internal error: a round of degree %d, want %d", len(m), degree)
		}
		p.send(m...)
	}
	value := sum
	for j, m := range msgs {
		c := append([]fr.Element{m[0], {}}, m[1:]...)
		c[1].Sub(&value, &m[0])
		for i := range m {
			c[1].Sub(&c[1], &m[i])
		}
		value = arith.Horner(&nativeField, c, point[j])
	}
	return point, value, p.Context.Err()
}

// bounded stops computing when the context is done; the messages are then worthless.
type bounded struct {
	sumcheck.Summand
	ctx context.Context
	d   int
}

func (b *bounded) Round() []fr.Element {
	if b.ctx.Err() != nil && b.d > 0 {
		return make([]fr.Element, b.d)
	}
	out := b.Summand.Round()
	b.d = len(out)
	return out
}
