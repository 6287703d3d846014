// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// TestHalfWeight shows what a model that is none of integers buys: a proof of a run that
// no weights of integers have. All inputs are even, and an output is odd. Proofs of runs
// cannot tell; the proof of the model does.
func TestHalfWeight(t *testing.T) {
	t.Parallel()
	m, plan := planOf(t, odd(t))
	s := plan.System
	node := func(name string) int {
		return slices.IndexFunc(s.Program.Nodes, func(n ir.Node) bool { return n.Name == name })
	}
	x, weights, y := node("x"), node("weights"), node("y")

	x0 := make([]int64, 8)
	x0[0] = 2
	trace, err := s.Program.Run([][]int64{x0})
	if err != nil {
		t.Fatal(err)
	}
	trace[y][0] = 1 // 2·1/2
	for _, v := range trace[x] {
		if v%2 != 0 {
			t.Fatal("an odd input")
		}
	}
	claim, err := m.Claim(trace, nil)
	if err != nil {
		t.Fatal(err)
	}
	values := make([][]fr.Element, len(s.Columns))
	values[x], values[y] = reference.Field(trace[x]), reference.Field(trace[y])
	w := reference.NewWitness(plan, values, nil)
	w.Values[weights][0] = half()
	*w.Cell(slices.IndexFunc(plan.Tensors, func(t reduction.Tensor) bool { return t.Name == "weights" }), 0) = half()

	id := [32]byte{1}
	r := newRegistrant(t, w)
	run := r.prove(t, w, id, claim)
	if err := vsumcheck.VerifyPlain(r.key, plan, id, [32]byte{}, claim, run); err != nil {
		t.Fatalf("a run with a weight of 1/2: %v", err)
	}

	inputs := inputsOf(plan)
	inputs[0][0] = half()
	check, err := reduction.NewModelCheck(plan)
	if err != nil {
		t.Fatal(err)
	}
	cw := completed(t, check, inputs)
	proof := r.prove(t, cw, vsumcheck.ModelCheckID(id), &statement.Claim{})
	if err := vsumcheck.VerifyModel(r.key, plan, id, proof); !errors.Is(err, verifier.ErrRejected) {
		t.Errorf("the model with a weight of 1/2: %v, want a rejection", err)
	}
	// Of another model than the one of the run nothing is proved either.
	honest := completed(t, check, inputsOf(plan))
	proof = r.prove(t, honest, vsumcheck.ModelCheckID(id), &statement.Claim{})
	if err := vsumcheck.VerifyModel(r.key, plan, id, proof); !errors.Is(err, verifier.ErrRejected) {
		t.Errorf("another model than the committed one: %v, want a rejection", err)
	}
	own := newRegistrant(t, honest)
	proof = own.prove(t, honest, vsumcheck.ModelCheckID(id), &statement.Claim{})
	if err := vsumcheck.VerifyModel(own.key, plan, id, proof); err != nil {
		t.Errorf("the honest model, by the same prover: %v", err)
	}
}
