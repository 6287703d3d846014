// SPDX-License-Identifier: Apache-2.0

package argument_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
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
			// The same in as many blocks as leave no padding.
			if r, err = planned(s.Program, s.Options, s.Inputs, reduction.Options{Vars: 8, BlockCost: 1}); err != nil {
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

// TestReferenceParts proves a layer whose input and result are larger than a column, with
// axes that are no powers of two: parts of a tensor begin within an axis, and some have
// no elements.
func TestReferenceParts(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 5))
	for _, shape := range []tensor.Shape{{5, 9, 6}, {3, 3, 40}, {70, 5, 2}, {1, 300, 3}} {
		p := &ir.Program{}
		add := func(name string, op ir.Op, args ...ir.ID) ir.ID {
			id, err := p.Add(name, op, args...)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		x := add("x", ir.Input{Name: "x", Shape: shape, Declared: ir.Range{Lo: -8, Hi: 7}, Scale: 1, Visibility: ir.Public})
		weights := make([]int64, shape[1]*shape[2]*4)
		for i := range weights {
			weights[i] = rng.Int64N(15) - 7
		}
		w := add("w", ir.NewConst(tensor.Shape{4, shape[2], shape[1]}, weights))
		y := add("y", ir.Contract{Contraction: tensor.Contraction{
			Extents: []int{shape[0], shape[1], shape[2], 4}, A: []int{0, 1, 2}, B: []int{3, 2, 1}, Out: []int{0, 1, 3}}}, x, w)
		q := add("q", ir.Rescale{Multiplier: 1, Shift: 5}, y)
		p.Outputs = []ir.Output{{Name: "q", ID: q, Scale: 1, Visibility: ir.Public}}
		data := make([]int64, shape.Size())
		for i := range data {
			data[i] = rng.Int64N(16) - 8
		}
		r, err := newRun(p, relation.Options{TableBits: 4}, [][]int64{data}, 8)
		if err != nil {
			t.Fatal(err)
		}
		blocks := make([]int, len(r.plan.Tensors))
		for _, b := range r.plan.Layout.Blocks {
			blocks[b.Tensor]++
		}
		if slices.Max(blocks) < 3 {
			t.Errorf("%v: all tensors lie in at most two columns", shape)
		}
		messages, _, err := r.prove()
		if err != nil {
			t.Fatal(err)
		}
		if err := r.verify(messages); err != nil {
			t.Errorf("%v: verifier: %v", shape, err)
		}
		r.likeReference(t)
		if r, err = planned(p, relation.Options{TableBits: 4}, [][]int64{data}, reduction.Options{Vars: 8, BlockCost: 1}); err != nil {
			t.Fatal(err)
		}
		r.likeReference(t)
	}
}
