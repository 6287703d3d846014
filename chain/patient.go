// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
)

// patient is the node of an embedded chain. Its pool learns of a sealed block some moments after the block
// is there. Until then it refuses transactions of accounts that got their ether in that block.
type patient struct {
	Backend
	blobPricer
}

// patience is how long the pool is given. A quote has found the ether already.
const patience = 10 * time.Second

// SendTransaction sends a transaction again while the pool knows nothing of its sender's ether.
func (p patient) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	for started := time.Now(); ; {
		err := p.Backend.SendTransaction(ctx, tx)
		if err == nil || !strings.Contains(err.Error(), core.ErrInsufficientFunds.Error()) || time.Since(started) > patience {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(firstPoll):
		}
	}
}

// BlobBaseFee is that of the node.
func (p patient) BlobBaseFee(ctx context.Context) (*big.Int, error) {
	return p.blobPricer.BlobBaseFee(ctx)
}
