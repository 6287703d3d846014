// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// perKind is how many mutants of a kind the matrix holds. Other tests give all of them to two EVMs; the
// third needs a third of a second for a pairing.
const perKind = 2

// TestTamperMatrix gives the same honest, changed and malformed calls to three EVMs, which share no code
// from the interpreter down to the pairing. All must give the same answers, to the byte.
func TestTamperMatrix(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("pairings in JavaScript take half a minute")
	}
	systems := []struct {
		name string
		make func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant)
	}{
		{"groth16", func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
			p, second := evmtest.NewGroth16(t, false), evmtest.NewGroth16(t, false)
			honest := evmtest.NewCall(p.Inference(t, 50, 40, 1))
			return groth16Artifact(t), honest, otherKeys(evmtest.Mutants(honest), honest, statement.Groth16, second.Key)
		}},
		{"groth16 with a commitment", func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
			p, second := evmtest.NewGroth16(t, true), evmtest.NewGroth16(t, true)
			honest := evmtest.NewCall(p.Inference(t, 50, 40, 1))
			return groth16Artifact(t), honest, otherKeys(evmtest.Mutants(honest), honest, statement.Groth16, second.Key)
		}},
		{"plonk", func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
			p, second := newPlonkProver(t, plonkShapes[1]), newPlonkProver(t, plonkShapes[2])
			honest := evmtest.NewCall(p.inference(t, 40, 10, 1))
			return plonkArtifact(t), honest, otherKeys(plonkTampered(t, p, honest), honest, statement.Plonk, second.key)
		}},
		{"plonk with a commitment", func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
			p, second := newPlonkProver(t, plonkShapes[3]), newPlonkProver(t, plonkShapes[4])
			honest := evmtest.NewCall(p.inference(t, 40, 10, 1))
			return plonkArtifact(t), honest, otherKeys(plonkTampered(t, p, honest), honest, statement.Plonk, second.key)
		}},
		{"sumcheck", func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
			return sumcheckTampered(t, ceremonyKeys(), drawnKeys())
		}},
		{"sumcheck with a PLONK wrap", func(t testing.TB) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
			return sumcheckTampered(t, plonkKeys(t), plonkKeys(t))
		}},
	}
	for _, system := range systems {
		t.Run(system.name, func(t *testing.T) {
			a, honest, mutants := system.make(t)
			attempts := evmtest.Attempts(t, a, honest, evmtest.Thin(mutants, perKind))
			if len(attempts) < 70 {
				t.Fatalf("%d attempts, want 70 at least", len(attempts))
			}
			evmtest.Same(t, a, attempts)
		})
	}
}

// otherKeys adds calls under another key: with the name of the model that has it, and without.
func otherKeys(mutants []evmtest.Mutant, c evmtest.Call, system string, key []byte) []evmtest.Mutant {
	c.Key = key
	mutants = append(mutants, evmtest.Mutant{Name: "another key", Call: c, Want: "ModelMismatch"})
	c.Model = statement.ModelID(c.ModelDigest, system, key)
	return append(mutants, evmtest.Mutant{Name: "another model", Call: c})
}

// plonkTampered returns mutants of the statement and, with the errors that PLONK has for them, of the proof.
func plonkTampered(t testing.TB, p *plonkProver, c evmtest.Call) []evmtest.Mutant {
	t.Helper()
	var list []evmtest.Mutant
	for _, m := range evmtest.Mutants(c) {
		if m.Want != "ProofInvalid" || slices.Equal(m.Call.Proof, c.Proof) {
			list = append(list, m)
		}
	}
	for _, m := range plonkMutants(c, evmtest.NewCall(p.inference(t, 40, 10, 1))) {
		list = append(list, evmtest.Mutant{Name: m.name, Call: m.call, Want: m.want})
	}
	return list
}

// sumcheckTampered returns a contract, a call and mutants of it, with the key of another model among them.
func sumcheckTampered(t testing.TB, keys, others wrapKeys) (contracts.Artifact, evmtest.Call, []evmtest.Mutant) {
	t.Helper()
	p, second := newSumcheckProver(t, keys, 4, 2, 1), newSumcheckProver(t, others, 4, 2, 1)
	honest := evmtest.NewCall(p.inference(t, 50, 40, 1))
	other := *p
	other.witness = [][]fr.Element{randomScalars(1<<4 + 1), randomScalars(1<<4 + 1)}
	mutants := keys.sumcheckMutants(honest, evmtest.NewCall(other.inference(t, 50, 40, 1)))
	return keys.artifact(t), honest, otherKeys(mutants, honest, keys.system, second.key)
}
