// SPDX-License-Identifier: Apache-2.0

// Package chain deploys contracts and calls them, on an embedded EVM or on a node behind JSON-RPC.
package chain

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/contracts"
)

// A Backend is what a chain needs of a node. *ethclient.Client has all of it.
type Backend interface {
	bind.ContractBackend
	bind.DeployBackend
	ethereum.ChainIDReader
	ethereum.ChainStateReader
	ethereum.TransactionReader
}

// A Chain sends the calls and transactions of one account to a node.
type Chain struct {
	// Options are how transactions are sent. Set them before the first.
	Options Options

	backend Backend
	key     *ecdsa.PrivateKey
	signer  types.Signer
	id      *big.Int
	commit  func()       // seals a block with the transactions sent; nil if the node does by itself
	close   func() error // nil if there is nothing to close
}

// New returns the chain behind a node, with key as the account that pays.
func New(ctx context.Context, backend Backend, key *ecdsa.PrivateKey) (*Chain, error) {
	id, err := backend.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("chain id: %w", err)
	}
	return &Chain{backend: backend, key: key, signer: types.LatestSignerForChainID(id), id: id}, nil
}

// ID returns the chain id.
func (c *Chain) ID() *big.Int { return new(big.Int).Set(c.id) }

// From returns the address of the account that pays.
func (c *Chain) From() common.Address { return crypto.PubkeyToAddress(c.key.PublicKey) }

// As returns the same chain with another account that pays. It has no journal: those are of one account.
func (c *Chain) As(key *ecdsa.PrivateKey) *Chain {
	other := *c
	other.key, other.close, other.Options.Journal = key, nil, nil
	return &other
}

// BalanceAt returns what an account has, in wei.
func (c *Chain) BalanceAt(ctx context.Context, account common.Address) (*big.Int, error) {
	wei, err := c.backend.BalanceAt(ctx, account, nil)
	if err != nil {
		return nil, fmt.Errorf("balance of %s: %w", account, err)
	}
	return wei, nil
}

// Close stops an embedded EVM. It ends the connection to a node elsewhere, if Dial made it.
func (c *Chain) Close() error {
	if c.close == nil {
		return nil
	}
	return c.close()
}

// A Contract is a deployed contract.
type Contract struct {
	Address common.Address
	ABI     abi.ABI
	GasUsed uint64 // by the deployment; 0 for a contract that was there before
}

// Deploy creates a contract with the arguments of its constructor and waits until it is there.
func (c *Chain) Deploy(ctx context.Context, a contracts.Artifact, args ...any) (Contract, error) {
	packed, err := a.ABI.Pack("", args...)
	if err != nil {
		return Contract{}, fmt.Errorf("deploy %s: %w", a.Name, err)
	}
	receipt, err := c.Send(ctx, Draft{Data: append(a.Bytecode[:len(a.Bytecode):len(a.Bytecode)], packed...), ABI: a.ABI})
	if err != nil {
		return Contract{}, fmt.Errorf("deploy %s: %w", a.Name, err)
	}
	return Contract{Address: receipt.ContractAddress, ABI: a.ABI, GasUsed: receipt.GasUsed}, nil
}

// Call runs a call without a transaction and returns what it returned. The error is a *RevertError if
// the contract refused.
func (c *Chain) Call(ctx context.Context, to Contract, data []byte) ([]byte, error) {
	msg := ethereum.CallMsg{From: c.From(), To: &to.Address, Data: data}
	result, err := c.backend.CallContract(ctx, msg, nil)
	if err != nil {
		return nil, explain(to.ABI, err)
	}
	return result, nil
}

// Transact sends a call as a transaction, waits for its receipt and returns the gas it used, intrinsic
// gas included. The error is a *RevertError if the contract refused; a refusal that the node foresees
// costs nothing.
func (c *Chain) Transact(ctx context.Context, to Contract, data []byte) (gasUsed uint64, err error) {
	receipt, err := c.Send(ctx, Draft{To: &to.Address, Data: data, ABI: to.ABI})
	if err != nil {
		return 0, err
	}
	return receipt.GasUsed, nil
}
