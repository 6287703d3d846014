// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// methods are the functions of the market that attest.
var methods = []string{"attest", "verifyInference", "verifyAndStoreInference"}

// TestMarketAttests attests one statement with each method, of a model with each kind of key.
func TestMarketAttests(t *testing.T) {
	t.Parallel()
	for _, variant := range variants {
		prover := evmtest.NewGroth16(t, variant.committed)
		t.Run(variant.name, func(t *testing.T) {
			evmtest.All(t, func(t *testing.T, c *chain.Chain) {
				w := newWorld(t, c, prover, nil)
				caller := w.stranger()
				for _, method := range methods {
					checkAttested(t, w, caller, method, w.attestation(caller))
				}
			})
		})
	}
}

// checkAttested attests a statement and compares all that the market says of it with what it should say.
func checkAttested(t testing.TB, w *world, caller *chain.Chain, method string, a evmtest.Attestation) {
	t.Helper()
	ask := func(method string, args ...any) []any {
		t.Helper()
		return evmtest.Method(w.Market, method, args...).Ask(t, w.c)
	}
	equal(t, "isVerified before", ask("isVerified", a.ID())[0], false)
	receipt := w.Call(t, method, a).Do(t, caller)
	equal(t, "isVerified after", ask("isVerified", a.ID())[0], true)
	equal(t, "inferenceIdOf", ask("inferenceIdOf", a.Model, a.InputCommitment, a.Output)[0], a.ID())
	equal(t, "inputCommitmentOf",
		ask("inputCommitmentOf", a.Proof.Input, a.Proof.Commitments, caller.From(), a.Proof.Nonce)[0], a.InputCommitment)
	equal(t, "contextOf", ask("contextOf", a.Model, a.InputCommitment)[0],
		contracts.MarketContext(w.c.ID(), w.Market.Address, a.Model, a.InputCommitment))

	var verified struct{ Output []byte }
	log := receipt.Logs[0]
	if err := w.Market.ABI.UnpackIntoInterface(&verified, "InferenceVerified", log.Data); err != nil {
		t.Fatal(err)
	}
	equal(t, "output of the event", verified.Output, a.Output)
	equal(t, "topics of the event", log.Topics, []common.Hash{
		w.Market.ABI.Events["InferenceVerified"].ID, common.BigToHash(a.Model), a.InputCommitment,
		common.BytesToHash(caller.From().Bytes()),
	})
	if method != "verifyAndStoreInference" {
		equal(t, "number of events", len(receipt.Logs), 1)
		get := evmtest.Method(w.Market, "getInference", a.ID())
		equal(t, "getInference of what is not stored", get.Reason(t, caller), "InferenceNotFound("+hex(a.ID())+")")
		return
	}
	equal(t, "topics of the second event", receipt.Logs[1].Topics,
		[]common.Hash{w.Market.ABI.Events["InferenceStored"].ID, a.ID()})
	equal(t, "getInference", ask("getInference", a.ID()), []any{a.Model, a.InputCommitment, a.Output})
}

func hex(w [32]byte) string { return common.Hash(w).Hex() }

// TestMarketStoresAllSizes stores outputs that end before, at and after the end of a word.
func TestMarketStoresAllSizes(t *testing.T) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, false)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, prover, nil)
		for _, n := range []int{0, 1, 31, 32, 33, 4000} {
			a := w.attestation(c)
			a.Output = bytes.Repeat([]byte{7}, n)
			a = w.Prove(t, c, a, w.model)
			w.Call(t, "verifyAndStoreInference", a).Do(t, c)
			got := evmtest.Method(w.Market, "getInference", a.ID()).Ask(t, c)
			equal(t, "stored inference", got, []any{a.Model, a.InputCommitment, a.Output})
		}
	})
}

// TestMarketViews asks for what does not depend on an attestation.
func TestMarketViews(t *testing.T) {
	t.Parallel()
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		ask := func(method string, args ...any) any {
			return evmtest.Method(w.Market, method, args...).Ask(t, c)[0]
		}
		equal(t, "registry", ask("registry"), w.Registry.Address)
		equal(t, "router", ask("router"), w.Router.Address)
		equal(t, "proofSystemOf", ask("proofSystemOf", w.id), contracts.Selector(statement.Groth16))
		equal(t, "proofSystemOf nothing", evmtest.Method(w.Market, "proofSystemOf", big.NewInt(2)).Reason(t, c), "ModelNotFound(2)")
		for id, want := range map[[4]byte]bool{
			{0x01, 0xff, 0xc9, 0xa7}: true,  // ERC-165
			{0x5d, 0xf6, 0x54, 0x72}: true,  // ERC-7992, the verifier
			{0x80, 0xb1, 0x71, 0xef}: true,  // the verifier without its optional views
			{0x29, 0xc6, 0xba, 0x89}: true,  // the storage extension
			{0xd2, 0x85, 0x19, 0xb1}: false, // the registry
			{0xff, 0xff, 0xff, 0xff}: false,
		} {
			equal(t, "supportsInterface", ask("supportsInterface", id), want)
		}
	})
}

