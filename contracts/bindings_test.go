// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/contracts/bindings/inferencemarket"
	"github.com/zkml-go/zkml/contracts/bindings/modelregistry"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// TestBindingsAttest registers a model and has an inference attested through the bindings of registry and market:
// calls are packed, and results, events and an error unpacked, by generated code alone. It is the test in which
// the third EVM runs them, too.
func TestBindingsAttest(t *testing.T) {
	t.Parallel()
	model := evmtest.NewGroth16(t, true).Model(t)
	evmtest.All(t, func(t *testing.T, c *chain.Chain) { bindingsAttest(t, c, model) })
}

func bindingsAttest(t *testing.T, c *chain.Chain, model evmtest.Model) {
	p := evmtest.NewPlatform(t, c, statement.Groth16, nil)

	registry := modelregistry.NewModelRegistry()
	want := model.Commitment("ipfs://model")
	send(t, c, p.Registry, registry.PackRegisterModel(modelregistry.IERCZKMLRegistryModelCommitment{
		ModelHash: want.ModelHash, CircuitHash: want.CircuitHash, VkHash: want.KeyHash,
		ProofSystemId: want.ProofSystem, Uri: want.URI,
	}))
	result, err := c.Call(t.Context(), p.Registry, registry.PackModelCount())
	if err != nil {
		t.Fatal(err)
	}
	if id, err := registry.UnpackModelCount(result); err != nil || id != 1 {
		t.Fatalf("got model id %d and error %v, want 1", id, err)
	}

	market := inferencemarket.NewInferenceMarket()
	one := p.Attest(t, c, big.NewInt(1), model)
	proof, err := one.Proof.Encode()
	if err != nil {
		t.Fatal(err)
	}
	data := market.PackAttest(one.Model, one.InputCommitment, one.Output, proof)
	logs := send(t, c, p.Market, data)
	if len(logs) != 1 {
		t.Fatalf("got %d events, want 1", len(logs))
	}
	event, err := market.UnpackInferenceVerifiedEvent(logs[0])
	if err != nil {
		t.Fatal(err)
	}
	if event.ModelId.Cmp(one.Model) != 0 || event.InputCommitment != one.InputCommitment ||
		string(event.Output) != string(one.Output) || event.Caller != c.From() {
		t.Errorf("got event %+v of attestation %+v", event, one)
	}

	result, err = c.Call(t.Context(), p.Market, market.PackIsVerified(one.ID()))
	if err != nil {
		t.Fatal(err)
	}
	if verified, err := market.UnpackIsVerified(result); err != nil || !verified {
		t.Errorf("got verified %v and error %v, want true", verified, err)
	}

	_, err = c.Call(t.Context(), p.Market, data)
	var revert *chain.RevertError
	if !errors.As(err, &revert) {
		t.Fatalf("second attestation: got error %v", err)
	}
	reason, err := market.UnpackError(revert.Data)
	if err != nil {
		t.Fatal(err)
	}
	used, ok := reason.(*inferencemarket.InferenceMarketStatementUsed)
	if !ok || used.InferenceId != one.ID() {
		t.Errorf("got error %#v, want StatementUsed(%x)", reason, one.ID())
	}
}

// send sends a call as a transaction and returns its events.
func send(t testing.TB, c *chain.Chain, to chain.Contract, data []byte) []*types.Log {
	t.Helper()
	receipt, err := c.Send(t.Context(), chain.Draft{To: &to.Address, Data: data, ABI: to.ABI})
	if err != nil {
		t.Fatal(err)
	}
	return receipt.Logs
}

// TestBindingsConstructor compares the arguments of a deployment with those that package chain packs.
func TestBindingsConstructor(t *testing.T) {
	t.Parallel()
	a, err := contracts.Load("InferenceMarket")
	if err != nil {
		t.Fatal(err)
	}
	registry, router := common.Address{1}, common.Address{2}
	want, err := a.ABI.Pack("", registry, router)
	if err != nil {
		t.Fatal(err)
	}
	if got := inferencemarket.NewInferenceMarket().PackConstructor(registry, router); string(got) != string(want) {
		t.Errorf("got arguments %x, want %x", got, want)
	}
}
