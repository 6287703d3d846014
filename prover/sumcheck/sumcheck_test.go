// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/verifier"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// newJob sets a scenario up.
func newJob(t *testing.T, name string) (*sumcheck.Job, [][]int64) {
	t.Helper()
	s := scenario.Get(name)
	j, err := jobOf(t.Context(), s.Program, s.Options, vsnark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	return j, s.Inputs
}

// jobOf sets a program up, with columns of 2^8 elements.
func jobOf(ctx context.Context, p *ir.Program, options relation.Options, wrap vsnark.System) (*sumcheck.Job, error) {
	m, err := circuits.NewModel(p, options)
	if err != nil {
		return nil, err
	}
	plan, err := reduction.New(m.System, reduction.Options{Vars: 8})
	if err != nil {
		return nil, err
	}
	cs, err := sumcheck.CompileWrap(plan, wrap)
	if err != nil {
		return nil, err
	}
	pk, err := sumcheck.Setup(ctx, plan, cs, sumcheck.SetupOptions{Insecure: true})
	if err != nil {
		return nil, err
	}
	return &sumcheck.Job{Model: m, Plan: plan, Key: pk, Wrap: cs, ID: [32]byte{1, 2, 3}}, nil
}

// Keys of a wrap that a ceremony made are not marked: they are refused with powers of tau
// that this process draws.
func TestSetupRefusesDrawnPowersWithCeremony(t *testing.T) {
	t.Parallel()
	j, _ := newJob(t, "statement")
	options := sumcheck.SetupOptions{Wrap: j.Key.Wrap(), Insecure: true}
	if _, err := sumcheck.Setup(t.Context(), j.Plan, j.Wrap, options); !errors.Is(err, snark.ErrNeedsSetup) {
		t.Errorf("got %v, want ErrNeedsSetup", err)
	}
	options.SRS = func(n int) (*kzg.SRS, error) { return unsafesetup.Powers(n) }
	pk, err := sumcheck.Setup(t.Context(), j.Plan, j.Wrap, options)
	if err != nil {
		t.Fatal(err)
	}
	if pk.Wrap() != j.Key.Wrap() {
		t.Error("the keys of the wrap are others")
	}
	other, _ := newJob(t, "lookup")
	if _, err := sumcheck.Setup(t.Context(), j.Plan, j.Wrap, sumcheck.SetupOptions{SRS: options.SRS, Wrap: other.Key.Wrap()}); err == nil {
		t.Error("the keys of another wrap are accepted")
	}
}

// TestProve proves a run in both forms. Another statement, context or model is not
// proved by it, and proofs survive their encodings.
func TestProve(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"dense", "statement"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var j *sumcheck.Job
			var inputs [][]int64
			if name == "dense" {
				keyed(t)
				j, _ = denseJob()
				inputs = [][]int64{{4, -4, 3, 0, 1, -2, 2, -1}}
			} else {
				j, inputs = newJob(t, name)
			}
			vk := j.Key.VerifyingKey()
			at := [32]byte{9}
			r, err := j.Prove(t.Context(), inputs, at, false)
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
			check := func(model, context [32]byte) error {
				return vsumcheck.Verify(vk, model, context, r.Claim, r.Public[1], proof)
			}
			if err := check(j.ID, at); err != nil {
				t.Error(err)
			}
			for what, err := range map[string]error{
				"model":   check([32]byte{7}, at),
				"context": check(j.ID, [32]byte{}),
			} {
				if !errors.Is(err, verifier.ErrRejected) {
					t.Errorf("another %s: %v, want a rejection", what, err)
				}
			}
			other := *r.Claim
			other.Output = append([]byte{}, other.Output...)
			if len(other.Output) == 0 {
				t.Fatal("no public output to change")
			}
			other.Output[0]++
			if err := vsumcheck.Verify(vk, j.ID, at, &other, r.Public[1], proof); !errors.Is(err, verifier.ErrRejected) {
				t.Errorf("another output: %v, want a rejection", err)
			}
			plain, err := j.Prove(t.Context(), inputs, at, true)
			if len(r.Claim.Commitments) > 0 {
				if err == nil {
					t.Error("a plain proof of a statement with commitments")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if data, err = plain.Plain.MarshalBinary(); err != nil {
				t.Fatal(err)
			}
			again, err := vsumcheck.UnmarshalPlain(data)
			if err != nil {
				t.Fatal(err)
			}
			if err := vsumcheck.VerifyPlain(vk, j.Plan, j.ID, at, plain.Claim, again); err != nil {
				t.Error(err)
			}
			if err := vsumcheck.VerifyPlain(vk, j.Plan, j.ID, [32]byte{}, plain.Claim, again); !errors.Is(err, verifier.ErrRejected) {
				t.Errorf("plain proof in another context: %v, want a rejection", err)
			}
		})
	}
}

// TestManyProofs makes several proofs of one job at the same time, of different runs: what
// they share is of none of them.
func TestManyProofs(t *testing.T) {
	t.Parallel()
	keyed(t)
	once, _ := denseJob()
	j := &sumcheck.Job{Model: once.Model, Plan: once.Plan, Key: once.Key, Wrap: once.Wrap, ID: once.ID} // nobody proved with this one
	vk := j.Key.VerifyingKey()
	var proving sync.WaitGroup
	for k := range 4 {
		proving.Go(func() {
			r, err := j.Prove(t.Context(), [][]int64{{4, -4, 3, int64(k), 1, -2, 2, -1}}, [32]byte{byte(k)}, k%2 == 1)
			if err != nil {
				t.Error(err)
				return
			}
			if r.Plain != nil {
				err = vsumcheck.VerifyPlain(vk, j.Plan, j.ID, r.Context, r.Claim, r.Plain)
			} else {
				err = vsumcheck.Verify(vk, j.ID, r.Context, r.Claim, r.Public[1], r.Proof)
			}
			if err != nil {
				t.Errorf("proof %d: %v", k, err)
			}
		})
	}
	proving.Wait()
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	j, inputs := newJob(t, "lookup")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Prove(ctx, inputs, [32]byte{}, true); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
