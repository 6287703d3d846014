// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain/journal"
)

// Options are how transactions are sent. The zero value sends what the node suggests and waits until the
// context ends.
type Options struct {
	// MaxFee is the most that a unit of gas may cost, and MaxPriorityFee the most of it that goes to
	// who seals the block, in wei (EIP-1559); nil for what the node suggests.
	MaxFee, MaxPriorityFee *big.Int
	// Confirmations is how many blocks a transaction is waited for, that which it is in included; 0 is 1.
	Confirmations uint64
	// Timeout bounds the wait for one transaction; 0 is no bound but the context's.
	Timeout time.Duration
	// Journal remembers transactions by the step of their drafts. If it is nil nothing is remembered.
	Journal *journal.Journal
	// Replace sends a transaction of the journal that is not mined again at a higher fee.
	Replace bool
}

// A Draft is what a transaction is to do.
type Draft struct {
	Step  string          // names it in the journal; "" keeps it out
	To    *common.Address // nil creates a contract
	Data  []byte
	Value *big.Int             // in wei; nil is 0
	Blobs *types.BlobTxSidecar // nil for a transaction without blobs (EIP-4844)
	ABI   abi.ABI              // of the contract, to explain why it refuses
}

// A Quote is what a dry run says that a transaction costs.
type Quote struct {
	Gas       uint64   // the estimate
	GasLimit  uint64   // what the transaction gets; what it does not use is not paid for
	GasFeeCap *big.Int // the most that a unit of gas costs, in wei
	GasTipCap *big.Int // the most of it that goes to who seals the block
	Cost      *big.Int // in wei, at the fee of the latest block, value and blobs included
	MaxCost   *big.Int // in wei, which the account must have

	blobFeeCap *big.Int // nil without blobs
}
