// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain/journal"
)

const (
	// maxSigned bounds how often one Send signs: it signs again when another transaction of the
	// account took its nonce.
	maxSigned = 8
	// The chain is asked for a receipt after firstPoll, then ever less often down to lastPoll.
	firstPoll, lastPoll = 10 * time.Millisecond, 2 * time.Second
	// rebroadcast is after how long a transaction is sent again: nodes forget.
	rebroadcast = 30 * time.Second
)

// Send does what a draft says once, waits until that is mined and confirmed, and returns the receipt. It
// runs the draft without sending it first. The error is a *RevertError if the contract refused, a
// *PendingError if the wait was too long; see Quote for others.
//
// If the journal of the options has transactions of the draft's step, those are sent again and waited
// for, and a new one is made only if none of them can have an effect any more.
func (c *Chain) Send(ctx context.Context, d Draft) (*types.Receipt, error) {
	j := c.Options.Journal
	if j == nil || d.Step == "" {
		j = journal.Memory()
	}
	s := &sending{Chain: c, draft: d, journal: j, replace: c.Options.Replace}
	if t := c.Options.Timeout; t > 0 {
		s.deadline = time.Now().Add(t)
	}
	return s.run(ctx)
}

// A sending is one Send.
type sending struct {
	*Chain
	draft    Draft
	journal  *journal.Journal
	replace  bool // the next look that finds a live transaction is to sign one that replaces it
	signed   int  // transactions signed by this Send
	sent     []common.Hash
	last     time.Time // of the last broadcast
	busy     bool      // the node has another transaction of this nonce
	deadline time.Time // zero for none
}

func (s *sending) run(ctx context.Context) (*types.Receipt, error) {
	for poll := firstPoll; ; poll = min(2*poll, lastPoll) {
		found, err := s.look(ctx)
		if err != nil {
			return nil, err
		}
		switch live := found.live; {
		case found.receipt != nil:
			done, err := s.confirmed(ctx, found.receipt)
			if err != nil {
				return nil, err
			}
			if done {
				return found.receipt, s.journal.Settle(s.draft.Step, found.receipt)
			}
		case found.failed != nil:
			return nil, s.reason(ctx, found.failed)
		case len(live) == 0 || s.replace:
			tx, err := s.sign(ctx, live)
			if err != nil {
				return nil, err
			}
			s.replace = false
			if err := s.broadcast(ctx, tx); err != nil {
				return nil, err
			}
			continue // an embedded node has it mined by now
		case time.Since(s.last) > rebroadcast:
			if err := s.broadcast(ctx, live[0]); err != nil {
				return nil, err
			}
			continue
		}
		if !s.deadline.IsZero() && time.Now().After(s.deadline) {
			return nil, s.pending(found)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(poll):
		}
	}
}

// A finding is what became of the transactions of a step.
type finding struct {
	receipt *types.Receipt       // of the one that was mined and did not fail
	failed  *types.Receipt       // of one that this Send sent, and that failed
	live    []*types.Transaction // those that may still be mined, the newest first
}

// ErrStepDiffers says that a step of the journal was something else.
var ErrStepDiffers = errors.New("the journal has another transaction for this step")

// ErrForgotten says that a node does not know any more what it knew.
var ErrForgotten = errors.New("the node does not know the block of a transaction that was mined")

func (s *sending) look(ctx context.Context) (finding, error) {
	step := s.journal.Step(s.draft.Step)
	if len(step.Signed) == 0 {
		return finding{}, nil
	}
	if step.Receipt != nil {
		return s.recall(ctx, step)
	}
	// The nonce before the receipts: if it were asked for after them, a transaction that is mined in
	// between would look like one whose nonce another took, and would be made a second time.
	nonce, err := s.confirmedNonce(ctx)
	if err != nil {
		return finding{}, err
	}
	var f finding
	for _, tx := range slices.Backward(step.Signed) {
		receipt, err := s.backend.TransactionReceipt(ctx, tx.Hash())
		switch {
		case errors.Is(err, ethereum.NotFound):
			if tx.Nonce() >= nonce {
				f.live = append(f.live, tx)
				continue
			}
			if known, err := s.known(ctx, tx.Hash()); err != nil {
				return finding{}, err
			} else if known { // the receipt comes later
				f.live = append(f.live, tx)
			}
			continue
		case err != nil && says(err, saysLater):
			f.live = append(f.live, tx)
		case err != nil:
			return finding{}, fmt.Errorf("receipt of %s: %w", tx.Hash(), err)
		case receipt.Status == types.ReceiptStatusSuccessful:
			f.receipt = receipt
			return f, s.matches(tx)
		case slices.Contains(s.sent, tx.Hash()):
			f.failed = receipt
		}
	}
	for _, tx := range f.live {
		if err := s.matches(tx); err != nil {
			return finding{}, err
		}
	}
	return f, nil
}

