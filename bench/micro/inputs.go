// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math/big"
	"math/rand/v2"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
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

// scaled returns the points kᵢ·G, and a function that says what ∑ xᵢ·kᵢ·G is, by one
// multiplication of a point: it shares nothing with multi-exponentiations.
func scaledG1(logs []fr.Element) (points []curve.G1Affine, sum func(fr.Element) curve.G1Affine) {
	_, _, g, _ := curve.Generators()
	return curve.BatchScalarMultiplicationG1(&g, logs), func(x fr.Element) (out curve.G1Affine) {
		out.ScalarMultiplication(&g, x.BigInt(new(big.Int)))
		return out
	}
}

func scaledG2(logs []fr.Element) (points []curve.G2Affine, sum func(fr.Element) curve.G2Affine) {
	_, _, _, g := curve.Generators()
	return curve.BatchScalarMultiplicationG2(&g, logs), func(x fr.Element) (out curve.G2Affine) {
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
