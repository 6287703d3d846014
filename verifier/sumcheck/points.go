// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/pcs"
)

// Sizes of encodings, in bytes: coordinates and scalars are big endian, a point is x‖y,
// the point at infinity is all zeros.
const (
	g1Bytes = pcs.PointBytes
	g2Bytes = 4 * fp.Bytes
)

func marshalPoints(points []curve.G1Affine) []byte {
	out := make([]byte, 0, g1Bytes*len(points))
	for i := range points {
		out = append(out, pcs.EncodePoint(&points[i])...)
	}
	return out
}

func unmarshalPoints(data []byte, n int) ([]curve.G1Affine, error) {
	out := make([]curve.G1Affine, n)
	for i := range out {
		if err := pcs.DecodePoint(&out[i], data); err != nil {
			return nil, fmt.Errorf("point %d: %w", i, err)
		}
		data = data[g1Bytes:]
	}
	return out, nil
}

func marshalScalars(scalars ...fr.Element) []byte {
	out := make([]byte, 0, fr.Bytes*len(scalars))
	for i := range scalars {
		b := scalars[i].Bytes()
		out = append(out, b[:]...)
	}
	return out
}

func unmarshalScalars(data []byte, to ...*fr.Element) error {
	for i, x := range to {
		if err := x.SetBytesCanonical(data[:fr.Bytes]); err != nil {
			return fmt.Errorf("scalar %d: %w", i, err)
		}
		data = data[fr.Bytes:]
	}
	return nil
}
