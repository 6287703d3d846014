// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
)

// seed stands for the hash of the statement and of the commitments to columns.
var seed = fr.NewElement(7)

func newPlan(t testing.TB, m *circuits.Model) *reduction.Plan {
	t.Helper()
	p, err := reduction.New(m.System, reduction.Options{Vars: 8})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A setting is what prover and verifier agree on: the statement, and the rules, which
// planted faults change.
type setting struct {
	plan      *reduction.Plan
	statement reduction.Statement[fr.Element]
	seed      fr.Element
	// rigged are challenges that are known before they are drawn.
	rigged values
	// ignored is an equation that the verifier does not check.
	ignored string
	// reads, if not nil, makes the verifier's party of its reader.
	reads func(*reduction.Reader[fr.Element]) reduction.Party[fr.Element]
}

// settingOf returns the setting of a run, which may be forged.
func settingOf(p *reduction.Plan, r *scenario.Run) *setting {
	claimed := r.Claimed()
	s := &setting{plan: p, seed: seed}
	s.statement.Evaluate = func(z fr.Element) fr.Element {
		e := statement.Evaluate(claimed, z)
		if r.Public.Final != nil {
			var d fr.Element
			r.Public.Final(&d, &z, &e, r.Words())
		}
		return e
	}
	s.statement.Commitments, s.statement.Committed = r.Committed()
	return s
}

// witnessOf returns what the prover of a run commits to.
func witnessOf(p *reduction.Plan, r *scenario.Run) *reference.Witness {
	return reference.NewWitness(p, r.Values(), r.Counts())
}

// prove runs the prover from the definitions; change, if not nil, changes what it sends.
func (s *setting) prove(t testing.TB, w *reference.Witness, change func(label string, i int, x fr.Element) fr.Element) ([]fr.Element, *reference.Prover) {
	t.Helper()
	p := &reference.Prover{Witness: w}
	return s.run(t, p, p, change), p
}

// run runs a prover, which may be p in disguise, and returns what it sends.
func (s *setting) run(t testing.TB, p *reference.Prover, disguise reduction.Party[fr.Element], change func(label string, i int, x fr.Element) fr.Element) []fr.Element {
	t.Helper()
	voice := &teller{change: change}
	p.Transcript = newTranscript(voice, s.rigged, s.seed)
	voice.listen(p.Transcript)
	if _, err := reduction.Run(s.plan, &arith.Native{}, p.Transcript, s.statement, disguise); err != nil {
		t.Fatal("prover:", err)
	}
	return voice.said
}

// deaf is arithmetic that does not check one equation.
type deaf struct {
	*arith.Native
	ignored string
}

func (d deaf) AssertEqual(a, b fr.Element, what string) {
	if what != d.ignored {
		d.Native.AssertEqual(a, b, what)
	}
}

// verify runs the verifier on messages. The opening is of the columns of w: they are
// fixed by their commitments.
func (s *setting) verify(w *reference.Witness, messages []fr.Element) error {
	n := &arith.Native{}
	f := deaf{n, s.ignored}
	tr := newTranscript(f, s.rigged, s.seed)
	next, done := reduction.From(messages)
	reader := &reduction.Reader[fr.Element]{Plan: s.plan, Field: f, Transcript: tr, Next: next}
	party := reduction.Party[fr.Element](reader)
	if s.reads != nil {
		party = s.reads(reader)
	}
	result, err := reduction.Run[fr.Element](s.plan, f, tr, s.statement, party)
	if err != nil {
		return err
	}
	if err := done(); err != nil {
		return err
	}
	if err := n.Err(); err != nil {
		return err
	}
	if v := arith.Horner(n, w.Open(result.Point), result.Rho); !v.Equal(&result.Value) {
		return fmt.Errorf("the columns have another value at the point")
	}
	return nil
}

// forge proves and verifies.
func (s *setting) forge(t testing.TB, w *reference.Witness, change func(label string, i int, x fr.Element) fr.Element) error {
	t.Helper()
	messages, _ := s.prove(t, w, change)
	return s.verify(w, messages)
}
