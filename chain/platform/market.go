// SPDX-License-Identifier: Apache-2.0

package platform

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// An Attestation is a statement for the market with its proof.
type Attestation struct {
	Model           *big.Int
	InputCommitment [32]byte
	Output          []byte
	Proof           contracts.InferenceProof
}

// ID returns the id of the statement.
func (a *Attestation) ID() [32]byte {
	return contracts.InferenceID(a.Model, a.InputCommitment, a.Output)
}

// Attest returns the draft that has the market attest a, and pays value in wei. With store the market
// keeps the inference, and the fee comes from credit: value must be 0.
func (d *Deployment) Attest(a *Attestation, value *big.Int, store bool) (chain.Draft, error) {
	proof, err := a.Proof.Encode()
	if err != nil {
		return chain.Draft{}, fmt.Errorf("proof for the market: %w", err)
	}
	method := "attest"
	if store {
		method = "verifyAndStoreInference"
	}
	draft, err := d.Market.draft("attest", method, a.Model, a.InputCommitment, a.Output, proof)
	draft.Value = value
	return draft, err
}

// Deposit returns the draft that buys credit.
func (d *Deployment) Deposit(value *big.Int) (chain.Draft, error) {
	draft, err := d.Market.draft("deposit", "deposit")
	draft.Value = value
	return draft, err
}

// Credit returns what an account can pay fees with, in wei.
func (d *Deployment) Credit(ctx context.Context, c *chain.Chain, account common.Address) (*big.Int, error) {
	return ask[*big.Int](ctx, c, d.Market, "creditOf", account)
}

// IsVerified reports whether a statement was attested.
func (d *Deployment) IsVerified(ctx context.Context, c *chain.Chain, id [32]byte) (bool, error) {
	return ask[bool](ctx, c, d.Market, "isVerified", id)
}

// An Inference is an attested inference.
type Inference struct {
	ID              common.Hash
	Model           uint64
	InputCommitment common.Hash
	Output          []byte
	Caller          common.Address
	Transaction     common.Hash
	Block           uint64
	// Proof is what the caller gave the market, nil if the caller was another contract.
	Proof *contracts.InferenceProof
}

// ErrNoInference says that no inference of an id was attested.
var ErrNoInference = errors.New("no such inference was attested")

// Inference finds an attested inference by its id, in the events of the market from a block on.
func (d *Deployment) Inference(ctx context.Context, c *chain.Chain, id [32]byte, from *big.Int) (*Inference, error) {
	switch ok, err := d.IsVerified(ctx, c, id); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, fmt.Errorf("%w: %x", ErrNoInference, id)
	}
	market, err := d.Market.at()
	if err != nil {
		return nil, err
	}
	event := market.ABI.Events["InferenceVerified"]
	logs, err := c.Logs(ctx, ethereum.FilterQuery{FromBlock: from, Addresses: []common.Address{market.Address}, Topics: [][]common.Hash{{event.ID}}})
	if err != nil {
		return nil, err
	}
	for i := range logs {
		inference, err := decodeInference(event, &logs[i])
		if err != nil {
			return nil, err
		}
		if inference.ID != id {
			continue
		}
		tx, err := c.Transaction(ctx, inference.Transaction)
		if err != nil {
			return nil, err
		}
		inference.Proof = proofOf(market, tx, inference)
		return inference, nil
	}
	return nil, fmt.Errorf("%w from block %s on: %x", ErrNoInference, from, id)
}

func decodeInference(event abi.Event, log *types.Log) (*Inference, error) {
	values, err := event.Inputs.NonIndexed().Unpack(log.Data)
	if err != nil || len(log.Topics) != 4 {
		return nil, fmt.Errorf("event of %s: %w", log.TxHash, errors.Join(err, errors.New("not one of this market")))
	}
	output := values[0].([]byte)
	model := log.Topics[1].Big()
	return &Inference{
		ID: contracts.InferenceID(model, log.Topics[2], output), Model: model.Uint64(), InputCommitment: log.Topics[2], Output: output,
		Caller: common.BytesToAddress(log.Topics[3][:]), Transaction: log.TxHash, Block: log.BlockNumber,
	}, nil
}

// proofOf returns the proof that a transaction gave the market, or nil if the transaction is no call of it.
func proofOf(market chain.Contract, tx *types.Transaction, of *Inference) *contracts.InferenceProof {
	if tx.To() == nil || *tx.To() != market.Address || len(tx.Data()) < 4 {
		return nil
	}
	method, err := market.ABI.MethodById(tx.Data()[:4])
	if err != nil || len(method.Inputs) != 4 {
		return nil
	}
	args, err := method.Inputs.Unpack(tx.Data()[4:])
	if err != nil {
		return nil
	}
	encoded, ok := args[3].([]byte)
	if !ok {
		return nil
	}
	p, err := contracts.DecodeInferenceProof(encoded)
	if err != nil || contracts.InputCommitment(p.Input, p.Commitments, of.Caller, p.Nonce) != of.InputCommitment {
		return nil
	}
	return &p
}
