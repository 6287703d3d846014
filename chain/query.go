// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"

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
