// SPDX-License-Identifier: Apache-2.0

package argument_test

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
)

// likeReference reports the first message that differs from that of the reference
// prover, or −1.
func (r *run) likeReference(t *testing.T) {
	t.Helper()
	got, _, err := r.prove()
	if err != nil {
		t.Fatal(err)
	}
	// The reference lays out every value.
	s := r.plan.System
	var inputs [][]int64
	for _, id := range s.Program.Inputs {
		inputs = append(inputs, r.columns[id])
	}
	trace, err := s.Program.Run(inputs)
	if err != nil {
		t.Fatal(err)
	}
	var values [][]fr.Element
	for _, data := range s.Complete(trace) {
		values = append(values, reference.Field(data))
	}
	f := &arith.Native{}
	p := &reference.Prover{
		Witness:    reference.NewWitness(r.plan, values, nil),
		Transcript: newTranscript(f),
	}
	if _, err := reduction.Run(r.plan, f, p.Transcript, r.statement(), p); err != nil {
		t.Fatal("reference:", err)
	}
	if len(got) != len(p.Messages) {
		t.Fatalf("%d messages, the reference sends %d", len(got), len(p.Messages))
	}
	for i := range got {
		if !got[i].Equal(&p.Messages[i]) {
			t.Fatalf("message %d of %d is not that of the reference", i, len(got))
		}
	}
}

// TestReferenceScenarios compares the messages with those of the reference prover.
func TestReferenceScenarios(t *testing.T) {
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			r, err := newRun(s.Program, s.Options, s.Inputs, 8)
			if err != nil {
				t.Fatal(err)
			}
			r.likeReference(t)
		})
	}
}

// TestReferenceRandomPrograms does so for random programs.
func TestReferenceRandomPrograms(t *testing.T) {
	t.Parallel()
	programs := 60
	if testing.Short() {
		programs = 10
	}
	for seed := range programs {
		randomRun(t, seed, 3).likeReference(t)
	}
}

// randomRun returns a run of a random program that has a statement.
func randomRun(t *testing.T, seed, stream int) *run {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(seed), uint64(stream)))
	p := oracle.Provable(rng, 4+rng.IntN(10))
	r, err := newRun(p, relation.Options{TableBits: 4 + rng.IntN(4)}, oracle.Inputs(rng, p), 8+rng.IntN(3))
	if err != nil {
		t.Fatalf("program %d: %v", seed, err)
	}
	return r
}
