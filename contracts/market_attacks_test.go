// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

const (
	commitmentCheck = "if (inputCommitment != inputCommitmentOf(p.input, p.commitments, msg.sender, p.nonce)) {"
	contextFields   = "CONTEXT_TAG, block.chainid, address(this), modelId, inputCommitment"
	zeroVerifier    = "if (address(verifier) == address(0)) revert UnsupportedProofSystem(terms.proofSystemId);"
)

// marketFaults are attacks on what an attestation says and for whom. Those on fees are feeFaults.
var marketFaults = []platformFault{
	{
		name: "a statement again", contract: "InferenceMarket", want: "StatementUsed",
		patch: []string{"if (_records[inferenceId] != address(0)) revert StatementUsed(inferenceId);", ""},
		attack: func(w *world) string {
			a := w.attestation(w.c)
			w.Call(w, "verifyAndStoreInference", a).Do(w, w.c)
			return w.attest(w.c, a)
		},
	},
	{
		name: "a statement again, by its proof's twin", contract: "InferenceMarket", want: "StatementUsed",
		patch: []string{"inferenceId = inferenceIdOf(modelId, inputCommitment, output);", "inferenceId = keccak256(proof);"},
		attack: func(w *world) string {
			a := w.attestation(w.c)
			w.Call(w, "attest", a).Do(w, w.c)
			a.Proof.Proof = twin(a.Proof.Proof)
			return w.attest(w.c, a)
		},
	},
	{
		name: "another caller", contract: "InferenceMarket", want: "InputCommitmentMismatch",
		patch:  []string{commitmentCheck, "if (false) {"},
		attack: func(w *world) string { return w.attest(w.stranger(), w.attestation(w.c)) },
	},
	{
		name: "another input", contract: "InferenceMarket", want: "InputCommitmentMismatch",
		patch: []string{commitmentCheck, "if (false) {"},
		attack: func(w *world) string {
			// A true statement of one input under the commitment to another.
			a := w.attestation(w.c)
			context := contracts.MarketContext(w.c.ID(), w.Market.Address, a.Model, a.InputCommitment)
			a.Proof.Input = []byte{1, 2, 3}
			a.Proof.Proof = w.model.Statement(w, context, a.Proof.Input, a.Output, a.Proof.Commitments)
			return w.attest(w.c, a)
		},
	},
	{
		name: "another market", contract: "InferenceMarket", want: "ProofInvalid",
		patch: []string{contextFields, "CONTEXT_TAG, block.chainid, address(0), modelId, inputCommitment"},
		attack: func(w *world) string {
			second := *w
			second.Market = w.deploy("InferenceMarket", w.Registry.Address, w.Router.Address)
			return second.attest(w.c, w.proveAsked(w.attestation(w.c)))
		},
	},
	{
		name: "a copy of the model", contract: "InferenceMarket", want: "ProofInvalid",
		patch: []string{contextFields, "CONTEXT_TAG, block.chainid, address(this), modelId - modelId, inputCommitment"},
		attack: func(w *world) string {
			a := w.proveAsked(w.attestation(w.c))
			a.Model = w.Register(w, w.stranger(), w.model)
			return w.attest(w.c, a)
		},
	},
	{
		name: "deprecated model", contract: "InferenceMarket", want: "VerificationRefused_ModelDeprecated",
		patch: []string{"if (terms.deprecated) revert VerificationRefused_ModelDeprecated(modelId);", ""},
		attack: func(w *world) string {
			w.do(w.c, w.Registry, "deprecateModel", w.id)
			return w.attest(w.c, w.attestation(w.c))
		},
	},
	{
		name: "removed verifier", contract: "InferenceMarket", want: "UnsupportedProofSystem",
		// A low-level call of an address without code does nothing and succeeds, and so would every proof.
		patch: []string{
			zeroVerifier, "",
			"verifier.verifyInference(\n", "if (address(verifier).code.length > 0) verifier.verifyInference(\n",
		},
		attack: func(w *world) string {
			a := w.attestation(w.c)
			a.Output[0] ^= 1
			w.do(w.c, w.Router, "removeVerifier", contracts.Selector(statement.Groth16))
			return w.attest(w.c, a)
		},
	},
	{
		name: "false proof", contract: "InferenceMarket", want: "ProofInvalid",
		// The verdict of the verifier is its revert.
		patch: []string{
			"verifier.verifyInference(\n", "try verifier.verifyInference(\n", "p.proof\n        );", "p.proof\n        ) {} catch {}",
		},
		attack: func(w *world) string {
			a := w.attestation(w.c)
			a.Output[0] ^= 1
			return w.attest(w.c, a)
		},
	},
}

func TestMarketAttacks(t *testing.T)        { testAttacks(t, marketFaults) }
func TestMarketAttacksPlanted(t *testing.T) { testPlanted(t, marketFaults, evmtest.CompileQuick) }

// proveAsked proves an attestation for the context that the market says it wants.
func (w *world) proveAsked(a evmtest.Attestation) evmtest.Attestation {
	w.Helper()
	context := evmtest.Method(w.Market, "contextOf", a.Model, a.InputCommitment).Ask(w, w.c)[0].([32]byte)
	a.Proof.Proof = w.model.Statement(w, context, a.Proof.Input, a.Output, a.Proof.Commitments)
	return a
}

// twin returns the Groth16 proof (-A, -B, C), as true as (A, B, C).
func twin(proof []byte) []byte {
	other := append([]byte(nil), proof...)
	for _, at := range []int{32 + 32, 32 + 128, 32 + 160} { // y of A, y₁ and y₀ of B, after Z
		var y fp.Element
		y.SetBytes(other[at : at+32])
		b := y.Neg(&y).Bytes()
		copy(other[at:], b[:])
	}
	return other
}

// TestMarketAgain attests one inference twice, under two nonces.
func TestMarketAgain(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
	a := w.attestation(c)
	for nonce := range 2 {
		a.Proof.Nonce = big.NewInt(int64(nonce))
		if got := w.attest(c, w.Prove(t, c, a, w.model)); got != "" {
			t.Errorf("nonce %d: got verdict %q", nonce, got)
		}
	}
}

// TestMarketTwinsAreTrue attests a statement by the twin of its proof, so that the attack above is one.
func TestMarketTwinsAreTrue(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
	a := w.attestation(c)
	a.Proof.Proof = twin(a.Proof.Proof)
	if got := w.attest(c, a); got != "" {
		t.Errorf("got verdict %q of the twin", got)
	}
}
