// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// A Draft is what a transaction is to do.
type Draft struct {
	To    *common.Address // nil creates a contract
	Data  []byte
	Value *big.Int // in wei; nil is 0
	ABI   abi.ABI  // of the contract, to explain why it refuses
}

// Send sends a transaction and waits for its receipt. The error is a *RevertError if the contract refused; a
// refusal that the node foresees costs nothing.
func (c *Chain) Send(ctx context.Context, d Draft) (*types.Receipt, error) {
	from := c.From()
	gas, err := c.backend.EstimateGas(ctx, ethereum.CallMsg{From: from, To: d.To, Data: d.Data, Value: d.Value})
	if err != nil {
		return nil, explain(d.ABI, err)
	}
	nonce, err := c.backend.PendingNonceAt(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("nonce: %w", err)
	}
	tip, err := c.backend.SuggestGasTipCap(ctx)
	if err != nil {
		return nil, fmt.Errorf("gas tip: %w", err)
	}
	head, err := c.backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("latest block: %w", err)
	}
	if head.BaseFee == nil {
		return nil, errors.New("the chain has no base fee (EIP-1559)")
	}
	feeCap := new(big.Int).Lsh(head.BaseFee, 1) // room for six full blocks in a row
	tx, err := types.SignNewTx(c.key, c.signer, &types.DynamicFeeTx{
		ChainID: c.id, Nonce: nonce, To: d.To, Data: d.Data, Value: d.Value,
		Gas: gas, GasTipCap: tip, GasFeeCap: feeCap.Add(feeCap, tip),
	})
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	if err := c.backend.SendTransaction(ctx, tx); err != nil {
		return nil, fmt.Errorf("send: %w", err)
	}
	if c.commit != nil {
		c.commit()
	}
	receipt, err := c.backend.TransactionReceipt(ctx, tx.Hash())
	for errors.Is(err, ethereum.NotFound) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
		receipt, err = c.backend.TransactionReceipt(ctx, tx.Hash())
	}
	if err != nil {
		return nil, fmt.Errorf("receipt of %s: %w", tx.Hash(), err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		msg := ethereum.CallMsg{From: from, To: d.To, Data: d.Data, Value: d.Value, Gas: gas}
		_, err := c.backend.CallContract(ctx, msg, receipt.BlockNumber)
		return nil, fmt.Errorf("transaction %s failed: %w", tx.Hash(), explain(d.ABI, err))
	}
	return receipt, nil
}
