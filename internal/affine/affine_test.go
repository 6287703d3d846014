// SPDX-License-Identifier: Apache-2.0

package affine_test

import (
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/internal/affine"
)

// generators returns n multiples of each generator, the first of them at infinity.
func generators(n int) ([]curve.G1Affine, []curve.G2Affine) {
	_, _, g1, g2 := curve.Generators()
	p1, p2 := make([]curve.G1Affine, n), make([]curve.G2Affine, n)
	for i := 1; i < n; i++ {
		p1[i].Add(&p1[i-1], &g1)
		p2[i].Add(&p2[i-1], &g2)
	}
	return p1, p2
}

// Sums are those of gnark-crypto, whatever the points are to each other.
func TestAdder(t *testing.T) {
	t.Parallel()
	const n = 40
	p1, p2 := generators(n)
	var a1 affine.Adder[affine.G1, *affine.G1]
	var a2 affine.Adder[affine.G2, *affine.G2]
	var sums1 [2 * n * n]affine.Point[affine.G1]
	var sums2 [2 * n * n]affine.Point[affine.G2]
	for i := range n {
		for j := range n {
			at := i*n + j
			sums1[at], sums2[at] = affine.Point[affine.G1](p1[i]), affine.Point[affine.G2](p2[i])
			q1, q2 := affine.Point[affine.G1](p1[j]), affine.Point[affine.G2](p2[j])
			a1.Add(&sums1[at], &q1)
			a2.Add(&sums2[at], &q2)
			at += n * n
			sums1[at], sums2[at] = affine.Point[affine.G1](p1[i]), affine.Point[affine.G2](p2[i])
			a1.Sub(&sums1[at], &q1)
			a2.Sub(&sums2[at], &q2)
		}
	}
	a1.Flush()
	a2.Flush()
	for i := range n {
		for j := range n {
			var w1 [2]curve.G1Affine
			var w2 [2]curve.G2Affine
			w1[0].Add(&p1[i], &p1[j])
			w1[1].Sub(&p1[i], &p1[j])
			w2[0].Add(&p2[i], &p2[j])
			w2[1].Sub(&p2[i], &p2[j])
			for k := range 2 {
				if at := i*n + j + k*n*n; curve.G1Affine(sums1[at]) != w1[k] || curve.G2Affine(sums2[at]) != w2[k] {
					t.Fatalf("points %d and %d: another sum or difference", i, j)
				}
			}
		}
	}
}
