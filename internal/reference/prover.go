// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/relation"
)

var field = &arith.Native{} // never asked for assertions

// A Prover is the Party of a prover that computes every message from the tables of its
// witness, whatever it has said before.
type Prover struct {
	Witness    *Witness
	Transcript *transcript.Transcript[fr.Element]
	// Messages are those sent so far.
	Messages []fr.Element
	// Excess is by how much the claim of the opening exceeds the sum over the columns:
	// 0 for a prover that says the truth.
	Excess fr.Element
	// Lie, if not nil, returns what is summed by the sumcheck of a label in place of s.
	Lie func(label string, s sumcheck.Summand) sumcheck.Summand

	level *summand
}

var _ reduction.Party[fr.Element] = (*Prover)(nil)

// Fractions implements reduction.Party.
func (p *Prover) Fractions(alpha, beta fr.Element) (z []fr.Element, pz, qz fr.Element, err error) {
	num, den := p.Witness.Leaves(alpha, beta)
	return p.Sum(num, den)
}

// Sum proves that the fractions num/den sum to 0.
func (p *Prover) Sum(num, den []fr.Element) (z []fr.Element, pz, qz fr.Element, err error) {
	proof, z := logup.ProveAt(p.Transcript, num, den)
	for _, m := range proof.Elements() {
		p.Messages = append(p.Messages, *m)
	}
	return z, mle.Evaluate(field, z, num), mle.Evaluate(field, z, den), nil
}

// Leaves returns the numerators and denominators of all fractions.
func (w *Witness) Leaves(alpha, beta fr.Element) (num, den []fr.Element) {
	num, den = make([]fr.Element, 1<<w.Plan.Tree.Vars), make([]fr.Element, 1<<w.Plan.Tree.Vars)
	for i := range den {
		den[i].SetOne()
	}
	for _, r := range w.Plan.Tree.Regions {
		n := r.Shape.Size()
		tuple := [2][]fr.Element{make([]fr.Element, n), make([]fr.Element, n)}
		if r.Member >= 0 {
			m := w.Plan.System.Relations[r.Member].(relation.Member)
			for k, e := range m.Tuple {
				tuple[k] = w.evaluate(e, m.Domain)
			}
		} else {
			for k, c := range w.Plan.System.Tables[r.Table].Columns {
				tuple[k] = Field(c)
			}
		}
		table := arith.Scale(field, int64(r.Table)+1, field.Mul(beta, beta))
		for i := range n {
			at := r.Leaf(i)
			if r.Member >= 0 {
				num[at].SetInt64(-1)
			} else {
				num[at] = w.Counts[r.Table][i]
			}
			fingerprint := field.Add(field.Add(tuple[0][i], field.Mul(beta, tuple[1][i])), table)
			den[at] = field.Sub(alpha, fingerprint)
		}
	}
	return num, den
}

// LevelSum implements reduction.Party.
func (p *Prover) LevelSum(l *reduction.Level[fr.Element]) (fr.Element, error) {
	p.level = p.Witness.level(l)
	sum := p.level.sum()
	p.Messages = append(p.Messages, sum)
	return sum, nil
}

// LevelRounds implements reduction.Party.
func (p *Prover) LevelRounds(l *reduction.Level[fr.Element], _ fr.Element) ([]fr.Element, fr.Element, error) {
	point, value := p.rounds("level", p.level.clone(), l.Rounds)
	return point, value, nil
}

// LevelValues implements reduction.Party.
func (p *Prover) LevelValues(_ *reduction.Level[fr.Element], point []fr.Element) ([]fr.Element, error) {
	var values []fr.Element
	for _, t := range p.level.terms {
		for _, operand := range t.tables[:t.operands] {
			values = append(values, mle.Evaluate(field, point, operand))
		}
	}
	p.Messages = append(p.Messages, values...)
	return values, nil
}

// OpeningRounds implements reduction.Party.
func (p *Prover) OpeningRounds(o *reduction.Opening[fr.Element], claim fr.Element) ([]fr.Element, fr.Element, error) {
	s := p.Witness.opening(o)
	p.Excess = field.Sub(claim, s.sum())
	point, value := p.rounds("opening", s, p.Witness.Plan.Layout.Vars)
	return point, value, nil
}

// Columns implements reduction.Party.
func (p *Prover) Columns(point []fr.Element) ([]fr.Element, error) {
	out := p.Witness.Open(point)
	p.Messages = append(p.Messages, out...)
	return out, nil
}

// rounds runs a sumcheck. It returns the point and the summand there, which is what the
// rounds claim if the claim was true.
func (p *Prover) rounds(label string, s *summand, rounds int) ([]fr.Element, fr.Element) {
	told := sumcheck.Summand(s)
	if p.Lie != nil {
		told = p.Lie(label, s)
	}
	msgs, point := sumcheck.Prove(p.Transcript, label, told, rounds)
	for _, m := range msgs {
		p.Messages = append(p.Messages, m...)
	}
	return point, s.sum()
}
