// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
)

type g1 struct{ bases }

// MSM implements accel.G1.
func (p *g1) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	sums := make([]curve.G1Jac, len(scalars))
	err := p.sum(from, scalars, func(k int, negative bool, c [][4]uint64) error {
		q, err := toG1(c)
		if err != nil {
			return err
		}
		if negative {
			q.Neg(&q)
		}
		sums[k].AddMixed(&q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return curve.BatchJacobianToAffineG1(sums), nil
}

type g2 struct{ bases }

// MSM implements accel.G2.
func (p *g2) MSM(from int, scalars ...accel.Scalars) ([]curve.G2Affine, error) {
	sums := make([]curve.G2Jac, len(scalars))
	err := p.sum(from, scalars, func(k int, negative bool, c [][4]uint64) error {
		q, err := toG2(c)
		if err != nil {
			return err
		}
		if negative {
			q.Neg(&q)
		}
		sums[k].AddMixed(&q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]curve.G2Affine, len(sums))
	for k := range sums {
		out[k].FromJacobian(&sums[k])
	}
	return out, nil
}
