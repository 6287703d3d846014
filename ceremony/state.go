// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/zkml-go/zkml/artifact"
)

// maxCommitments bounds the commitments of a circuit.
const maxCommitments = 16

const (
	g1Bytes = curve.SizeOfG1AffineCompressed
	g2Bytes = curve.SizeOfG2AffineCompressed
)

// hashOf returns the hash of a state, which gnark puts into the next.
func hashOf(p *mpcsetup.Phase2) artifact.Hash {
	h := sha256.New()
	if _, err := p.WriteTo(h); err != nil {
		panic("zkml: internal error: hash a state: " + err.Error()) // a hash takes everything
	}
	return artifact.Hash(h.Sum(nil))
}

// decode reads a state from its only encoding. Points are in their groups. It allocates for what the data
// is, not for what it claims.
func decode(data []byte) (p *mpcsetup.Phase2, err error) {
	if err := checkLengths(data); err != nil {
		return nil, err
	}
	p = new(mpcsetup.Phase2)
	if _, err := p.ReadFrom(bytes.NewReader(data)); err != nil {
		return nil, err
	}
	same := &comparer{rest: data}
	if _, err := p.WriteTo(same); err != nil || len(same.rest) > 0 {
		return nil, errors.New("not the encoding of a state")
	}
	return p, nil
}

// checkLengths checks that the slices in data are as long as they claim, and that they fill it:
//
//	number of commitments n (2 bytes), [δ]₁, K, Z, [δ]₂, n bases of commitments, n times [σ]₂,
//	1 + n proofs in G1 and G2, length of the hash (1 byte), hash
//
// where points are compressed and slices have their length (4 bytes) before them.
func checkLengths(data []byte) error {
	if len(data) < 2 {
		return io.ErrUnexpectedEOF
	}
	n := int(binary.BigEndian.Uint16(data))
	if n > maxCommitments {
		return fmt.Errorf("%d commitments, at most %d", n, maxCommitments)
	}
	rest := data[2:]
	skip := func(size int) bool {
		if len(rest) < size {
			return false
		}
		rest = rest[size:]
		return true
	}
	slice := func() bool {
		if len(rest) < 4 {
			return false
		}
		length := uint64(binary.BigEndian.Uint32(rest))
		return length <= uint64(len(rest))/g1Bytes && skip(4+int(length)*g1Bytes)
	}
	ok := skip(g1Bytes) && slice() && slice() && skip(g2Bytes)
	for range n {
		ok = ok && slice()
	}
	ok = ok && skip(n*g2Bytes+(1+n)*(g1Bytes+g2Bytes))
	if !ok || len(rest) < 1 {
		return io.ErrUnexpectedEOF
	}
	if size := int(rest[0]); (size != 0 && size != sha256.Size) || len(rest) != 1+size {
		return fmt.Errorf("%d bytes after a hash of %d bytes", len(rest)-1, size)
	}
	return nil
}

// A comparer is written what should be the rest.
type comparer struct{ rest []byte }

var errDiffers = errors.New("differs")

func (c *comparer) Write(b []byte) (int, error) {
	rest, ok := bytes.CutPrefix(c.rest, b)
	if !ok {
		return 0, errDiffers
	}
	c.rest = rest
	return len(b), nil
}

// A hashed writer hashes what it passes on.
type hashed struct {
	io.Writer
	hash hash.Hash
}

func (h hashed) Write(b []byte) (int, error) {
	h.hash.Write(b)
	return h.Writer.Write(b)
}
