// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16"
	bn254groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
)

// TestGroth16 takes one scenario through the whole proof system: the honest run
// is proved and verified, its proof says nothing about another statement, and no
// lie can be proved.
func TestGroth16(t *testing.T) {
	t.Parallel()
	s := scenario.Get("statement")
	m := s.Model()
	ccs := compile(t, m, builders["r1cs"])
	pk, vk, err := groth16.Setup(ccs)
	if err != nil {
		t.Fatal(err)
	}
	honest := s.Honest(m).Circuit()
	seen := map[bn254.G1Affine]bool{}
	for range 2 {
		proof, public := prove(t, ccs, pk, honest)
		if err := groth16.Verify(proof, vk, public); err != nil {
			t.Fatalf("honest run: %v", err)
		}
		for _, commitment := range proof.(*bn254groth16.Proof).Commitments {
			seen[commitment] = true
		}
		for name, change := range map[string]func(c *circuits.Circuit){
			"D": func(c *circuits.Circuit) { c.D = 1 },
			"Z": func(c *circuits.Circuit) { c.Z = 1 },
			"E": func(c *circuits.Circuit) { c.E = 1 },
		} {
			other := *honest
			change(&other)
			w, err := frontend.NewWitness(&other, field, frontend.PublicOnly())
			if err != nil {
				t.Fatal(err)
			}
			if groth16.Verify(proof, vk, w) == nil {
				t.Errorf("the proof verifies with another %s", name)
			}
		}
	}
	// A commitment to the same witness that repeats would let anybody test a guess
	// of a private input.
	if len(seen) != 2 {
		t.Errorf("%d commitments in two proofs of one run", len(seen))
	}
	for i, f := range s.Lies() {
		if testing.Short() && i%8 > 0 {
			continue
		}
		w, err := frontend.NewWitness(s.Forge(m, f).Circuit(), field)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := groth16.Prove(ccs, pk, w); err == nil {
			t.Errorf("%s: proved", f.Name)
		}
	}
}

func prove(t *testing.T, ccs constraint.ConstraintSystem, pk groth16.ProvingKey, a *circuits.Circuit) (groth16.Proof, witness.Witness) {
	t.Helper()
	w, err := frontend.NewWitness(a, field)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(ccs, pk, w)
	if err != nil {
		t.Fatal(err)
	}
	public, err := w.Public()
	if err != nil {
		t.Fatal(err)
	}
	return proof, public
}
