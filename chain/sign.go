// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/holiman/uint256"
)

// sign makes a transaction of the draft and records it. If there are live ones, which are of one nonce,
// the new one has their nonce too: at most one of them can be mined.
func (s *sending) sign(ctx context.Context, live []*types.Transaction) (*types.Transaction, error) {
	if s.signed++; s.signed > maxSigned {
		return nil, fmt.Errorf("other transactions of the account took %d nonces in a row: is something else sending from it?", maxSigned)
	}
	q, err := s.Quote(ctx, s.draft)
	if err != nil {
		return nil, err
	}
	var nonce uint64
	if len(live) > 0 {
		nonce = live[0].Nonce()
		q.outbid(live[0])
		if top := s.Options.MaxFee; top != nil && q.GasFeeCap.Cmp(top) > 0 {
			return nil, fmt.Errorf("to replace %s: %w", live[0].Hash(), &FeeError{Base: q.GasFeeCap, Cap: top})
		}
	} else if nonce, err = s.backend.PendingNonceAt(ctx, s.From()); err != nil {
		return nil, fmt.Errorf("nonce: %w", err)
	}
	inner, err := s.transaction(nonce, q)
	if err != nil {
		return nil, err
	}
	tx, err := types.SignNewTx(s.key, s.signer, inner)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return tx, s.journal.Sign(s.draft.Step, tx)
}

func (s *sending) transaction(nonce uint64, q Quote) (types.TxData, error) {
	d := &s.draft
	if d.Blobs == nil {
		return &types.DynamicFeeTx{ChainID: s.id, Nonce: nonce, To: d.To, Value: valueOf(*d), Data: d.Data,
			Gas: q.GasLimit, GasTipCap: q.GasTipCap, GasFeeCap: q.GasFeeCap}, nil
	}
	if d.To == nil {
		return nil, errors.New("a transaction with blobs creates no contract")
	}
	tx := &types.BlobTx{Nonce: nonce, To: *d.To, Data: d.Data, Gas: q.GasLimit, BlobHashes: d.Blobs.BlobHashes(), Sidecar: d.Blobs}
	for _, field := range []struct {
		to   **uint256.Int
		from *big.Int
	}{{&tx.ChainID, s.id}, {&tx.Value, valueOf(*d)}, {&tx.GasTipCap, q.GasTipCap}, {&tx.GasFeeCap, q.GasFeeCap}, {&tx.BlobFeeCap, q.blobFeeCap}} {
		v, overflow := uint256.FromBig(field.from)
		if overflow {
			return nil, fmt.Errorf("%s is no number of 256 bits", field.from)
		}
		*field.to = v
	}
	return tx, nil
}

// What nodes say of a transaction that they have already, whose nonce is used, of whose nonce they have
// another one, and that they will know later.
var (
	saysKnown = []string{"already known", "known transaction", "already imported", "alreadyknown", "already exists"}
	saysUsed  = []string{"nonce too low", "nonce is too low", "oldnonce", "old nonce"}
	saysBusy  = []string{"replacement transaction underpriced", "replacementnotallowed", "transaction underpriced to replace"}
	saysLater = []string{"indexing is in progress"} // when asked for a receipt
)

// broadcast sends a transaction of the journal. What became of it is for look to find out.
func (s *sending) broadcast(ctx context.Context, tx *types.Transaction) error {
	s.last = time.Now()
	s.sent = append(s.sent, tx.Hash())
	err := s.backend.SendTransaction(ctx, tx)
	switch {
	case err == nil, says(err, saysKnown), says(err, saysUsed):
	case says(err, saysBusy):
		s.busy = true
	default:
		return fmt.Errorf("send: %w", err)
	}
	if s.commit != nil {
		s.commit()
	}
	return nil
}

func says(err error, texts []string) bool {
	message := strings.ToLower(err.Error())
	for _, text := range texts {
		if strings.Contains(message, text) {
			return true
		}
	}
	return false
}
