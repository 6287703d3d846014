// SPDX-License-Identifier: Apache-2.0

package argument_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
)

// A run is a model with what a prover has.
type run struct {
	plan      *reduction.Plan
	columns   [][]int64
	claim     *statement.Claim
	committed [][]fr.Element
}

func newRun(p *ir.Program, options relation.Options, inputs [][]int64, vars int) (*run, error) {
	return planned(p, options, inputs, reduction.Options{Vars: vars})
}

// planned is newRun with a plan of other options.
func planned(p *ir.Program, options relation.Options, inputs [][]int64, plan reduction.Options) (*run, error) {
	m, err := circuits.NewModel(p, options)
	if err != nil {
		return nil, err
	}
	r := &run{}
	if r.plan, err = reduction.New(m.System, plan); err != nil {
		return nil, err
	}
	trace, err := p.Run(inputs)
	if err != nil {
		return nil, err
	}
	salts := make([]fr.Element, m.NumSalts())
	if r.claim, err = m.Claim(trace, salts); err != nil {
		return nil, err
	}
	if r.committed, err = reduction.CommittedWords(r.plan, trace); err != nil {
		return nil, err
	}
	needed := m.System.Needed()
	for id := range trace {
		if !needed(ir.ID(id)) {
			trace[id] = nil
		}
	}
	r.columns = m.System.Complete(trace)
	return r, nil
}

func (r *run) statement() reduction.Statement[fr.Element] {
	words := r.claim.Words()
	return reduction.Statement[fr.Element]{
		Evaluate:    func(z fr.Element) fr.Element { return statement.Evaluate(words, z) },
		Commitments: r.claim.Commitments,
		Committed:   r.committed,
	}
}

func newTranscript(f *arith.Native) *transcript.Transcript[fr.Element] {
	t := transcript.New[fr.Element](f, transcript.Poseidon2{})
	t.Absorb("seed", fr.NewElement(7))
	return t
}

// prove returns the messages and the result of a prover.
func (r *run) prove() ([]fr.Element, *reduction.Result[fr.Element], error) {
	f := &arith.Native{}
	t := newTranscript(f)
	p := &argument.Prover{Context: context.Background(), Plan: r.plan, Transcript: t, Witness: argument.NewWitness(r.plan, r.columns)}
	result, err := reduction.Run(r.plan, f, t, r.statement(), p)
	if err == nil {
		err = f.Err()
	}
	return p.Messages, result, err
}

// verify runs a verifier on messages. The columns at its point are those of the
// witness, as an opening would show.
func (r *run) verify(messages []fr.Element) error {
	f := &arith.Native{}
	t := newTranscript(f)
	next, done := reduction.From(messages)
	party := &reduction.Reader[fr.Element]{Plan: r.plan, Field: f, Transcript: t, Next: next}
	result, err := reduction.Run(r.plan, f, t, r.statement(), party)
	if err != nil {
		return err
	}
	if err := done(); err != nil {
		return err
	}
	if err := f.Err(); err != nil {
		return err
	}
	if v := r.open(result); !v.Equal(&result.Value) {
		return fmt.Errorf("the columns have another value at the point")
	}
	return nil
}

// open evaluates the committed columns, from the definition.
func (r *run) open(result *reduction.Result[fr.Element]) fr.Element {
	l := &r.plan.Layout
	w := argument.NewWitness(r.plan, r.columns)
	values := make([]fr.Element, l.NumColumns())
	f := &arith.Native{}
	var buffer []int64
	for k := range l.Model + l.Witness {
		for i := range buffer {
			buffer[i] = -1 // nothing of what was in it stays
		}
		buffer = w.Column(k, buffer)
		for i, x := range buffer {
			if x != 0 {
				v := &values[l.Index(k)]
				*v = f.Add(*v, f.Mul(arith.Int(f, x), eqAt(f, result.Point, i)))
			}
		}
	}
	return arith.Horner(f, values, result.Rho)
}

func eqAt(f *arith.Native, p []fr.Element, i int) fr.Element {
	out := fr.One()
	for k, x := range p {
		if i>>k&1 == 0 {
			x = arith.OneMinus(f, x)
		}
		out = f.Mul(out, x)
	}
	return out
}

func TestScenarios(t *testing.T) {
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			r, err := newRun(s.Program, s.Options, s.Inputs, 8)
			if err != nil {
				t.Fatal(err)
			}
			messages, _, err := r.prove()
			if err != nil {
				t.Fatal("prover:", err)
			}
			if err := r.verify(messages); err != nil {
				t.Fatal("verifier:", err)
			}
		})
	}
}

// TestRandomPrograms proves random programs.
func TestRandomPrograms(t *testing.T) {
	t.Parallel()
	programs := 200
	if testing.Short() {
		programs = 20
	}
	for seed := range programs {
		r := randomRun(t, seed, 2)
		messages, _, err := r.prove()
		if err != nil {
			t.Fatalf("program %d: prover: %v", seed, err)
		}
		if err := r.verify(messages); err != nil {
			t.Fatalf("program %d: verifier: %v", seed, err)
		}
	}
}
