// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

// A Model is a made-up model whose prover proves whatever public inputs D, Z and E it is given.
type Model struct {
	System string
	Digest [32]byte
	Key    []byte // calldata form
	Prove  func(t testing.TB, public [3]fr.Element) []byte
}

// Model returns a model of a random digest with the key of the prover.
func (g *Groth16) Model(t testing.TB) Model {
	t.Helper()
	return Model{System: statement.Groth16, Digest: [32]byte(randomBytes(t, 32)), Key: g.Key, Prove: g.Prove}
}

// Commitment returns what a registry is given of the model.
func (m Model) Commitment(uri string) contracts.ModelCommitment {
	return contracts.NewModelCommitment(m.Digest, m.System, m.Key, uri)
}

// Name returns the model's name for its verifier.
func (m Model) Name() [32]byte { return statement.ModelID(m.Digest, m.System, m.Key) }

// Statement returns the calldata form of a proof of a statement, Z first. A commitment that is not below the
// field order is taken as its residue, for an honest prover has no such thing.
func (m Model) Statement(t testing.TB, context [32]byte, input, output []byte, commitments [][32]byte) []byte {
	t.Helper()
	v := export.Inference{
		ModelDigest: m.Digest, Context: context, System: m.System, Key: m.Key,
		Input: input, Output: output, Commitments: make([]fr.Element, len(commitments)), Z: randomElement(t),
	}
	for i, c := range commitments {
		v.Commitments[i].SetBytes(c[:])
	}
	z := v.Z.Bytes()
	return slices.Concat(z[:], m.Prove(t, v.PublicInputs()))
}
