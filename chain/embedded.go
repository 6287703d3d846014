// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
)

// NewEmbedded starts an EVM in this process: go-ethereum with the rules of the Osaka fork, an empty
// chain and one rich account. A block is sealed for each transaction. Close stops it.
func NewEmbedded(ctx context.Context) (*Chain, error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("embedded EVM: %w", err)
	}
	return NewEmbeddedOf(ctx, key, osaka().ChainID)
}

// NewEmbeddedOf is NewEmbedded with the key of the rich account and the id of the chain. Two such chains give
// the same contracts the same addresses.
func NewEmbeddedOf(ctx context.Context, key *ecdsa.PrivateKey, id *big.Int) (*Chain, error) {
	config := osaka()
	config.ChainID = id
	rich := new(big.Int).Lsh(big.NewInt(1), 100)
	backend := simulated.NewBackend(
		types.GenesisAlloc{crypto.PubkeyToAddress(key.PublicKey): {Balance: rich}},
		func(_ *node.Config, eth *ethconfig.Config) { eth.Genesis.Config = config },
	)
	client := backend.Client()
	c, err := New(ctx, patient{client.(Backend), client.(blobPricer)}, key)
	if err != nil {
		return nil, fmt.Errorf("embedded EVM: %w", err)
	}
	c.commit = func() { backend.Commit() }
	c.close = backend.Close
	return c, nil
}

// osaka returns the rules of the embedded chains. The library's development chain follows its newest fork,
// so that gas would change with a release.
func osaka() *params.ChainConfig {
	config := *params.AllDevChainProtocolChanges
	config.BogotaTime, config.AmsterdamTime = nil, nil
	return &config
}
