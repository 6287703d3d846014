// SPDX-License-Identifier: Apache-2.0

package wrap_test

import (
	"context"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/circuits/wrap"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/statement"
)

// assign returns the circuit of a scenario and an honest assignment.
func assign(t *testing.T, s *scenario.Scenario) (circuit, assignment *wrap.Circuit) {
	t.Helper()
	return assignOwn(t, s, reduction.Options{Vars: 8}, nil)
}

// assignOwn is assign for a plan with columns of their own for committed tensors, and these
// commitments to them.
func assignOwn(t *testing.T, s *scenario.Scenario, options reduction.Options, own []fr.Element) (circuit, assignment *wrap.Circuit) {
	t.Helper()
	m := s.Model()
	plan, err := reduction.New(m.System, options)
	if err != nil {
		t.Fatal(err)
	}
	trace, err := s.Program.Run(s.Inputs)
	if err != nil {
		t.Fatal(err)
	}
	salts := make([]fr.Element, m.NumSalts())
	for i := range salts {
		salts[i].MustSetRandom()
	}
	claim, err := m.Claim(trace, salts)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := reduction.CommittedWords(plan, trace)
	if err != nil {
		t.Fatal(err)
	}
	tensors, err := reduction.CommittedTensors(plan)
	if err != nil {
		t.Fatal(err)
	}
	var hashed []fr.Element // the salts of those that are
	rest := own
	for i := range tensors {
		if !tensors[i].Own {
			hashed = append(hashed, salts[i])
			continue
		}
		claim.Commitments[i], rest = rest[0], rest[1:]
	}
	var seed, salt, zeta fr.Element
	seed.MustSetRandom()
	salt.MustSetRandom()
	zeta.MustSetRandom()
	f := &arith.Native{}
	tr := transcript.New[fr.Element](f, transcript.Poseidon2{})
	tr.Absorb("seed", seed, salt)
	words := claim.Words()
	var z, e fr.Element
	party := &argument.Prover{Context: context.Background(), Plan: plan, Transcript: tr, Witness: argument.NewWitness(plan, m.System.Complete(trace))}
	result, err := reduction.Run(plan, f, tr, reduction.Statement[fr.Element]{
		Evaluate: func(x fr.Element) fr.Element {
			z, e = x, statement.Evaluate(words, x)
			return e
		},
		Commitments: claim.Commitments, Committed: committed,
	}, party)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	if circuit, err = wrap.New(plan); err != nil {
		t.Fatal(err)
	}
	a, err := wrap.New(plan)
	if err != nil {
		t.Fatal(err)
	}
	a.Salt = salt
	at := pcs.PointAt[fr.Element](f, pcs.Params{Vars: plan.Layout.Vars}, result.Point, zeta)
	w := []fr.Element{seed, z, e, result.Rho, zeta, result.Value, at.P1, at.P1Inv, at.P2, at.P2Inv}
	d := fr.NewElement(5) // the circuit takes any
	bind(a, d, w)
	if len(party.Messages) != len(a.Messages) {
		t.Fatalf("%d messages, the circuit has %d", len(party.Messages), len(a.Messages))
	}
	for i, m := range party.Messages {
		a.Messages[i] = m
	}
	for i := range hashed {
		a.Salts[i] = hashed[i]
	}
	kind := statement.ColumnKind()
	for i, c := range own {
		a.Own[i] = *c.Sub(&c, &kind)
	}
	for i, w := range committed {
		for j := range w {
			a.Tensors[i][j] = w[j]
		}
	}
	return circuit, a
}

// bind assigns words, and the public inputs that honestly bind them to d.
func bind(a *wrap.Circuit, d fr.Element, words []fr.Element) {
	z := sponge.Hash(sponge.Wrap, append([]fr.Element{d}, words...)...)
	a.Assign(words, []fr.Element{d, z, statement.Evaluate(words, z)})
}

func TestScenarios(t *testing.T) {
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			circuit, a := assign(t, s)
			plan, err := reduction.New(s.Model().System, reduction.Options{Vars: 8})
			if err != nil {
				t.Fatal(err)
			}
			if err := test.IsSolved(circuit, a, ecc.BN254.ScalarField()); err != nil {
				t.Fatal(err)
			}
			costs, err := plan.Costs()
			if err != nil {
				t.Fatal(err)
			}
			estimate := 0
			for _, c := range costs {
				estimate += c.Products + c.Hashes
			}
			// All is counted but what binds the words, commitments and the point of the opening.
			unbound, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &wrap.Unbound{Circuit: *circuit}, frontend.IgnoreUnconstrainedInputs())
			if err != nil {
				t.Fatal(err)
			}
			n := unbound.GetNbConstraints()
			t.Logf("%d constraints, %d by step", n, estimate)
			if estimate > n || len(a.Salts) == 0 && 100*estimate < 98*n {
				t.Errorf("%d constraints, %d by step", n, estimate)
			}
		})
	}
}
