// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/parallel"
)

// multiplesG1 returns s⋅[1]₁ for every scalar s.
func multiplesG1(scalars []fr.Element) []curve.G1Affine {
	_, _, g1, _ := curve.Generators()
	out := make([]curve.G1Affine, len(scalars))
	multiples(point[fp.Element](g1), scalars, func(i int, p point[fp.Element]) { out[i] = curve.G1Affine(p) })
	return out
}

// multiplesG2 returns s⋅[1]₂ for every scalar s.
func multiplesG2(scalars []fr.Element) []curve.G2Affine {
	_, _, _, g2 := curve.Generators()
	out := make([]curve.G2Affine, len(scalars))
	multiples(point[curve.E2](g2), scalars, func(i int, p point[curve.E2]) { out[i] = curve.G2Affine(p) })
	return out
}

// A point is one of a curve y² = x³ + b, affine. The point at infinity is the zero value.
type point[F any] struct{ X, Y F }

// A field is what the coordinates of points are in.
type field[F any] interface {
	*F
	Add(a, b *F) *F
	Sub(a, b *F) *F
	Mul(a, b *F) *F
	Double(a *F) *F
	Square(a *F) *F
	Neg(a *F) *F
	Inverse(a *F) *F
	IsZero() bool
}

// The base is fixed, so that its multiples d⋅2ᶜʲ are looked up for all digits d and places j, and a scalar
// costs an addition per digit and no doubling: gnark-crypto's batch doubles 254 times. Additions are
// affine, many at a time with one inversion.
func multiples[F comparable, P field[F]](base point[F], scalars []fr.Element, set func(int, point[F])) {
	const batch = 512
	c := digitBits(len(scalars))
	tables := digitTables[F, P](base, c)
	batches := (len(scalars) + batch - 1) / batch
	workers := parallel.Workers()
	adders := make([]adder[F, P], workers)
	parallel.For(batches, workers, func(w, task int) {
		at := task * batch
		part := scalars[at:min(at+batch, len(scalars))]
		sums := make([]point[F], len(part))
		digits := make([]int32, len(part)*len(tables))
		defer clear(digits) // they are the secrets
		for i := range part {
			signedDigits(digits[i*len(tables):(i+1)*len(tables)], &part[i], c)
		}
		for j, table := range tables {
			for i := range part {
				switch d := digits[i*len(tables)+j]; {
				case d > 0:
					adders[w].add(&sums[i], table[d-1])
				case d < 0:
					q := table[-d-1]
					P(&q.Y).Neg(&q.Y)
					adders[w].add(&sums[i], q)
				}
			}
			adders[w].flush()
		}
		for i := range part {
			set(at+i, sums[i])
		}
	})
}

// scalarBits is one more than a scalar has, for the carry of the last digit.
const scalarBits = fr.Bits + 1

// digitBits returns the number of bits of a digit that makes tables and sums of n scalars cheapest.
func digitBits(n int) int {
	best, least := 0, 0
	for c := 2; c <= 13; c++ { // a larger table of G2 leaves the cache
		places := (scalarBits + c - 1) / c
		if cost := places * (n + 1<<(c-1)); best == 0 || cost < least {
			best, least = c, cost
		}
	}
	return best
}

// signedDigits writes s = ∑ digitsⱼ⋅2ᶜʲ with |digitsⱼ| ≤ 2ᶜ⁻¹.
func signedDigits(digits []int32, s *fr.Element, c int) {
	bits := s.Bits()
	carry := int32(0)
	for j := range digits {
		at := j * c
		word, shift := at/64, at%64
		d := bits[word] >> shift
		if shift+c > 64 && word+1 < len(bits) {
			d |= bits[word+1] << (64 - shift)
		}
		digits[j] = int32(d&(1<<c-1)) + carry
		carry = 0
		if digits[j] > 1<<(c-1) {
			digits[j] -= 1 << c
			carry = 1
		}
	}
}

// digitTables returns, for every place j, the multiples 1 … 2ᶜ⁻¹ of 2ᶜʲ⋅base.
func digitTables[F comparable, P field[F]](base point[F], c int) [][]point[F] {
	tables := make([][]point[F], (scalarBits+c-1)/c)
	size := 1 << (c - 1)
	for j := range tables {
		tables[j] = make([]point[F], size)
		tables[j][0] = base
		for range c {
			double[F, P](&base)
		}
	}
	parallel.For(len(tables), parallel.Workers(), func(_, j int) {
		var a adder[F, P]
		t := tables[j]
		for n := 1; n < size; n *= 2 { // from n multiples to 2n
			for i := range n {
				t[n+i] = t[i]
				a.add(&t[n+i], t[n-1])
			}
			a.flush()
		}
	})
	return tables
}

// An adder collects additions p += q to different points p, which flush makes.
type adder[F comparable, P field[F]] struct {
	sums  []*point[F]
	terms []point[F]
	run   []F // products of the denominators of the slopes up to each
}

// add makes p += q, now or at the next flush.
func (a *adder[F, P]) add(p *point[F], q point[F]) {
	switch {
	case P(&p.X).IsZero() && P(&p.Y).IsZero():
		*p = q
		return
	case p.X == q.X && p.Y == q.Y:
		double[F, P](p)
		return
	case p.X == q.X:
		*p = point[F]{}
		return
	}
	var d F
	P(&d).Sub(&q.X, &p.X)
	if n := len(a.run); n > 0 {
		P(&d).Mul(&d, &a.run[n-1])
	}
	a.sums, a.terms, a.run = append(a.sums, p), append(a.terms, q), append(a.run, d)
}

func (a *adder[F, P]) flush() {
	if len(a.run) == 0 {
		return
	}
	var inverse, slope, x, d F
	P(&inverse).Inverse(&a.run[len(a.run)-1])
	for i := len(a.run) - 1; i >= 0; i-- {
		p, q := a.sums[i], &a.terms[i]
		P(&d).Sub(&q.X, &p.X)
		slope = inverse
		if i > 0 {
			P(&slope).Mul(&inverse, &a.run[i-1])
			P(&inverse).Mul(&inverse, &d)
		}
		P(&d).Sub(&q.Y, &p.Y)
		P(&slope).Mul(&slope, &d)
		chord[F, P](p, &slope, P(&x).Add(&p.X, &q.X))
	}
	a.sums, a.terms, a.run = a.sums[:0], a.terms[:0], a.run[:0]
}

// chord replaces p by the third point, negated, on the line of that slope through p and a point such that
// the sum of their x is sum.
func chord[F comparable, P field[F]](p *point[F], slope, sum *F) {
	var x F
	P(&x).Square(slope)
	P(&x).Sub(&x, sum)
	P(&p.X).Sub(&p.X, &x)
	P(&p.X).Mul(&p.X, slope)
	P(&p.Y).Sub(&p.X, &p.Y)
	p.X = x
}

// double makes p += p. No point has order 2.
func double[F comparable, P field[F]](p *point[F]) {
	if P(&p.Y).IsZero() {
		return
	}
	var slope, d F
	P(&slope).Square(&p.X)
	P(&d).Double(&slope)
	P(&slope).Add(&slope, &d)
	P(&d).Double(&p.Y)
	P(&d).Inverse(&d)
	P(&slope).Mul(&slope, &d)
	chord[F, P](p, &slope, P(&d).Double(&p.X))
}
