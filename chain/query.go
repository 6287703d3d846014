// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/contracts"
)

// Construct runs the constructor of a contract, without a transaction, and returns the code that it makes.
func (c *Chain) Construct(ctx context.Context, a contracts.Artifact, args []byte) ([]byte, error) {
	data := append(a.Bytecode[:len(a.Bytecode):len(a.Bytecode)], args...)
	code, err := c.backend.CallContract(ctx, ethereum.CallMsg{From: c.From(), Data: data}, nil)
	if err != nil {
		return nil, explain(a.ABI, err)
	}
	return code, nil
}

// Logs returns the events that a query asks for.
func (c *Chain) Logs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	logs, err := c.backend.FilterLogs(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	return logs, nil
}

// ErrNoTransaction says that a node knows no transaction of a hash.
var ErrNoTransaction = errors.New("no such transaction")

// Transaction returns a transaction that was mined.
func (c *Chain) Transaction(ctx context.Context, hash common.Hash) (*types.Transaction, error) {
	tx, pending, err := c.backend.TransactionByHash(ctx, hash)
	switch {
	case errors.Is(err, ethereum.NotFound):
		return nil, fmt.Errorf("%w: %s", ErrNoTransaction, hash)
	case err != nil:
		return nil, fmt.Errorf("transaction %s: %w", hash, err)
	case pending:
		return nil, fmt.Errorf("%w: %s is not mined yet", ErrNoTransaction, hash)
	}
	return tx, nil
}

// ErrNoBeaconRoot says that the block after that of a transaction is not there yet, or that the chain has no
// consensus layer that it knows of (EIP-4788).
var ErrNoBeaconRoot = errors.New("the chain does not tell the beacon block of the transaction")

// BeaconRoot returns the root of the beacon block in which a transaction was mined: the next block has it.
func (c *Chain) BeaconRoot(ctx context.Context, tx common.Hash) (common.Hash, error) {
	r, err := c.backend.TransactionReceipt(ctx, tx)
	if err != nil {
		return common.Hash{}, fmt.Errorf("receipt of %s: %w", tx, err)
	}
	next, err := c.backend.HeaderByNumber(ctx, new(big.Int).Add(r.BlockNumber, big.NewInt(1)))
	switch {
	case errors.Is(err, ethereum.NotFound):
		return common.Hash{}, ErrNoBeaconRoot
	case err != nil:
		return common.Hash{}, fmt.Errorf("block after %s: %w", r.BlockNumber, err)
	case next.ParentBeaconRoot == nil:
		return common.Hash{}, ErrNoBeaconRoot
	}
	return *next.ParentBeaconRoot, nil
}
