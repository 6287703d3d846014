// SPDX-License-Identifier: Apache-2.0

package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"
	"github.com/ethereum/go-ethereum/params"

	"github.com/zkml-go/zkml/chain"
)

const (
	// elementBytes of the 32 of a blob's element are used: any 31 bytes are below the field order.
	elementBytes = 31
	blobBytes    = elementBytes * params.BlobTxFieldElementsPerBlob
	// maxBlobs is how many blobs a transaction may have (EIP-7594).
	maxBlobs = 6
)

// ErrNeedsData says that data are in blobs, which nodes of the execution layer do not keep.
var ErrNeedsData = errors.New("the data are in blobs: the chain has their hashes only")

// blobs spreads data over blobs, zeros at the end.
func blobs(data []byte) []kzg4844.Blob {
	list := make([]kzg4844.Blob, (len(data)+blobBytes-1)/blobBytes)
	for i := 0; len(data) > 0; i++ {
		part := data[:min(elementBytes, len(data))]
		copy(list[i/params.BlobTxFieldElementsPerBlob][32*(i%params.BlobTxFieldElementsPerBlob)+1:], part)
		data = data[len(part):]
	}
	return list
}

// Blobs returns the drafts that put data on the chain in blobs of transactions of an account to itself.
func Blobs(data []byte, account common.Address) ([]chain.Draft, error) {
	var list []chain.Draft
	all := blobs(data)
	n := (len(all) + maxBlobs - 1) / maxBlobs
	for part := range slices.Chunk(all, maxBlobs) {
		sidecar := types.NewBlobTxSidecar(types.BlobSidecarVersion1, part, nil, nil)
		for i := range part {
			commitment, err := kzg4844.BlobToCommitment(&part[i])
			if err != nil {
				return nil, fmt.Errorf("commitment to a blob: %w", err)
			}
			proofs, err := kzg4844.ComputeCellProofs(&part[i])
			if err != nil {
				return nil, fmt.Errorf("proofs of a blob: %w", err)
			}
			sidecar.Commitments = append(sidecar.Commitments, commitment)
			sidecar.Proofs = append(sidecar.Proofs, proofs...)
		}
		list = append(list, chain.Draft{Step: fmt.Sprintf("blobs %d of %d", len(list)+1, n), To: &account, Blobs: sidecar})
	}
	return list, nil
}

// checkBlobs reports an error unless data make blobs of these hashes.
func checkBlobs(data []byte, hashes []common.Hash) error {
	all := blobs(data)
	if len(all) != len(hashes) {
		return fmt.Errorf("%w: they fill %d blobs, the transactions have %d", ErrRefused, len(all), len(hashes))
	}
	for i := range all {
		commitment, err := kzg4844.BlobToCommitment(&all[i])
		if err != nil {
			return fmt.Errorf("commitment to a blob: %w", err)
		}
		if kzg4844.CalcBlobHashV1(sha256.New(), &commitment) != hashes[i] {
			return fmt.Errorf("%w: blob %d is another one", ErrRefused, i)
		}
	}
	return nil
}
