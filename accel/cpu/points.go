// SPDX-License-Identifier: Apache-2.0

package cpu

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/msm"
)

type g1 []curve.G1Affine

func (p g1) Len() int { return len(p) }

func (p g1) Free() {}

func (p g1) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	out := make([]curve.G1Affine, len(scalars))
	for k, x := range scalars {
		points, err := span(p, from, x.Len())
		if err != nil {
			return nil, err
		}
		if out[k], err = sum(points, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func sum(points []curve.G1Affine, x accel.Scalars) (out curve.G1Affine, err error) {
	switch x := x.(type) {
	case accel.Ints[int8]:
		return msm.Small(points, x)
	case accel.Ints[int16]:
		return msm.Small(points, x)
	case accel.Ints[int32]:
		return msm.Small(points, x)
	case accel.Ints[int64]:
		return msm.Small(points, x)
	}
	e, err := elements(x)
	if err == nil {
		points, e = dense(points, e)
		_, err = out.MultiExp(points, e, ecc.MultiExpConfig{})
	}
	return out, err
}

type g2 []curve.G2Affine

func (p g2) Len() int { return len(p) }

func (p g2) Free() {}

func (p g2) MSM(from int, scalars ...accel.Scalars) ([]curve.G2Affine, error) {
	out := make([]curve.G2Affine, len(scalars))
	for k, x := range scalars {
		points, err := span(p, from, x.Len())
		if err != nil {
			return nil, err
		}
		if out[k], err = sum2(points, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sum2 takes negative integers apart: as field elements they are as long as any, and slow.
func sum2(points []curve.G2Affine, x accel.Scalars) (out curve.G2Affine, err error) {
	var below []fr.Element
	switch x := x.(type) {
	case accel.Ints[int8]:
		below = negated(x)
	case accel.Ints[int16]:
		below = negated(x)
	case accel.Ints[int32]:
		below = negated(x)
	case accel.Ints[int64]:
		below = negated(x)
	}
	e, err := elements(x)
	if err != nil {
		return out, err
	}
	var negative curve.G2Affine
	if below != nil {
		for i := range e {
			if !below[i].IsZero() {
				e[i].SetZero()
			}
		}
		p, b := dense(points, below)
		if _, err = negative.MultiExp(p, b, ecc.MultiExpConfig{}); err != nil {
			return out, err
		}
	}
	points, e = dense(points, e)
	if _, err = out.MultiExp(points, e, ecc.MultiExpConfig{}); err != nil {
		return out, err
	}
	return *out.Sub(&out, &negative), nil
}

// negated returns −x where x is negative, and 0 elsewhere, or nil if it is nowhere.
func negated[I accel.Int](x accel.Ints[I]) (out []fr.Element) {
	for i, v := range x {
		if v < 0 {
			if out == nil {
				out = make([]fr.Element, len(x))
			}
			out[i].SetInt64(int64(v))
			out[i].Neg(&out[i])
		}
	}
	return out
}

// span returns n points from an index on.
func span[P any](points []P, from, n int) ([]P, error) {
	if from < 0 || from > len(points) || n > len(points)-from {
		return nil, fmt.Errorf("scalars for points [%d, %d) of %d", from, from+n, len(points))
	}
	return points[from : from+n], nil
}

// From batched on, gnark-crypto adds points in batches, which is faster. Sums of few points
// are fast enough, and of many its scalars are divided in the same way whatever their
// number.
const (
	few     = 1 << 10
	batched = 1 << 12
	many    = 1 << 18
)

// dense leaves out points of scalars that are zero, if these are many and the rest may be
// copied: with fewer points, gnark-crypto divides scalars in a way that takes fewer
// additions.
func dense[P any](points []P, x []fr.Element) ([]P, []fr.Element) {
	if len(x) > many {
		return points, x
	}
	n := 0
	for i := range x {
		if !x[i].IsZero() {
			n++
		}
	}
	if n > len(x)/4*3 || len(x) > batched && n <= batched && n > few {
		return points, x
	}
	p, e := make([]P, 0, n), make([]fr.Element, 0, n)
	for i := range x {
		if !x[i].IsZero() {
			p, e = append(p, points[i]), append(e, x[i])
		}
	}
	return p, e
}

// elements returns scalars as field elements.
func elements(x accel.Scalars) ([]fr.Element, error) {
	switch x := x.(type) {
	case accel.Elements:
		return x, nil
	case *vector:
		return x.e, nil
	case accel.Ints[int8]:
		return expand(x), nil
	case accel.Ints[int16]:
		return expand(x), nil
	case accel.Ints[int32]:
		return expand(x), nil
	case accel.Ints[int64]:
		return expand(x), nil
	}
	return nil, fmt.Errorf("scalars of type %T", x)
}

func expand[I accel.Int](x accel.Ints[I]) []fr.Element {
	out := make([]fr.Element, len(x))
	for i, v := range x {
		out[i].SetInt64(int64(v))
	}
	return out
}
