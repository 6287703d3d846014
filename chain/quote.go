// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
)

// A FundsError says that an account cannot pay for a transaction.
type FundsError struct {
	Have, Need *big.Int // in wei
}

func (e *FundsError) Error() string {
	return fmt.Sprintf("insufficient funds: the account has %s wei and needs %s", e.Have, e.Need)
}

// A FeeError says that the fee of the chain is above the cap.
type FeeError struct {
	Base, Cap *big.Int // in wei per gas
}

func (e *FeeError) Error() string {
	return fmt.Sprintf("a unit of gas costs %s wei now, the cap is %s", e.Base, e.Cap)
}

// ErrNoBaseFee says that a chain does not have the fees of EIP-1559.
var ErrNoBaseFee = errors.New("the chain has no base fee (EIP-1559)")

// Quote runs a draft without sending it and returns what it would cost. The error is a *RevertError if
// the contract refuses, a *FundsError if the account cannot pay, a *FeeError if the cap is too low.
func (c *Chain) Quote(ctx context.Context, d Draft) (Quote, error) {
	gas, err := c.dryRun(ctx, d)
	if err != nil {
		return Quote{}, err
	}
	q, err := c.Price(ctx, gas)
	if err != nil {
		return Quote{}, err
	}
	if d.Blobs != nil {
		if err := c.priceBlobs(ctx, &q, len(d.Blobs.Blobs)); err != nil {
			return Quote{}, err
		}
	}
	if d.Value != nil {
		q.Cost.Add(q.Cost, d.Value)
		q.MaxCost.Add(q.MaxCost, d.Value)
	}
	have, err := c.backend.BalanceAt(ctx, c.From(), nil)
	if err != nil {
		return Quote{}, fmt.Errorf("balance: %w", err)
	}
	if have.Cmp(q.MaxCost) < 0 {
		return Quote{}, &FundsError{Have: have, Need: q.MaxCost}
	}
	return q, nil
}

// dryRun returns the gas that a draft takes. It estimates before it looks at the balance, without a fee,
// so that a contract that refuses is found out even by a poor account.
func (c *Chain) dryRun(ctx context.Context, d Draft) (uint64, error) {
	msg := ethereum.CallMsg{From: c.From(), To: d.To, Data: d.Data, Value: d.Value}
	if d.Blobs != nil {
		msg.BlobHashes = d.Blobs.BlobHashes()
	}
	gas, err := c.backend.EstimateGas(ctx, msg)
	if err == nil {
		return gas, nil
	}
	explained := explain(d.ABI, err)
	var revert *RevertError
	if errors.As(explained, &revert) || isTransport(err) {
		return 0, explained
	}
	// Some nodes give the reason for a call only.
	if _, callErr := c.backend.CallContract(ctx, msg, nil); callErr != nil {
		if e := explain(d.ABI, callErr); errors.As(e, &revert) {
			return 0, e
		}
	}
	return 0, explained
}

// Price returns what gas costs now, under the caps of the options.
func (c *Chain) Price(ctx context.Context, gas uint64) (Quote, error) {
	tip, err := c.backend.SuggestGasTipCap(ctx)
	if err != nil {
		return Quote{}, fmt.Errorf("gas tip: %w", err)
	}
	head, err := c.backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return Quote{}, fmt.Errorf("latest block: %w", err)
	}
	if head.BaseFee == nil {
		return Quote{}, ErrNoBaseFee
	}
	if top := c.Options.MaxPriorityFee; top != nil && tip.Cmp(top) > 0 {
		tip = top
	}
	feeCap := new(big.Int).Lsh(head.BaseFee, 1) // room for five full blocks in a row, each an eighth dearer
	feeCap.Add(feeCap, tip)
	if top := c.Options.MaxFee; top != nil && feeCap.Cmp(top) > 0 {
		if top.Cmp(head.BaseFee) < 0 {
			return Quote{}, &FeeError{Base: head.BaseFee, Cap: top}
		}
		feeCap.Set(top)
	}
	tip = smaller(tip, feeCap)
	price := smaller(feeCap, new(big.Int).Add(head.BaseFee, tip))
	limit := withHeadroom(gas)
	return Quote{
		Gas: gas, GasLimit: limit, GasFeeCap: feeCap, GasTipCap: tip,
		Cost:    new(big.Int).Mul(new(big.Int).SetUint64(gas), price),
		MaxCost: new(big.Int).Mul(new(big.Int).SetUint64(limit), feeCap),
	}, nil
}

// withHeadroom returns an estimate of gas with a tenth more, for the state may change until a transaction is
// mined, up to the most that one may have (EIP-7825).
func withHeadroom(gas uint64) uint64 {
	return max(gas, min(gas+gas/10, params.MaxTxGas))
}

// blobPricer is what a node has for blobs.
type blobPricer interface {
	BlobBaseFee(ctx context.Context) (*big.Int, error)
}

// ErrNoBlobs says that a node knows no price of blobs (EIP-4844).
var ErrNoBlobs = errors.New("the node takes no blobs (EIP-4844)")

func (c *Chain) priceBlobs(ctx context.Context, q *Quote, n int) error {
	node, ok := c.backend.(blobPricer)
	if !ok {
		return ErrNoBlobs
	}
	base, err := node.BlobBaseFee(ctx)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoBlobs, err)
	}
	gas := big.NewInt(int64(n) * params.BlobTxBlobGasPerBlob)
	// The fee grows by at most an eighth in a block; pools demand 1 wei at least.
	q.blobFeeCap = new(big.Int).Add(new(big.Int).Lsh(base, 1), big.NewInt(1))
	q.Cost.Add(q.Cost, new(big.Int).Mul(gas, base))
	q.MaxCost.Add(q.MaxCost, new(big.Int).Mul(gas, q.blobFeeCap))
	return nil
}

func smaller(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// higher returns a fee that pools take in place of one for a transaction that they have: an eighth more
// for most, twice as much for one with blobs.
func higher(fee *big.Int, blobs bool) *big.Int {
	more := new(big.Int).Rsh(fee, 3)
	if blobs {
		more.Set(fee)
	}
	more.Add(more, fee)
	return more.Add(more, big.NewInt(1))
}

// outbid raises the fees of a quote to what replaces a transaction.
func (q *Quote) outbid(tx *types.Transaction) {
	blobs := tx.Type() == types.BlobTxType
	raise := func(fee, old *big.Int) *big.Int {
		if least := higher(old, blobs); fee.Cmp(least) < 0 {
			return least
		}
		return fee
	}
	q.GasFeeCap, q.GasTipCap = raise(q.GasFeeCap, tx.GasFeeCap()), raise(q.GasTipCap, tx.GasTipCap())
	if blobs && q.blobFeeCap != nil {
		q.blobFeeCap = raise(q.blobFeeCap, tx.BlobGasFeeCap())
	}
}
