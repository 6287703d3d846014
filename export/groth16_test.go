// SPDX-License-Identifier: Apache-2.0

package export_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/groth16"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// shaped has as many public inputs and commitments as it is told.
type shaped struct {
	Public []frontend.Variable `gnark:",public"`
	X      frontend.Variable

	commitments  int
	commitPublic bool
}

func (c *shaped) Define(api frontend.API) error {
	sum := c.X
	for _, p := range c.Public {
		sum = api.Mul(sum, p)
	}
	for i := range c.commitments {
		wires := []frontend.Variable{api.Mul(c.X, i+2)}
		if c.commitPublic {
			wires = append(wires, c.Public[0])
		}
		challenge, err := api.(frontend.Committer).Commit(wires...)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(challenge, sum)
	}
	api.AssertIsDifferent(sum, 0)
	return nil
}

func compile(t testing.TB, curve ecc.ID, c *shaped) constraint.ConstraintSystem {
	t.Helper()
	logger.Disable()
	ccs, err := frontend.Compile(curve.ScalarField(), r1cs.NewBuilder, c)
	if err != nil {
		t.Fatal(err)
	}
	return ccs
}

func TestGroth16KeyShapes(t *testing.T) {
	t.Parallel()
	public := func(n int) []frontend.Variable { return make([]frontend.Variable, n) }
	tests := []struct {
		name    string
		curve   ecc.ID
		circuit *shaped
		bytes   int // 0 if refused
	}{
		{"plain", ecc.BN254, &shaped{Public: public(3)}, 704},
		{"committed", ecc.BN254, &shaped{Public: public(3), commitments: 1}, 1024},
		{"2 public inputs", ecc.BN254, &shaped{Public: public(2)}, 0},
		{"4 public inputs", ecc.BN254, &shaped{Public: public(4)}, 0},
		{"2 public inputs, committed", ecc.BN254, &shaped{Public: public(2), commitments: 1}, 0},
		{"2 commitments", ecc.BN254, &shaped{Public: public(3), commitments: 2}, 0},
		{"committed public input", ecc.BN254, &shaped{Public: public(3), commitments: 1, commitPublic: true}, 0},
		{"another curve", ecc.BLS12_381, &shaped{Public: public(3)}, 0},
	}
	for _, test := range tests {
		_, vk, err := groth16.Setup(compile(t, test.curve, test.circuit))
		if err != nil {
			t.Fatal(err)
		}
		key, err := export.Groth16Key(vk)
		if test.bytes == 0 {
			if !errors.Is(err, export.ErrUnsupported) {
				t.Errorf("%s: got error %v, want ErrUnsupported", test.name, err)
			}
			if _, _, err := export.Key(vk); !errors.Is(err, export.ErrUnsupported) {
				t.Errorf("%s: Key: got error %v, want ErrUnsupported", test.name, err)
			}
			if err := export.Solidity(new(bytes.Buffer), vk, [32]byte{}, "test"); !errors.Is(err, export.ErrUnsupported) {
				t.Errorf("%s: Solidity: got error %v, want ErrUnsupported", test.name, err)
			}
			continue
		}
		if err != nil || len(key) != test.bytes {
			t.Errorf("%s: got %d bytes and error %v, want %d bytes", test.name, len(key), err, test.bytes)
		}
	}
}

// TestGroth16KeyMissingPedersenKey takes the commitment key away from a key that names a commitment.
func TestGroth16KeyMissingPedersenKey(t *testing.T) {
	t.Parallel()
	vk := *evmtest.NewGroth16(t, true).VK.(*groth16_bn254.VerifyingKey)
	vk.CommitmentKeys = nil
	if _, err := export.Groth16Key(&vk); !errors.Is(err, export.ErrUnsupported) {
		t.Errorf("got error %v, want ErrUnsupported", err)
	}
}

// TestGroth16ProofIsGnarks compares the calldata form with gnark's own encoding for its contract.
func TestGroth16ProofIsGnarks(t *testing.T) {
	t.Parallel()
	for _, commitments := range []int{0, 1, 2} {
		ccs := compile(t, ecc.BN254, &shaped{Public: make([]frontend.Variable, 3), commitments: commitments})
		pk, _, err := groth16.Setup(ccs)
		if err != nil {
			t.Fatal(err)
		}
		witness, err := frontend.NewWitness(&shaped{Public: []frontend.Variable{2, 3, 5}, X: 7}, ecc.BN254.ScalarField())
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(ccs, pk, witness, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
		if err != nil {
			t.Fatal(err)
		}
		got, err := export.Groth16Proof(proof)
		if commitments == 2 {
			if !errors.Is(err, export.ErrUnsupported) {
				t.Errorf("2 commitments: got error %v, want ErrUnsupported", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		p := proof.(*groth16_bn254.Proof)
		if want := p.MarshalSolidity(); !bytes.Equal(got, want) {
			t.Errorf("%d commitments: got %x, want %x", commitments, got, want)
		}
		for name, point := range map[string]any{"A": &p.Ar, "B": &p.Bs, "C": &p.Krs} {
			refuseInfinity(t, name, p, point)
		}
		if commitments == 1 {
			refuseInfinity(t, "commitment", p, &p.Commitments[0])
			refuseInfinity(t, "proof of knowledge", p, &p.CommitmentPok)
		}
	}
	if _, err := export.Groth16Proof(nil); !errors.Is(err, export.ErrUnsupported) {
		t.Errorf("no proof: got error %v, want ErrUnsupported", err)
	}
}

// refuseInfinity puts the point at infinity into a proof for a moment.
func refuseInfinity(t testing.TB, name string, proof *groth16_bn254.Proof, point any) {
	t.Helper()
	switch p := point.(type) {
	case *curve.G1Affine:
		defer func(old curve.G1Affine) { *p = old }(*p)
		p.SetInfinity()
	case *curve.G2Affine:
		defer func(old curve.G2Affine) { *p = old }(*p)
		p.SetInfinity()
	}
	if _, err := export.Groth16Proof(proof); !errors.Is(err, export.ErrUnsupported) {
		t.Errorf("%s at infinity: got error %v, want ErrUnsupported", name, err)
	}
}

// TestPublicInputs computes D, Z and E of an inference by two ways.
func TestPublicInputs(t *testing.T) {
	t.Parallel()
	v := evmtest.NewGroth16(t, false).Inference(t, 40, 10, 2)
	want, err := evmtest.NewCall(v).Public()
	if err != nil {
		t.Fatal(err)
	}
	if got := v.PublicInputs(); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	var zero fr.Element
	for i, x := range want {
		if x == zero {
			t.Errorf("public input %d is zero", i)
		}
	}
}