// TestMarketRefuses changes an attestation in one place each.
func TestMarketRefuses(t *testing.T) {
	t.Parallel()
	prover, other := evmtest.NewGroth16(t, false), evmtest.NewGroth16(t, false)
	plusOrder := func(c [32]byte) [32]byte {
		return [32]byte(add32(c[:], fr.Modulus()))
	}
	recommit := func(w *world, a *evmtest.Attestation) {
		a.InputCommitment = contracts.InputCommitment(a.Proof.Input, a.Proof.Commitments, w.c.From(), a.Proof.Nonce)
	}
	tests := []struct {
		name   string
		change func(w *world, a *evmtest.Attestation)
		want   string
	}{
		{"nothing", func(*world, *evmtest.Attestation) {}, ""},
		{"unknown model", func(_ *world, a *evmtest.Attestation) { a.Model = big.NewInt(99) }, "ModelNotFound"},
		{"model 0", func(_ *world, a *evmtest.Attestation) { a.Model = new(big.Int) }, "ModelNotFound"},
		{"model 2⁶⁴ + 1", func(w *world, a *evmtest.Attestation) {
			a.Model = new(big.Int).Add(w.id, new(big.Int).Lsh(big.NewInt(1), 64))
		}, "ModelNotFound"},
		{"another model", func(w *world, a *evmtest.Attestation) { a.Model = w.Register(w, w.c, w.prover.Model(w)) }, "ProofInvalid"},
		{"model with another key", func(w *world, a *evmtest.Attestation) { a.Model = w.Register(w, w.c, other.Model(w)) }, "ModelMismatch"},
		{"another key", func(_ *world, a *evmtest.Attestation) { a.Proof.Key = other.Key }, "ModelMismatch"},
		{"input commitment", func(_ *world, a *evmtest.Attestation) { a.InputCommitment[0] ^= 1 }, "InputCommitmentMismatch"},
		{"input", func(_ *world, a *evmtest.Attestation) { a.Proof.Input[0] ^= 1 }, "InputCommitmentMismatch"},
		{"input, committed to", func(w *world, a *evmtest.Attestation) { a.Proof.Input[0] ^= 1; recommit(w, a) }, "ProofInvalid"},
		{"nonce", func(_ *world, a *evmtest.Attestation) { a.Proof.Nonce = big.NewInt(1) }, "InputCommitmentMismatch"},
		{"nonce, committed to", func(w *world, a *evmtest.Attestation) { a.Proof.Nonce = big.NewInt(1); recommit(w, a) }, "ProofInvalid"},
		{"commitment", func(_ *world, a *evmtest.Attestation) { a.Proof.Commitments[0][31] ^= 1 }, "InputCommitmentMismatch"},
		{"commitment, committed to", func(w *world, a *evmtest.Attestation) { a.Proof.Commitments[0][31] ^= 1; recommit(w, a) }, "ProofInvalid"},
		{"commitment + r", func(_ *world, a *evmtest.Attestation) { a.Proof.Commitments[0] = plusOrder(a.Proof.Commitments[0]) }, "InputCommitmentMismatch"},
		{"commitment + r, proved", func(w *world, a *evmtest.Attestation) {
			a.Proof.Commitments[0] = plusOrder(a.Proof.Commitments[0])
			*a = w.Prove(w, w.c, *a, w.model)
		}, "CommitmentNotInField"},
		{"output", func(_ *world, a *evmtest.Attestation) { a.Output[0] ^= 1 }, "ProofInvalid"},
		{"longer output", func(_ *world, a *evmtest.Attestation) { a.Output = append(a.Output, 0) }, "ProofInvalid"},
		{"Z + r", func(_ *world, a *evmtest.Attestation) { copy(a.Proof.Proof, add32(a.Proof.Proof[:32], fr.Modulus())) }, "ChallengeNotInField"},
		{"longer proof", func(_ *world, a *evmtest.Attestation) { a.Proof.Proof = append(a.Proof.Proof, 0) }, "ProofLengthInvalid"},
		{"shorter proof", func(_ *world, a *evmtest.Attestation) { a.Proof.Proof = a.Proof.Proof[:len(a.Proof.Proof)-1] }, "ProofLengthInvalid"},
		{"no proof", func(_ *world, a *evmtest.Attestation) { a.Proof.Proof = nil }, "ProofLengthInvalid"},
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, prover, nil)
		for _, test := range tests {
			a := w.attestation(c)
			test.change(w, &a)
			for _, method := range methods {
				if got := w.Call(t, method, a).Verdict(t, c); got != test.want {
					t.Errorf("%s: %s: got verdict %q, want %q", test.name, method, got, test.want)
				}
				if test.want == "" {
					a.Proof.Nonce = new(big.Int).Add(a.Proof.Nonce, big.NewInt(1))
					a = w.Prove(t, c, a, w.model)
				}
			}
		}
	})
}

// TestMarketCalldata truncates and extends the bytes of the proof and those of the whole call.
func TestMarketCalldata(t *testing.T) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, false)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, prover, nil)
		a := w.attestation(c)
		m := w.Call(t, "attest", a)
		encoded, calldata := m.Args[3].([]byte), m.Data(t)
		for _, n := range []int{0, 1, 31, 32, 64, 223, len(encoded) - 32} {
			m.Args[3] = encoded[:n]
			if got := m.Verdict(t, c); got == "" {
				t.Errorf("the first %d of %d bytes of the proof are accepted", n, len(encoded))
			}
		}
		for _, n := range []int{5, 36, 100, 132, len(calldata) / 2, len(calldata) - 32} {
			if _, err := c.Call(t.Context(), w.Market, calldata[:n]); err == nil {
				t.Errorf("the first %d of %d bytes of the call are accepted", n, len(calldata))
			}
		}
		// More bytes than are read change nothing: neither names the statement.
		m.Args[3] = append(slices.Clone(encoded), make([]byte, 64)...)
		if got := m.Verdict(t, c); got != "" {
			t.Errorf("longer proof: got verdict %q", got)
		}
		if got := w.attest(c, a); got != "StatementUsed" {
			t.Errorf("the statement again: got verdict %q, want StatementUsed", got)
		}
	})
}
