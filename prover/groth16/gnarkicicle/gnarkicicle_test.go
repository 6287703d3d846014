// SPDX-License-Identifier: Apache-2.0

package gnarkicicle_test

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/zkml-go/zkml/internal/need"
	"github.com/zkml-go/zkml/prover/groth16/gnarkicicle"
)

// cube proves that Y = X³, with a commitment to X.
type cube struct {
	X frontend.Variable
	Y frontend.Variable `gnark:",public"`
}

func (c *cube) Define(api frontend.API) error {
	v, err := api.(frontend.Committer).Commit(c.X)
	if err != nil {
		return err
	}
	api.AssertIsDifferent(v, c.X)
	api.AssertIsEqual(c.Y, api.Mul(c.X, c.X, c.X))
	return nil
}

// TestProve has gnark verify a proof of its accelerated prover, on what device there is.
func TestProve(t *testing.T) {
	t.Parallel()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &cube{})
	if err != nil {
		t.Fatal(err)
	}
	system, pk, vk := compiled.(*cs.R1CS), new(groth16.ProvingKey), new(groth16.VerifyingKey)
	if err := groth16.Setup(system, pk, vk); err != nil {
		t.Fatal(err)
	}
	full, err := frontend.NewWitness(&cube{X: 3, Y: 27}, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []gnarkicicle.Kind{gnarkicicle.CUDA, gnarkicicle.CPU} {
		p, err := gnarkicicle.New(pk, kind, 0)
		if errors.Is(err, gnarkicicle.ErrNotBuilt) {
			t.Skip(err)
		}
		if errors.Is(err, gnarkicicle.ErrNoDevice) {
			t.Logf("%s: %v", kind, err)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		proof, err := p.Prove(system, full)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		err = groth16.Verify(proof, vk, public.Vector().(fr.Vector), solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// TestTag checks what the tag builds, with the headers of the module: linking takes the
// libraries.
func TestTag(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles C")
	}
	t.Parallel()
	vet := exec.Command("go", "vet", "-tags", "icicle", ".")
	vet.Env = append(os.Environ(), "CGO_ENABLED=1", "CC="+need.Tool(t, "gcc"))
	if out, err := vet.CombinedOutput(); err != nil {
		t.Errorf("go vet -tags icicle: %v\n%s", err, out)
	}
}
