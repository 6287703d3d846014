// SPDX-License-Identifier: Apache-2.0

// Package msm computes sums ∑ xᵢ·Pᵢ of points of G1, for field elements xᵢ and, much
// faster, for small integers.
package msm

import (
	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Device computes ∑ scalars[i]·points[i] for slices of one length.
type Device interface {
	G1(points []curve.G1Affine, scalars []fr.Element) (curve.G1Affine, error)
}

// CPU is the Device that every machine has.
type CPU struct{}

var _ Device = CPU{}

// G1 implements Device.
func (CPU) G1(points []curve.G1Affine, scalars []fr.Element) (curve.G1Affine, error) {
	var out curve.G1Affine
	_, err := out.MultiExp(points, scalars, ecc.MultiExpConfig{})
	return out, err
}
