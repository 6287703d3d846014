// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	"fmt"
	"math/big"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// scalarsOf returns n scalars, those at the edges first.
func scalarsOf(t testing.TB, n int) []fr.Element {
	t.Helper()
	scalars := make([]fr.Element, n)
	for i := range scalars {
		if _, err := scalars[i].SetRandom(); err != nil {
			t.Fatal(err)
		}
	}
	edges := []fr.Element{{}, fr.One()}
	for i := range 254 {
		var e, minus fr.Element
		e.SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(i)))
		one := fr.One()
		minus.Sub(&e, &one)
		edges = append(edges, e, minus)
		minus.Neg(&e)
		edges = append(edges, minus)
	}
	copy(scalars, edges)
	return scalars
}

// Multiples are those of gnark-crypto, for digits of every size.
func TestMultiples(t *testing.T) {
	t.Parallel()
	_, _, g1, g2 := curve.Generators()
	for _, n := range []int{0, 1, 2, 5, 40, 600, 3000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			scalars := scalarsOf(t, n)
			if n > 0 {
				want := curve.BatchScalarMultiplicationG1(&g1, scalars)
				for i, p := range multiplesG1(scalars) {
					if !p.Equal(&want[i]) {
						t.Fatalf("multiple %d differs in G1", i)
					}
				}
				wantG2 := curve.BatchScalarMultiplicationG2(&g2, scalars)
				for i, p := range multiplesG2(scalars) {
					if !p.Equal(&wantG2[i]) {
						t.Fatalf("multiple %d differs in G2", i)
					}
				}
			} else if len(multiplesG1(scalars)) != 0 {
				t.Error("points without scalars")
			}
		})
	}
}

// Digits of every size make up their scalar.
func TestSignedDigits(t *testing.T) {
	t.Parallel()
	for c := 2; c <= 13; c++ {
		digits := make([]int32, (scalarBits+c-1)/c)
		base := fr.NewElement(1 << c)
		for _, s := range scalarsOf(t, 1000) {
			signedDigits(digits, &s, c)
			var sum, d fr.Element
			for j := len(digits) - 1; j >= 0; j-- {
				if digits[j] > 1<<(c-1) || digits[j] < -1<<(c-1) {
					t.Fatalf("%d bits: digit %d", c, digits[j])
				}
				d.SetInt64(int64(digits[j]))
				sum.Mul(&sum, &base).Add(&sum, &d)
			}
			if !sum.Equal(&s) {
				t.Fatalf("%d bits: the digits of %s make %s", c, s.String(), sum.String())
			}
		}
	}
}

func BenchmarkMultiples(b *testing.B) {
	scalars := make([]fr.Element, 1<<16)
	for i := range scalars {
		if _, err := scalars[i].SetRandom(); err != nil {
			b.Fatal(err)
		}
	}
	_, _, g1, g2 := curve.Generators()
	for name, f := range map[string]func(){
		"G1":          func() { multiplesG1(scalars) },
		"G1/of-gnark": func() { curve.BatchScalarMultiplicationG1(&g1, scalars) },
		"G2":          func() { multiplesG2(scalars) },
		"G2/of-gnark": func() { curve.BatchScalarMultiplicationG2(&g2, scalars) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
		})
	}
}
