// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/statement"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// ownJob sets up the scenario of statements with columns of their own for committed tensors.
var ownJob = sync.OnceValues(func() (*sumcheck.Job, error) {
	s := scenario.Get("statement")
	m, err := circuits.NewModel(s.Program, s.Options)
	if err != nil {
		return nil, err
	}
	plan, err := reduction.New(m.System, reduction.Options{Vars: 8, OwnWords: 1})
	if err != nil {
		return nil, err
	}
	cs, err := sumcheck.CompileWrap(plan, vsnark.Groth16)
	if err != nil {
		return nil, err
	}
	pk, err := sumcheck.Setup(context.Background(), plan, cs, sumcheck.SetupOptions{Insecure: true})
	return &sumcheck.Job{Model: m, Plan: plan, Key: pk, Wrap: cs, ID: [32]byte{1, 2, 3}}, err
})

// TestOwnColumns proves a run whose commitments are to two columns and to a hash. Each is
// opened by its tensor and its salt, and by no others; a second proof of the same run has
// other commitments.
func TestOwnColumns(t *testing.T) {
	t.Parallel()
	j, err := ownJob()
	if err != nil {
		t.Fatal(err)
	}
	inputs := scenario.Get("statement").Inputs
	r, err := j.Prove(t.Context(), inputs, [32]byte{}, false)
	if err != nil {
		t.Fatal(err)
	}
	again, err := j.Prove(t.Context(), inputs, [32]byte{}, false)
	if err != nil {
		t.Fatal(err)
	}
	trace, err := j.Model.System.Program.Run(inputs)
	if err != nil {
		t.Fatal(err)
	}
	tensors, err := reduction.CommittedTensors(j.Plan)
	if err != nil {
		t.Fatal(err)
	}
	ck := j.Key.CommitmentKey()
	commitment := func(i int, x []int64, salt fr.Element) fr.Element {
		c, err := ck.Commitment(j.Plan, i, x, salt)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for i, c := range r.Claim.Commitments {
		if got := statement.IsColumnCommitment(&c); got != tensors[i].Own {
			t.Errorf("commitment %d is to a column: %v", i, got)
		}
		x := trace[tensors[i].Column]
		if got := commitment(i, x, r.Salts[i]); !got.Equal(&c) {
			t.Errorf("commitment %d is not opened by its tensor", i)
		}
		other := slices.Clone(x)
		other[0], other[1] = other[1], other[0]
		salt := fr.One()
		salt.Add(&salt, &r.Salts[i])
		for what, got := range map[string]fr.Element{
			"another tensor": commitment(i, other, r.Salts[i]), "another salt": commitment(i, x, salt),
			"no salt": commitment(i, x, fr.Element{}), "the salt of another proof": commitment(i, x, again.Salts[i]),
		} {
			if got.Equal(&c) {
				t.Errorf("commitment %d is opened by %s", i, what)
			}
		}
		if c.Equal(&again.Claim.Commitments[i]) {
			t.Errorf("two proofs share commitment %d", i)
		}
		if _, err := ck.Commitment(j.Plan, i, x[1:], r.Salts[i]); err == nil {
			t.Error("a tensor of another size has a commitment")
		}
		if _, err := ck.Commitment(j.Plan, i, append([]int64{1 << 60}, x[1:]...), r.Salts[i]); err == nil {
			t.Error("a tensor of other numbers has a commitment")
		}
	}
	if _, err := ck.Commitment(j.Plan, len(tensors), nil, fr.Element{}); err == nil {
		t.Error("a tensor that is not committed has a commitment")
	}
	vk := j.Key.VerifyingKey()
	check := func(c *statement.Claim) error {
		return vsumcheck.Verify(vk, j.ID, [32]byte{}, c, r.Public[1], r.Proof)
	}
	if err := check(r.Claim); err != nil {
		t.Error(err)
	}
	for i := range r.Claim.Commitments {
		claim := *r.Claim
		claim.Commitments = slices.Clone(claim.Commitments)
		claim.Commitments[i] = again.Claim.Commitments[i]
		if check(&claim) == nil {
			t.Errorf("commitment %d of another proof is accepted", i)
		}
	}
	claim := *r.Claim
	claim.Commitments = slices.Clone(claim.Commitments)
	claim.Commitments[0], claim.Commitments[1] = claim.Commitments[1], claim.Commitments[0]
	if check(&claim) == nil {
		t.Error("commitments exchanged are accepted")
	}
}
