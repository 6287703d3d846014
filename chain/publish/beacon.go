// SPDX-License-Identifier: Apache-2.0

package publish

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/ethereum/go-ethereum/params"

	"github.com/zkml-go/zkml/chain"
)

// A Beacon is a node of the consensus layer, which has blobs for some weeks. Nothing it says is trusted.
type Beacon struct {
	URL string // of its API, https://ethereum.github.io/beacon-APIs
	// Timeout is how long a request may take, its answer included; 0 is BeaconTimeout.
	Timeout time.Duration
}

// BeaconTimeout is enough for the blobs of a block over a slow line.
const BeaconTimeout = 2 * time.Minute

// ErrNoBeacon says that a node of the consensus layer does not give the blobs.
var ErrNoBeacon = errors.New("the beacon node does not have the blobs")

// blobResponse bounds the answer of a beacon node: twice what a block may have of blobs, in hexadecimal.
const blobResponse = 2 * 2 * 32 * params.BlobTxBlobGasPerBlob

// Fetch returns the data in the blobs of transactions, zeros at their end included. Whether they are those
// is checked against the hashes on the chain.
func (b Beacon) Fetch(ctx context.Context, c *chain.Chain, transactions []common.Hash) ([]byte, error) {
	var data []byte
	for _, hash := range transactions {
		tx, err := c.Transaction(ctx, hash)
		if err != nil {
			return nil, err
		}
		if tx.Type() != types.BlobTxType {
			return nil, fmt.Errorf("%w: %s has no blobs", ErrRefused, hash)
		}
		root, err := c.BeaconRoot(ctx, hash)
		if err != nil {
			return nil, err
		}
		list, err := b.blobs(ctx, root, tx.BlobHashes())
		if err != nil {
			return nil, err
		}
		for i := range list {
			for at := 0; at < len(list[i]); at += 32 {
				data = append(data, list[i][at+1:at+32]...)
			}
		}
	}
	return data, nil
}

// blobs asks for the blobs of a block.
func (b Beacon) blobs(ctx context.Context, root common.Hash, hashes []common.Hash) ([]kzg4844.Blob, error) {
	var want []string
	for _, h := range hashes {
		want = append(want, h.Hex())
	}
	address := strings.TrimSuffix(b.URL, "/") + "/eth/v1/beacon/blobs/" + root.Hex() + "?" + url.Values{"versioned_hashes": {strings.Join(want, ",")}}.Encode()
	timeout := b.Timeout
	if timeout == 0 {
		timeout = BeaconTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, ErrNoBeacon // and not the URL, which may have a key in it
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err
		}
		return nil, fmt.Errorf("%w: %w", ErrNoBeacon, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: %s", ErrNoBeacon, answer.Status)
	}
	var found struct {
		Data []hexutil.Bytes `json:"data"`
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, blobResponse)).Decode(&found); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoBeacon, err)
	}
	if len(found.Data) != len(hashes) {
		return nil, fmt.Errorf("%w: it has %d of %d", ErrNoBeacon, len(found.Data), len(hashes))
	}
	list := make([]kzg4844.Blob, len(hashes))
	for i, data := range found.Data {
		if len(data) != len(list[i]) {
			return nil, fmt.Errorf("%w: a blob of %d bytes", ErrNoBeacon, len(data))
		}
		copy(list[i][:], data)
	}
	return list, nil
}
