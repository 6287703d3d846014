// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"encoding/binary"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/zkml-go/zkml/accel"
)

// Points are coordinates in standard form, limbs in little-endian order: (x, y), or
// (x, y, z) for (x/z, y/z). Infinity is (0, 0), as in gnark-crypto, or z = 0.
type (
	affineG1 [2][4]uint64
	affineG2 [4][4]uint64
)

func standardG1(to *affineG1, p *curve.G1Affine) {
	*to = affineG1{p.X.Bits(), p.Y.Bits()}
}

func standardG2(to *affineG2, p *curve.G2Affine) {
	*to = affineG2{p.X.A0.Bits(), p.X.A1.Bits(), p.Y.A0.Bits(), p.Y.A1.Bits()}
}

// toG1 reads a result. That it is on the curve is what a reader of the wrong bytes, or a
// device that computed with wrong ones, does not get by chance.
func toG1(c [][4]uint64) (p curve.G1Affine, err error) {
	e, err := coordinates(c)
	if err != nil || e[2].IsZero() {
		return p, err
	}
	e[2].Inverse(&e[2])
	p.X.Mul(&e[0], &e[2])
	p.Y.Mul(&e[1], &e[2])
	if !p.IsOnCurve() {
		return p, fmt.Errorf("icicle: a sum is not on the curve: %w", accel.ErrFault)
	}
	return p, nil
}

// toG2 reads a result.
func toG2(c [][4]uint64) (p curve.G2Affine, err error) {
	e, err := coordinates(c)
	if err != nil {
		return p, err
	}
	z := curve.E2{A0: e[4], A1: e[5]}
	if z.IsZero() {
		return p, nil
	}
	z.Inverse(&z)
	p.X.Mul(&curve.E2{A0: e[0], A1: e[1]}, &z)
	p.Y.Mul(&curve.E2{A0: e[2], A1: e[3]}, &z)
	if !p.IsOnCurve() {
		return p, fmt.Errorf("icicle: a sum is not on the curve of G2: %w", accel.ErrFault)
	}
	return p, nil
}

// coordinates reads field elements in standard form.
func coordinates(c [][4]uint64) ([]fp.Element, error) {
	out := make([]fp.Element, len(c))
	for i, limbs := range c {
		var b [fp.Bytes]byte
		for j, l := range limbs {
			binary.LittleEndian.PutUint64(b[8*j:], l)
		}
		var err error
		if out[i], err = fp.LittleEndian.Element(&b); err != nil {
			return nil, fmt.Errorf("icicle: a coordinate that is not reduced: %w", accel.ErrFault)
		}
	}
	return out, nil
}