// recall checks that the block of a step that was done is still there. Nodes drop old receipts, so these
// are not asked for.
func (s *sending) recall(ctx context.Context, step journal.Step) (finding, error) {
	for _, tx := range step.Signed {
		if tx.Hash() == step.Receipt.TxHash {
			if err := s.matches(tx); err != nil {
				return finding{}, err
			}
		}
	}
	head, err := s.backend.HeaderByNumber(ctx, step.Receipt.BlockNumber)
	if err == nil && head.Hash() == step.Receipt.BlockHash {
		return finding{receipt: step.Receipt}, nil
	}
	if err != nil && !errors.Is(err, ethereum.NotFound) {
		return finding{}, fmt.Errorf("block %s: %w", step.Receipt.BlockNumber, err)
	}
	// The block left the chain, and its transactions may be in another.
	receipt, err := s.backend.TransactionReceipt(ctx, step.Receipt.TxHash)
	if err == nil && receipt.Status == types.ReceiptStatusSuccessful {
		return finding{receipt: receipt}, nil
	}
	if err != nil && says(err, saysLater) {
		return finding{live: step.Signed}, nil
	}
	if err != nil && !errors.Is(err, ethereum.NotFound) {
		return finding{}, fmt.Errorf("receipt of %s: %w", step.Receipt.TxHash, err)
	}
	nonce, err := s.confirmedNonce(ctx)
	if err != nil {
		return finding{}, err
	}
	for _, tx := range step.Signed {
		if tx.Hash() == step.Receipt.TxHash && tx.Nonce() < nonce {
			// Mined by a node that has forgotten it or replaced after a reorganization: which of both
			// it was is not for a program to guess.
			return finding{}, fmt.Errorf("%w: %s in block %s", ErrForgotten, tx.Hash(), step.Receipt.BlockNumber)
		}
	}
	if err := s.journal.Settle(s.draft.Step, nil); err != nil {
		return finding{}, err
	}
	return s.look(ctx)
}

// matches returns ErrStepDiffers unless a transaction does what the draft says.
func (s *sending) matches(tx *types.Transaction) error {
	d := &s.draft
	same := slices.Equal(tx.Data(), d.Data) && (tx.To() == nil) == (d.To == nil) && (d.To == nil || *tx.To() == *d.To) &&
		tx.Value().Cmp(valueOf(*d)) == 0
	if d.Blobs != nil {
		same = same && slices.Equal(tx.BlobHashes(), d.Blobs.BlobHashes())
	} else {
		same = same && tx.Type() != types.BlobTxType
	}
	if !same {
		return fmt.Errorf("%w: %q is %s", ErrStepDiffers, d.Step, tx.Hash())
	}
	return nil
}

func valueOf(d Draft) *big.Int {
	if d.Value == nil {
		return new(big.Int)
	}
	return d.Value
}

// known reports whether the node knows a transaction, mined or not.
func (s *sending) known(ctx context.Context, hash common.Hash) (bool, error) {
	_, _, err := s.backend.TransactionByHash(ctx, hash)
	if err != nil && says(err, saysLater) {
		return true, nil // or not, which is for later to say
	}
	if errors.Is(err, ethereum.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("transaction %s: %w", hash, err)
	}
	return true, nil
}

// confirmedNonce returns the nonce of the account as of the newest block that counts as confirmed: all
// below are used for good.
func (s *sending) confirmedNonce(ctx context.Context) (uint64, error) {
	var at *big.Int // the latest
	if n := s.Options.Confirmations; n > 1 {
		head, err := s.backend.HeaderByNumber(ctx, nil)
		if err != nil {
			return 0, fmt.Errorf("latest block: %w", err)
		}
		at = new(big.Int).Sub(head.Number, new(big.Int).SetUint64(n-1))
		if at.Sign() < 0 {
			at.SetInt64(0)
		}
	}
	nonce, err := s.backend.NonceAt(ctx, s.From(), at)
	if err != nil {
		return 0, fmt.Errorf("nonce: %w", err)
	}
	return nonce, nil
}

// confirmed reports whether enough blocks were made since that of a receipt.
func (s *sending) confirmed(ctx context.Context, r *types.Receipt) (bool, error) {
	n := s.Options.Confirmations
	if n <= 1 {
		return true, nil
	}
	head, err := s.backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("latest block: %w", err)
	}
	since := new(big.Int).Sub(head.Number, r.BlockNumber)
	return since.Cmp(new(big.Int).SetUint64(n-1)) >= 0, nil
}

// reason returns the error of a transaction that was mined and failed.
func (s *sending) reason(ctx context.Context, r *types.Receipt) error {
	d := &s.draft
	msg := ethereum.CallMsg{From: s.From(), To: d.To, Data: d.Data, Value: d.Value, Gas: r.GasUsed}
	for _, tx := range s.journal.Step(d.Step).Signed {
		if tx.Hash() == r.TxHash {
			msg.Gas = tx.Gas()
		}
	}
	_, err := s.backend.CallContract(ctx, msg, r.BlockNumber)
	return fmt.Errorf("transaction %s failed: %w", r.TxHash, explain(d.ABI, err))
}

// A PendingError says that a transaction was sent and not mined or confirmed in time.
type PendingError struct {
	Hash  common.Hash
	Nonce uint64
	Mined bool // it is in a block, which has too few on top
	Busy  bool // the node has another transaction of this nonce
}

func (e *PendingError) Error() string {
	switch {
	case e.Mined:
		return fmt.Sprintf("transaction %s is mined, but not confirmed", e.Hash)
	case e.Busy:
		return fmt.Sprintf("transaction %s waits for another one of the account with nonce %d", e.Hash, e.Nonce)
	}
	return fmt.Sprintf("transaction %s with nonce %d is not mined", e.Hash, e.Nonce)
}

func (s *sending) pending(f finding) error {
	if f.receipt != nil {
		return &PendingError{Hash: f.receipt.TxHash, Mined: true}
	}
	return &PendingError{Hash: f.live[0].Hash(), Nonce: f.live[0].Nonce(), Busy: s.busy}
}
