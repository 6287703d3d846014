// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// otherChain attests a statement on one chain and sends the same call to another, which differs from the
// first in its id alone: accounts, contracts, their addresses and the model are the same. It returns the
// verdict of the second chain.
func otherChain(t testing.TB, start func(evmtest.Setting) *chain.Chain, patched map[string]contracts.Artifact) string {
	t.Helper()
	setting := evmtest.RandomSetting(t)
	first := start(setting)
	setting.ChainID++
	second := start(setting)

	prover := evmtest.NewGroth16(t, false)
	w, v := newWorld(t, first, prover, patched), newWorld(t, second, prover, patched)
	if w.Market.Address != v.Market.Address || first.ID().Cmp(second.ID()) == 0 {
		t.Fatal("the chains differ in more or in less than their ids")
	}
	id := w.Register(t, first, w.model)
	if same := v.Register(t, second, w.model); same.Cmp(id) != 0 {
		t.Fatalf("model is %d on one chain and %d on the other", id, same)
	}
	a := w.attestation(first)
	a.Model = id
	a = w.Prove(t, first, a, w.model)
	if patched != nil {
		a = w.proveAsked(a)
	}
	if got := w.attest(first, a); got != "" {
		t.Fatalf("got verdict %q on the chain that the proof is for", got)
	}
	return v.attest(second, a)
}

func TestMarketOtherChain(t *testing.T) {
	t.Parallel()
	evmtest.EachStart(t, func(t *testing.T, start func(evmtest.Setting) *chain.Chain) {
		if got := otherChain(t, start, nil); got != "ProofInvalid" {
			t.Errorf("got verdict %q, want ProofInvalid", got)
		}
	})
}

func TestMarketOtherChainPlanted(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles a contract")
	}
	f := platformFault{
		name: "another chain", contract: "InferenceMarket",
		patch: []string{contextFields, "CONTEXT_TAG, uint256(0), address(this), modelId, inputCommitment"},
	}
	sources := map[string]string{}
	plant(t, sources, "Planted", f)
	patched := map[string]contracts.Artifact{f.contract: evmtest.CompileQuick(t, sources)["Planted"]}
	evmtest.EachStart(t, func(t *testing.T, start func(evmtest.Setting) *chain.Chain) {
		if got := otherChain(t, start, patched); got != "" {
			t.Errorf("got verdict %q of the faulty contract, want it to accept", got)
		}
	})
}
