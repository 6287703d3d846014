// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/verifier"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// TestPlonkWrap proves a run with a PLONK wrap, whose keys come from nothing but powers of
// τ: they are not marked. Proofs of the two kinds of wraps are none of each other's keys.
func TestPlonkWrap(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the keys of the wrap take some seconds")
	}
	s := scenario.Get("contract/weights")
	m, err := circuits.NewModel(s.Program, s.Options)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := reduction.New(m.System, reduction.Options{Vars: 8})
	if err != nil {
		t.Fatal(err)
	}
	cs, err := sumcheck.CompileWrap(plan, vsnark.Plonk)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sumcheck.Setup(t.Context(), plan, cs, sumcheck.SetupOptions{}); !errors.Is(err, snark.ErrNeedsSetup) {
		t.Errorf("setup without secrets: %v, want %v", err, snark.ErrNeedsSetup)
	}
	n := sumcheck.NumPowers(plan, cs)
	if n != cs.NumPowers() || n <= 1<<8+1 {
		t.Fatalf("%d powers, the wrap of %d gates needs %d", n, cs.NumConstraints(), cs.NumPowers())
	}
	srs, err := unsafesetup.Powers(n)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if _, err := srs.WriteTo(&file); err != nil {
		t.Fatal(err)
	}
	pk, err := sumcheck.Setup(t.Context(), plan, cs, sumcheck.SetupOptions{SRS: func(n int) (*kzg.SRS, error) { return snark.ReadSRS(&file, n) }})
	if err != nil {
		t.Fatal(err)
	}
	vk := pk.VerifyingKey()
	if tau := vk.Tau(); vk.Insecure() || !tau.Equal(&srs.Vk.G2[1]) {
		t.Errorf("insecure: %t, want keys over the powers of the file", vk.Insecure())
	}
	j := &sumcheck.Job{Model: m, Plan: plan, Key: pk, Wrap: cs, ID: [32]byte{1, 2, 3}}
	r, err := j.Prove(t.Context(), s.Inputs, [32]byte{9}, false)
	if err != nil {
		t.Fatal(err)
	}
	data, err := r.Proof.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	proof, err := vsumcheck.UnmarshalProof(vk, data)
	if err != nil {
		t.Fatal(err)
	}
	if err := vsumcheck.Verify(vk, j.ID, [32]byte{9}, r.Claim, r.Public[1], proof); err != nil {
		t.Error(err)
	}
	reject := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, verifier.ErrRejected) {
			t.Errorf("%s: %v, want a rejection", what, err)
		}
	}
	reject("another context", vsumcheck.Verify(vk, j.ID, [32]byte{}, r.Claim, r.Public[1], proof))
	changed := *proof
	one := fr.One()
	changed.WrapZ.Add(&changed.WrapZ, &one)
	reject("another Z of the wrap", vsumcheck.Verify(vk, j.ID, [32]byte{9}, r.Claim, r.Public[1], &changed))

	other, inputs := newJob(t, "contract/weights")
	groth16, err := other.Prove(t.Context(), inputs, [32]byte{9}, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = vsumcheck.UnmarshalProof(other.Key.VerifyingKey(), data)
	reject("a PLONK wrap under a key of Groth16", err)
	changed = *proof
	changed.Wrap = groth16.Proof.Wrap
	reject("a Groth16 wrap under a key of PLONK", vsumcheck.Verify(vk, j.ID, [32]byte{9}, r.Claim, r.Public[1], &changed))

	encoded, err := vk.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vsumcheck.UnmarshalVerifyingKey(encoded); err != nil {
		t.Error(err)
	}
	foreign := other.Key.VerifyingKey()
	if _, err := vsumcheck.NewVerifyingKey(vk.Wrap(), foreign.Tau(), vk.Vars(), vk.NumWitness(), vk.Model()); err == nil {
		t.Error("a PLONK wrap over another SRS than the columns makes a key")
	}
}
