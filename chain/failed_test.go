// SPDX-License-Identifier: Apache-2.0

package chain_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// careless is a node that seals every transaction and whose estimate foresees nothing.
type careless struct {
	simulated.Client
	node     *simulated.Backend
	estimate uint64 // 0 for an honest estimate
}

func (c *careless) EstimateGas(ctx context.Context, msg ethereum.CallMsg) (uint64, error) {
	if c.estimate > 0 {
		return c.estimate, nil
	}
	return c.Client.EstimateGas(ctx, msg)
}

func (c *careless) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	err := c.Client.SendTransaction(ctx, tx)
	c.node.Commit()
	return err
}

// TestTransactionFails sends transactions that fail in their block, over the interface that a node
// elsewhere has.
func TestTransactionFails(t *testing.T) {
	t.Parallel()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	node := simulated.NewBackend(types.GenesisAlloc{
		crypto.PubkeyToAddress(key.PublicKey): {Balance: new(big.Int).Lsh(big.NewInt(1), 100)},
	})
	t.Cleanup(func() { node.Close() })
	backend := &careless{Client: node.Client(), node: node}
	c, err := chain.New(t.Context(), backend, key)
	if err != nil {
		t.Fatal(err)
	}
	a := verifier(t)
	contract, err := c.Deploy(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	data, err := a.PackVerifyInference([32]byte{}, [32]byte{}, [32]byte{}, nil, nil, nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}

	backend.estimate = 1_000_000
	_, err = c.Transact(t.Context(), contract, data)
	var revert *chain.RevertError
	if !errors.As(err, &revert) || revert.Name != "ModelMismatch" {
		t.Errorf("got error %v, want ModelMismatch", err)
	}

	backend.estimate = 0
	loop := contracts.Artifact{
		Name: "loop",
		// Creation code that returns the code JUMPDEST PUSH0 JUMP.
		Bytecode: common.FromHex("625b5f565f526003601df3"),
	}
	if contract, err = c.Deploy(t.Context(), loop); err != nil {
		t.Fatal(err)
	}
	backend.estimate = 30_000
	_, err = c.Transact(t.Context(), contract, nil)
	if err == nil || errors.As(err, &revert) || !strings.Contains(err.Error(), "out of gas") {
		t.Errorf("got error %v, want one that says out of gas", err)
	}
}
