// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/verifier"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A fixture is a layer of 64 weights, which are more than verifiers take as they are, and
// honest proofs of one run.
type fixture struct {
	job            *sumcheck.Job
	context        [32]byte
	wrapped, plain *sumcheck.Result
}

var makeFixture = sync.OnceValues(func() (*fixture, error) {
	p, err := exemplar.Dense()
	if err != nil {
		return nil, err
	}
	m, err := circuits.NewModel(p, relation.Options{TableBits: 4})
	if err != nil {
		return nil, err
	}
	plan, err := reduction.New(m.System, reduction.Options{Vars: 8})
	if err != nil {
		return nil, err
	}
	cs, err := sumcheck.CompileWrap(plan, vsnark.Groth16)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	pk, err := sumcheck.Setup(ctx, plan, cs, sumcheck.SetupOptions{Insecure: true})
	if err != nil {
		return nil, err
	}
	f := &fixture{job: &sumcheck.Job{Model: m, Plan: plan, Key: pk, Wrap: cs, ID: [32]byte{1, 2, 3}}, context: [32]byte{9}}
	inputs := [][]int64{{4, -4, 3, 0, 1, -2, 2, -1}}
	if f.wrapped, err = f.job.Prove(ctx, inputs, f.context, false); err != nil {
		return nil, err
	}
	f.plain, err = f.job.Prove(ctx, inputs, f.context, true)
	return f, err
})

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f, err := makeFixture()
	if err != nil {
		t.Fatal(err)
	}
	if f.job.Plan.Layout.Model == 0 {
		t.Fatal("the model has no columns")
	}
	return f
}

func (f *fixture) key() *vsumcheck.VerifyingKey { return f.job.Key.VerifyingKey() }

// verify checks a wrapped proof of the fixture's statement.
func (f *fixture) verify(proof *vsumcheck.Proof) error {
	return vsumcheck.Verify(f.key(), f.job.ID, f.context, f.wrapped.Claim, f.wrapped.Public[1], proof)
}

// verifyPlain checks a plain proof of the fixture's statement.
func (f *fixture) verifyPlain(proof *vsumcheck.Plain) error {
	return vsumcheck.VerifyPlain(f.key(), f.job.Plan, f.job.ID, f.context, f.plain.Claim, proof)
}

// verifyBytes decodes a proof of either kind and checks it.
func (f *fixture) verifyBytes(data []byte) error {
	if vsumcheck.IsPlain(data) {
		proof, err := vsumcheck.UnmarshalPlain(data)
		if err != nil {
			return err
		}
		return f.verifyPlain(proof)
	}
	proof, err := vsumcheck.UnmarshalProof(f.key(), data)
	if err != nil {
		return err
	}
	return f.verify(proof)
}

type marshaler interface{ MarshalBinary() ([]byte, error) }

func marshal(t testing.TB, m marshaler) []byte {
	t.Helper()
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// proofs returns the encodings of the honest proofs, by kind.
func (f *fixture) proofs(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{"wrapped": marshal(t, f.wrapped.Proof), "plain": marshal(t, f.plain.Plain)}
	for kind, data := range out {
		if err := f.verifyBytes(data); err != nil {
			t.Fatalf("honest %s proof: %v", kind, err)
		}
	}
	return out
}

// rejected reports an error unless err is a rejection.
func rejected(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, verifier.ErrRejected) {
		t.Errorf("%s: %v, want a rejection", what, err)
	}
}
