// SPDX-License-Identifier: Apache-2.0

// Package export writes keys, proofs and verifiers for other machines: the calldata of the contracts in
// package contracts, and self-contained Solidity files for one model.
//
// Points of BN254 are encoded as in EIP-197, 32 bytes a coordinate, big endian: x‖y for G1 and
// x₁‖x₀‖y₁‖y₀ for G2, where an element of the quadratic extension is x₀ + x₁⋅i. The point at infinity is
// all zeros.
package export

import (
	"errors"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/statement"
)

// ErrUnsupported is returned for keys and proofs that the contracts have no form for. It says nothing
// about their validity.
var ErrUnsupported = errors.New("not supported on chain")

// numPublicInputs is the number of public inputs of every inference circuit: D, Z and E.
const numPublicInputs = 3

// ModelID names a model for a proof system; key is the verifying key in its calldata form. See
// statement.ModelID.
func ModelID(modelDigest [32]byte, system string, key []byte) [32]byte {
	return statement.ModelID(modelDigest, system, key)
}

func appendG1(b []byte, points ...curve.G1Affine) []byte {
	for i := range points {
		x, y := points[i].X.Bytes(), points[i].Y.Bytes()
		b = append(append(b, x[:]...), y[:]...)
	}
	return b
}

func appendG2(b []byte, points ...curve.G2Affine) []byte {
	for i := range points {
		p := &points[i]
		x1, x0, y1, y0 := p.X.A1.Bytes(), p.X.A0.Bytes(), p.Y.A1.Bytes(), p.Y.A0.Bytes()
		b = append(append(append(append(b, x1[:]...), x0[:]...), y1[:]...), y0[:]...)
	}
	return b
}
