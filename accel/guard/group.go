// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
)

// sums is accel.G1 or accel.G2.
type sums[P any] interface {
	Len() int
	MSM(from int, scalars ...accel.Scalars) ([]P, error)
	Free()
}

// A group is G1 or G2.
type group[P any] struct {
	keepKind, kind Kind
	keep           func(accel.Device, []P) (sums[P], error)
	add            func(a, b *P) // a += b
	onCurve        func(*P) bool
}

var groupG1 = &group[curve.G1Affine]{
	KeepG1, MSMG1,
	func(d accel.Device, p []curve.G1Affine) (sums[curve.G1Affine], error) { return d.G1(p) },
	func(a, b *curve.G1Affine) { a.Add(a, b) },
	func(p *curve.G1Affine) bool { return p.IsOnCurve() },
}

var groupG2 = &group[curve.G2Affine]{
	KeepG2, MSMG2,
	func(d accel.Device, p []curve.G2Affine) (sums[curve.G2Affine], error) { return d.G2(p) },
	func(a, b *curve.G2Affine) { a.Add(a, b) },
	func(p *curve.G2Affine) bool { return p.IsOnCurve() },
}

// sum asks the device for sums, and looks at whether they can be any.
func (g *group[P]) sum(d *Device, held sums[P], from int, scalars []accel.Scalars) ([]P, error) {
	return call(d, g.kind, total(scalars), func() ([]P, error) {
		out, err := held.MSM(from, scalars...)
		if err != nil {
			return nil, err
		}
		if len(out) != len(scalars) {
			return nil, fmt.Errorf("%w: %d sums for %d lists of scalars", accel.ErrFault, len(out), len(scalars))
		}
		for k := range out {
			if !g.onCurve(&out[k]) {
				return nil, fmt.Errorf("%w: sum %d is not a point of the curve", accel.ErrFault, k)
			}
		}
		return out, nil
	})
}

// plus adds sums to others.
func (g *group[P]) plus(to, from []P) {
	for k := range to {
		g.add(&to[k], &from[k])
	}
}
