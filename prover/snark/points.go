// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
)

// chunkPoints is how many points are read at a time: what a file claims to hold and does not costs one
// chunk of memory.
const chunkPoints = 1 << 14

// readPoints reads n points of G1 or G2, compressed or not, in gnark-crypto's encoding.
func readPoints[P curve.G1Affine | curve.G2Affine](r io.Reader, n uint32, options ...func(*curve.Decoder)) ([]P, error) {
	points := make([]P, 0, min(n, chunkPoints))
	for uint32(len(points)) < n {
		// gnark's decoder takes a slice with its length before it, and checks the points in parallel.
		count := min(n-uint32(len(points)), chunkPoints)
		prefix := bytes.NewReader(binary.BigEndian.AppendUint32(nil, count))
		var chunk []P
		if err := curve.NewDecoder(io.MultiReader(prefix, r), options...).Decode(&chunk); err != nil {
			return nil, fmt.Errorf("points %d to %d of %d: %w", len(points), uint32(len(points))+count-1, n, eof(err))
		}
		points = append(points, chunk...)
	}
	return points, nil
}

// eof names the end of a file within a value.
func eof(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func readUint32(r io.Reader) (uint32, error) {
	var b [4]byte
	_, err := io.ReadFull(r, b[:])
	return binary.BigEndian.Uint32(b[:]), eof(err)
}
