// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/affine"
	"github.com/zkml-go/zkml/internal/parallel"
)

// multiplesG1 returns s⋅[1]₁ for every scalar s.
func multiplesG1(scalars []fr.Element) []curve.G1Affine {
	_, _, g1, _ := curve.Generators()
	out := make([]curve.G1Affine, len(scalars))
	multiples(affine.Point[affine.G1](g1), scalars, func(i int, p affine.Point[affine.G1]) { out[i] = curve.G1Affine(p) })
	return out
}

// multiplesG2 returns s⋅[1]₂ for every scalar s.
func multiplesG2(scalars []fr.Element) []curve.G2Affine {
	_, _, _, g2 := curve.Generators()
	out := make([]curve.G2Affine, len(scalars))
	multiples(affine.Point[affine.G2](g2), scalars, func(i int, p affine.Point[affine.G2]) { out[i] = curve.G2Affine(p) })
	return out
}

// The base is fixed, so that its multiples d⋅2ᶜʲ are looked up for all digits d and places j, and a scalar
// costs an addition per digit and no doubling: gnark-crypto's batch doubles 254 times. Additions are
// affine, many at a time with one inversion.
func multiples[F comparable, P affine.Field[F]](base affine.Point[F], scalars []fr.Element, set func(int, affine.Point[F])) {
	const batch = 512
	c := digitBits(len(scalars))
	tables := digitTables[F, P](base, c)
	batches := (len(scalars) + batch - 1) / batch
	workers := parallel.Workers()
	adders := make([]affine.Adder[F, P], workers)
	parallel.For(batches, workers, func(w, task int) {
		at := task * batch
		part := scalars[at:min(at+batch, len(scalars))]
		sums := make([]affine.Point[F], len(part))
		digits := make([]int32, len(part)*len(tables))
		defer clear(digits) // they are the secrets
		for i := range part {
			signedDigits(digits[i*len(tables):(i+1)*len(tables)], &part[i], c)
		}
		for j, table := range tables {
			for i := range part {
				switch d := digits[i*len(tables)+j]; {
				case d > 0:
					adders[w].Add(&sums[i], &table[d-1])
				case d < 0:
					adders[w].Sub(&sums[i], &table[-d-1])
				}
			}
			adders[w].Flush()
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
func digitTables[F comparable, P affine.Field[F]](base affine.Point[F], c int) [][]affine.Point[F] {
	tables := make([][]affine.Point[F], (scalarBits+c-1)/c)
	size := 1 << (c - 1)
	var doubling affine.Adder[F, P]
	for j := range tables {
		tables[j] = make([]affine.Point[F], size)
		tables[j][0] = base
		for range c {
			doubling.Double(&base)
			doubling.Flush()
		}
	}
	parallel.For(len(tables), parallel.Workers(), func(_, j int) {
		var a affine.Adder[F, P]
		t := tables[j]
		for n := 1; n < size; n *= 2 { // from n multiples to 2n
			for i := range n {
				t[n+i] = t[i]
				a.Add(&t[n+i], &t[n-1])
			}
			a.Flush()
		}
	})
	return tables
}
