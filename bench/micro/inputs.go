// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math/big"
	"math/bits"
	"math/rand/v2"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// seeded returns the generator of all inputs of one kind: runs have the same.
func seeded(kind uint64) *rand.Rand { return rand.New(rand.NewPCG(0x7a6b6d6c, kind)) }

// elements returns n elements, uniform but for 2 of 2²⁵⁶ parts.
func elements(rng *rand.Rand, n int) fr.Vector {
	out := make(fr.Vector, n)
	for i := range out {
		out[i] = element(rng)
	}
	return out
}

func element(rng *rand.Rand) (x fr.Element) {
	for k := range x {
		x[k] = rng.Uint64()
	}
	x[3] >>= 3 // below the modulus
	return x
}

func coordinates(rng *rand.Rand, n int) []fp.Element {
	out := make([]fp.Element, n)
	for i := range out {
		out[i] = fp.Element(element(rng))
	}
	return out
}

// integers returns n integers of a width, all equally likely.
func integers[I accel.Int](rng *rand.Rand, n int) accel.Ints[I] {
	out := make(accel.Ints[I], n)
	for i := range out {
		out[i] = I(rng.Uint64())
	}
	return out
}

// logarithms returns n = 2ᵏ logarithms, each the sum of one of a and one of b, so that a point
// takes an addition; add calls do with the indices of each sum and of its two parts.
func logarithms(rng *rand.Rand, n int) (logs, a, b fr.Vector, add func(do func(i, j, k int))) {
	k := bits.Len(uint(n)) - 1
	a, b = elements(rng, 1<<((k+1)/2)), elements(rng, 1<<(k/2))
	logs = make(fr.Vector, n)
	add = func(do func(i, j, k int)) {
		parallel.For(len(b), parallel.Workers(), func(_, k int) {
			for j := range a {
				do(k*len(a)+j, j, k)
			}
		})
	}
	add(func(i, j, k int) { logs[i].Add(&a[j], &b[k]) })
	return logs, a, b, add
}

// scaledG1 returns n points, their logarithms, and a function that says what ∑ xᵢ·Pᵢ is for
// ∑ xᵢ·log Pᵢ, by one multiplication of a point: it shares nothing with
// multi-exponentiations.
func scaledG1(rng *rand.Rand, n int) (points []curve.G1Affine, logs []fr.Element, sum func(fr.Element) curve.G1Affine) {
	_, _, g, _ := curve.Generators()
	logs, a, b, add := logarithms(rng, n)
	p, q := curve.BatchScalarMultiplicationG1(&g, a), curve.BatchScalarMultiplicationG1(&g, b)
	points = make([]curve.G1Affine, n)
	add(func(i, j, k int) { points[i].Add(&p[j], &q[k]) })
	return points, logs, func(x fr.Element) (out curve.G1Affine) {
		out.ScalarMultiplication(&g, x.BigInt(new(big.Int)))
		return out
	}
}

// scaledG2 is scaledG1 in the other group.
func scaledG2(rng *rand.Rand, n int) (points []curve.G2Affine, logs []fr.Element, sum func(fr.Element) curve.G2Affine) {
	_, _, _, g := curve.Generators()
	logs, a, b, add := logarithms(rng, n)
	p, q := curve.BatchScalarMultiplicationG2(&g, a), curve.BatchScalarMultiplicationG2(&g, b)
	points = make([]curve.G2Affine, n)
	add(func(i, j, k int) { points[i].Add(&p[j], &q[k]) })
	return points, logs, func(x fr.Element) (out curve.G2Affine) {
		out.ScalarMultiplication(&g, x.BigInt(new(big.Int)))
		return out
	}
}

// inner returns ∑ xᵢ·yᵢ.
func inner(n int, x func(i int) fr.Element, y []fr.Element) (sum fr.Element) {
	for i := range n {
		v := x(i)
		sum.Add(&sum, v.Mul(&v, &y[i]))
	}
	return sum
}
