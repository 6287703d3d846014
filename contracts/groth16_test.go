// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

func groth16Artifact(t testing.TB) contracts.Artifact {
	t.Helper()
	a, err := contracts.ForSystem(statement.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func deploy(t testing.TB, c *chain.Chain, a contracts.Artifact) chain.Contract {
	t.Helper()
	contract, err := c.Deploy(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return contract
}

var variants = []struct {
	name      string
	committed bool
}{{"plain", false}, {"committed", true}}

// TestGroth16AcceptsAllSizes proves statements whose tensors end before, at and after the end of a chunk.
func TestGroth16AcceptsAllSizes(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	sizes := []struct{ input, output, commitments int }{
		{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {27, 28, 1}, {28, 29, 2}, {30, 55, 0}, {56, 57, 3}, {784, 40, 1},
	}
	for _, variant := range variants {
		prover := evmtest.NewGroth16(t, variant.committed)
		var inferences []*export.Inference
		for _, s := range sizes {
			inferences = append(inferences, prover.Inference(t, s.input, s.output, s.commitments))
		}
		t.Run(variant.name, func(t *testing.T) {
			evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
				contract := deploy(t, c, a)
				for i, v := range inferences {
					if got := evmtest.Verdict(t, c, contract, v.Calldata()); got != "" {
						t.Errorf("%+v: honest proof refused with %s", sizes[i], got)
					}
				}
			})
		})
	}
}

// TestGroth16RejectsMutants gives every mutant of an honest call to the contract and to gnark's verifier.
func TestGroth16RejectsMutants(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	for _, variant := range variants {
		prover := evmtest.NewGroth16(t, variant.committed)
		honest := evmtest.NewCall(prover.Inference(t, 50, 40, 1))
		if err := goVerdict(prover, honest); err != nil {
			t.Fatalf("gnark rejects the honest proof: %v", err)
		}
		mutants := evmtest.Mutants(honest)
		if floor := len(honest.Proof) + 30; len(mutants) < floor {
			t.Fatalf("%d mutants, expected at least %d", len(mutants), floor)
		}
		for _, m := range mutants {
			if goVerdict(prover, m.Call) == nil {
				t.Errorf("%s: %s: gnark accepts", variant.name, m.Name)
			}
		}
		t.Run(variant.name, func(t *testing.T) {
			evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
				contract := deploy(t, c, a)
				for _, m := range mutants {
					if got := evmtest.Verdict(t, c, contract, m.Call.Pack(t, a)); got != m.Want {
						t.Errorf("%s: got verdict %q, want %q", m.Name, got, m.Want)
					}
				}
				if got := evmtest.Verdict(t, c, contract, honest.Pack(t, a)); got != "" {
					t.Errorf("honest proof refused with %s", got)
				}
			})
		})
	}
}

// goVerdict is the native verdict on a call: the model's name as statement.ModelID has it, the key that
// gnark holds, then gnark.
func goVerdict(prover *evmtest.Groth16, c evmtest.Call) error {
	if id := statement.ModelID(c.ModelDigest, statement.Groth16, c.Key); id != c.Model {
		return fmt.Errorf("model is %x, call says %x", id, c.Model)
	}
	if string(c.Key) != string(prover.Key) {
		return fmt.Errorf("another key")
	}
	public, err := c.Public()
	if err != nil {
		return err
	}
	return prover.Verify(public, c.Proof[32:])
}

// TestGroth16OtherKey presents proofs under keys that are not theirs, each with the name of the model
// that the key does belong to.
func TestGroth16OtherKey(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	plain, committed := evmtest.NewGroth16(t, false), evmtest.NewGroth16(t, true)
	again := evmtest.NewGroth16(t, true)
	under := func(prover *evmtest.Groth16, key []byte) evmtest.Call {
		v := prover.Inference(t, 5, 5, 1)
		v.Key = key
		v.Proof = prover.Prove(t, v.PublicInputs())
		return evmtest.NewCall(v)
	}
	tests := []struct {
		name string
		call evmtest.Call
		want string
	}{
		{"own key", under(committed, committed.Key), ""},
		{"second setup", under(committed, again.Key), "ProofInvalid"},
		{"committed proof, plain key", under(committed, plain.Key), "ProofLengthInvalid"},
		{"plain proof, committed key", under(plain, committed.Key), "ProofLengthInvalid"},
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, test := range tests {
			if got := evmtest.Verdict(t, c, contract, test.call.Pack(t, a)); got != test.want {
				t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			}
		}
	})
}

// TestGroth16KeyIsChecked corrupts every word of a key in a model that names the corrupt key.
func TestGroth16KeyIsChecked(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	for _, variant := range variants {
		prover := evmtest.NewGroth16(t, variant.committed)
		v := prover.Inference(t, 5, 5, 1)
		t.Run(variant.name, func(t *testing.T) {
			evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
				contract := deploy(t, c, a)
				for at := 0; at < len(prover.Key); at += 32 {
					w := *v
					w.Key = append([]byte(nil), prover.Key...)
					w.Key[at+31] ^= 1
					w.Proof = prover.Prove(t, w.PublicInputs())
					if got := evmtest.Verdict(t, c, contract, w.Calldata()); got != "ProofInvalid" {
						t.Errorf("key word at %d: got verdict %q", at, got)
					}
				}
			})
		})
	}
}

// TestGroth16Malleable documents that (-A, -B, C) is as good a proof as (A, B, C): what must happen once
// has to key on the statement. Every Groth16 verifier is so.
func TestGroth16Malleable(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	for _, variant := range variants {
		prover := evmtest.NewGroth16(t, variant.committed)
		v := prover.Inference(t, 5, 5, 1)
		twin := *v
		twin.Proof = append([]byte(nil), v.Proof...)
		for _, at := range []int{32, 128, 160} { // y of A, y₁ and y₀ of B
			var y fp.Element
			y.SetBytes(twin.Proof[at : at+32])
			b := y.Neg(&y).Bytes()
			copy(twin.Proof[at:], b[:])
		}
		if string(twin.Proof) == string(v.Proof) {
			t.Fatal("the twin is the proof itself")
		}
		if err := prover.Verify(twin.PublicInputs(), twin.Proof); err != nil {
			t.Errorf("%s: gnark rejects the twin: %v", variant.name, err)
		}
		t.Run(variant.name, func(t *testing.T) {
			evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
				if got := evmtest.Verdict(t, c, deploy(t, c, a), twin.Calldata()); got != "" {
					t.Errorf("twin refused with %s", got)
				}
			})
		})
	}
}

// TestGroth16Names compares system and modelId with their native counterparts.
func TestGroth16Names(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		data, err := a.ABI.Pack("system")
		if err != nil {
			t.Fatal(err)
		}
		system, err := c.Call(t.Context(), contract, data)
		if err != nil {
			t.Fatal(err)
		}
		if want := statement.Keccak([]byte(statement.Groth16)); [32]byte(system) != want {
			t.Errorf("got system %x, want %x", system, want)
		}
		for _, key := range [][]byte{nil, {1}, make([]byte, 704)} {
			if data, err = a.PackModelID([32]byte{7}, key); err != nil {
				t.Fatal(err)
			}
			result, err := c.Call(t.Context(), contract, data)
			if err != nil {
				t.Fatal(err)
			}
			id, err := a.UnpackModelID(result)
			if err != nil {
				t.Fatal(err)
			}
			if want := statement.ModelID([32]byte{7}, statement.Groth16, key); id != want {
				t.Errorf("key of %d bytes: got model id %x, want %x", len(key), id, want)
			}
		}
	})
}
