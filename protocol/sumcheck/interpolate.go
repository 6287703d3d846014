// SPDX-License-Identifier: Apache-2.0

package sumcheck

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// Interpolate returns the coefficients of the polynomial with the given values at
// 0, 1, …, d, d ≥ 1, by Newton's divided differences.
func Interpolate(values []fr.Element) []fr.Element {
	d := len(values) - 1
	diff := append([]fr.Element(nil), values...)
	for k := 1; k <= d; k++ {
		var inv fr.Element
		inv.SetUint64(uint64(k))
		inv.Inverse(&inv)
		for i := d; i >= k; i-- {
			diff[i].Sub(&diff[i], &diff[i-1]).Mul(&diff[i], &inv)
		}
	}
	// Horner on ∑ diffₖ·X·(X−1)···(X−k+1).
	c := make([]fr.Element, d+1)
	c[0] = diff[d]
	for k := d - 1; k >= 0; k-- {
		var at fr.Element
		at.SetUint64(uint64(k))
		for i := d; i > 0; i-- { // c ← c·(X − k)
			var s fr.Element
			s.Mul(&c[i], &at)
			c[i].Sub(&c[i-1], &s)
		}
		c[0].Mul(&c[0], &at).Neg(&c[0])
		c[0].Add(&c[0], &diff[k])
	}
	return c
}
