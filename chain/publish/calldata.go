// SPDX-License-Identifier: Apache-2.0

package publish

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain"
)

// maxCalldata is how many bytes go into a transaction: pools refuse one of more than 128 KiB.
const maxCalldata = 100_000

// Calldata returns the drafts that put data on the chain as calldata of transactions of an account to
// itself, in order.
func Calldata(data []byte, account common.Address) []chain.Draft {
	var list []chain.Draft
	n := (len(data) + maxCalldata - 1) / maxCalldata
	for i := range n {
		part := data[i*maxCalldata : min((i+1)*maxCalldata, len(data))]
		list = append(list, chain.Draft{Step: fmt.Sprintf("data %d of %d", i+1, n), To: &account, Data: part})
	}
	return list
}

// Fetch returns the data that transactions put on the chain, in the order of the transactions. It looks for
// blobs in local, the data itself, which it checks against the chain; nil if there is none.
func Fetch(ctx context.Context, c *chain.Chain, transactions []common.Hash, local []byte) ([]byte, error) {
	var data []byte
	var hashes []common.Hash
	for _, h := range transactions {
		tx, err := c.Transaction(ctx, h)
		if err != nil {
			return nil, err
		}
		if tx.Type() == types.BlobTxType {
			hashes = append(hashes, tx.BlobHashes()...)
		} else {
			data = append(data, tx.Data()...)
		}
	}
	switch {
	case len(hashes) == 0:
		return data, nil
	case len(data) > 0:
		return nil, fmt.Errorf("%w: transactions with blobs and without", ErrRefused)
	case local == nil:
		return nil, ErrNeedsData
	}
	return local, checkBlobs(local, hashes)
}
