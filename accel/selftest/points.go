// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// sums is accel.G1 or accel.G2.
type sums[P any] interface {
	Len() int
	MSM(from int, scalars ...accel.Scalars) ([]P, error)
	Free()
}

// A group is G1 or G2.
type group[P comparable] struct {
	name  string
	keep  func(accel.Device, []P) (sums[P], error)
	times func(*fr.Element) P         // multiples of the generator
	many  func(logs []fr.Element) []P // the same of many
}

var groupG1 = group[curve.G1Affine]{
	"G1",
	func(d accel.Device, p []curve.G1Affine) (sums[curve.G1Affine], error) { return d.G1(p) },
	func(x *fr.Element) (p curve.G1Affine) {
		p.ScalarMultiplicationBase(x.BigInt(new(big.Int)))
		return p
	},
	func(logs []fr.Element) []curve.G1Affine {
		_, _, g, _ := curve.Generators()
		return curve.BatchScalarMultiplicationG1(&g, logs)
	},
}

var groupG2 = group[curve.G2Affine]{
	"G2",
	func(d accel.Device, p []curve.G2Affine) (sums[curve.G2Affine], error) { return d.G2(p) },
	func(x *fr.Element) (p curve.G2Affine) {
		p.ScalarMultiplicationBase(x.BigInt(new(big.Int)))
		return p
	},
	func(logs []fr.Element) []curve.G2Affine {
		_, _, _, g := curve.Generators()
		return curve.BatchScalarMultiplicationG2(&g, logs)
	},
}

// placings are how points may lie, by their logarithms.
var placings = []fill{
	{"distinct points", func(rnd *rand.Rand, _, _ int) fr.Element { return random(rnd) }},
	{"some at infinity, equal and opposite", func(rnd *rand.Rand, i, _ int) fr.Element {
		switch i % 8 {
		case 1, 2:
			return repeated
		case 3, 5:
			x := repeated
			return *x.Neg(&x)
		case 6:
			return small(0)
		}
		return random(rnd)
	}},
	{"one point again and again", func(*rand.Rand, int, int) fr.Element { return small(5) }},
	{"a point and its opposite", func(_ *rand.Rand, i, _ int) fr.Element { return small(int64(1 - 2*(i%2))) }},
	{"all at infinity", func(*rand.Rand, int, int) fr.Element { return small(0) }},
}

// A basis is points on a device, with their logarithms.
type basis[P comparable] struct {
	group[P]
	logs   []fr.Element
	points []P
	held   sums[P]
}

// hold keeps the points of logarithms on a device.
func (g group[P]) hold(d accel.Device, logs []fr.Element) (*basis[P], error) {
	points := g.many(logs)
	held, err := g.keep(d, points)
	if err != nil {
		return nil, fmt.Errorf("keep %d points of %s: %w", len(points), g.name, err)
	}
	if held.Len() != len(points) {
		return nil, fmt.Errorf("%d points of %s became %d", len(points), g.name, held.Len())
	}
	return &basis[P]{g, logs, points, held}, nil
}

// check compares the sums of one call with what they must be.
func (b *basis[P]) check(from int, batch ...given) error {
	scalars := make([]accel.Scalars, len(batch))
	for k, x := range batch {
		scalars[k] = x.x
	}
	got, err := b.held.MSM(from, scalars...)
	if err != nil {
		return fmt.Errorf("sums over %s from point %d: %w", b.name, from, err)
	}
	if len(got) != len(batch) {
		return fmt.Errorf("%d sums over %s for %d lists of scalars", len(got), b.name, len(batch))
	}
	for k, x := range batch {
		if got[k] != b.want(from, x.e) {
			return fmt.Errorf("wrong sum %d of %d over %s: %d scalars (%s) from point %d of %d",
				k, len(batch), b.name, len(x.e), x.name, from, len(b.logs))
		}
	}
	return nil
}

// want returns the sum, from the logarithms of the points.
func (b *basis[P]) want(from int, e []fr.Element) P {
	var log, t fr.Element
	for i := range e {
		log.Add(&log, t.Mul(&e[i], &b.logs[from+i]))
	}
	return b.times(&log)
}
