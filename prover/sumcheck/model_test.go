// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"errors"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/verifier"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// TestModelCheck proves that a model is one of integers. The verifier has
// no weights; another model, and other commitments, are not proved by it.
func TestModelCheck(t *testing.T) {
	t.Parallel()
	j := plainJob(t, network(t))
	inputs := [][]int64{make([]int64, 30)}
	vk := j.Key.VerifyingKey()
	public, err := j.Plan.Public()
	if err != nil {
		t.Fatal(err)
	}
	c, err := sumcheck.NewModelCheck(j)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Prove(t.Context(), false); !errors.Is(err, snark.ErrNeedsSetup) {
		t.Errorf("wrapped without keys: %v, want %v", err, snark.ErrNeedsSetup)
	}
	plain, err := c.Prove(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	data, err := plain.Plain.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	proof, err := vsumcheck.UnmarshalPlain(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := vsumcheck.VerifyModel(vk, public, j.ID, proof); err != nil {
		t.Error("plain:", err)
	}
	other := otherModel(t, vk)
	run, err := j.Prove(t.Context(), inputs, [32]byte{}, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := vsumcheck.VerifyPlain(vk, public, j.ID, [32]byte{}, run.Claim, run.Plain); err != nil {
		t.Error("a run, without weights:", err)
	}
	for what, err := range map[string]error{
		"another model":      vsumcheck.VerifyModel(vk, public, [32]byte{7}, proof),
		"other commitments":  vsumcheck.VerifyModel(other, public, j.ID, proof),
		"the proof of a run": vsumcheck.VerifyModel(vk, public, j.ID, run.Plain),
		"no proof":           vsumcheck.VerifyModel(vk, public, j.ID, nil),
		"no plan":            vsumcheck.VerifyModel(vk, nil, j.ID, proof),
		"no key":             vsumcheck.VerifyModel(nil, public, j.ID, proof),
	} {
		if !errors.Is(err, verifier.ErrRejected) {
			t.Errorf("%s: %v, want a rejection", what, err)
		}
	}
}

// TestWrappedModelCheck does so in the form that shows nothing of the weights.
func TestWrappedModelCheck(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the keys of the wrap take some seconds")
	}
	keyed(t)
	j, _ := denseJob()
	vk := j.Key.VerifyingKey()
	c, err := sumcheck.NewModelCheck(j)
	if err != nil {
		t.Fatal(err)
	}
	other := otherModel(t, vk)
	key, err := c.Setup(t.Context(), sumcheck.SetupOptions{Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := c.Prove(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	z := wrapped.Public[1]
	if err := vsumcheck.VerifyWrappedModel(vk, key, j.ID, z, wrapped.Proof); err != nil {
		t.Error("wrapped:", err)
	}
	for what, err := range map[string]error{
		"another model":     vsumcheck.VerifyWrappedModel(vk, key, [32]byte{7}, z, wrapped.Proof),
		"other commitments": vsumcheck.VerifyWrappedModel(other, key, j.ID, z, wrapped.Proof),
		"no proof":          vsumcheck.VerifyWrappedModel(vk, key, j.ID, z, nil),
		"no key":            vsumcheck.VerifyWrappedModel(vk, nil, j.ID, z, wrapped.Proof),
	} {
		if !errors.Is(err, verifier.ErrRejected) {
			t.Errorf("wrapped, %s: %v, want a rejection", what, err)
		}
	}
}

// TestModelIsOutput proves a run whose weights, which are cut into blocks, are an output, too,
// and that they are integers.
func TestModelIsOutput(t *testing.T) {
	t.Parallel()
	program := network(t)
	weights := slices.IndexFunc(program.Nodes, func(n ir.Node) bool { return n.Name == "weights" })
	program.Outputs = append(program.Outputs, ir.Output{Name: "weights", ID: ir.ID(weights), Scale: 1, Visibility: ir.Public})
	j := plainJobOf(t, program, reduction.Options{Vars: 11, BlockCost: 1})
	if _, err := j.Prove(t.Context(), [][]int64{make([]int64, 30)}, [32]byte{}, true); err != nil {
		t.Error(err)
	}
	c, err := sumcheck.NewModelCheck(j)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Prove(t.Context(), true); err != nil {
		t.Error(err)
	}
}

// otherModel returns the key with commitments to another model: to zeros.
func otherModel(t *testing.T, vk *vsumcheck.VerifyingKey) *vsumcheck.VerifyingKey {
	t.Helper()
	other, err := vsumcheck.NewVerifyingKey(vk.Wrap(), vk.Tau(), vk.Vars(), vk.NumWitness(), make([]curve.G1Affine, len(vk.Model())))
	if err != nil {
		t.Fatal(err)
	}
	return other
}
