// SPDX-License-Identifier: Apache-2.0

package cpu_test

import (
	"fmt"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// TestSparse sums over scalars of which few are not zero, and over negative integers. Point
// i is i+1 times the generator, so that the sum is known.
func TestSparse(t *testing.T) {
	t.Parallel()
	const n = 5000
	multiples := make([]fr.Element, n)
	for i := range multiples {
		multiples[i].SetUint64(uint64(i + 1))
	}
	_, _, g1, g2 := curve.Generators()
	p1, _ := cpu.Device{}.G1(curve.BatchScalarMultiplicationG1(&g1, multiples))
	p2, _ := cpu.Device{}.G2(curve.BatchScalarMultiplicationG2(&g2, multiples))
	for _, step := range []int{1, 2, 3, 10, n} {
		x, ints := make(accel.Elements, n), make(accel.Ints[int16], n)
		var sum, intSum, term fr.Element
		for i := 0; i < n; i += step {
			ints[i] = int16(i*7) - 300
			intSum.Add(&intSum, term.Mul(&multiples[i], term.SetInt64(int64(ints[i]))))
			x[i].SetInt64(int64(i) - 1000)
			x[i].Inverse(&x[i])
			sum.Add(&sum, term.Mul(&multiples[i], &x[i]))
		}
		want1 := curve.BatchScalarMultiplicationG1(&g1, []fr.Element{sum, intSum})
		want2 := curve.BatchScalarMultiplicationG2(&g2, []fr.Element{sum, intSum})
		got1, err := p1.MSM(0, x, ints)
		if err != nil {
			t.Fatal(err)
		}
		got2, err := p2.MSM(0, x, ints)
		if err != nil {
			t.Fatal(err)
		}
		for k, name := range []string{"elements", "integers"} {
			what := fmt.Sprintf("one of %d scalars, %s", step, name)
			if !got1[k].Equal(&want1[k]) {
				t.Errorf("%s: wrong sum in G1", what)
			}
			if !got2[k].Equal(&want2[k]) {
				t.Errorf("%s: wrong sum in G2", what)
			}
		}
	}
}
