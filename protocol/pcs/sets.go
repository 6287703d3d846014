// SPDX-License-Identifier: Apache-2.0

package pcs

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// sets is the batch opening of g, h, S, D at a point y.
type sets struct {
	zeta, inverse, alpha fr.Element
	y                    fr.Element
	weights              [4]fr.Element // βⁱ·Z_{T∖Sᵢ}(y)
	vanishing            fr.Element    // Z_T(y)
}

// newSets also reports whether the points ζ, 1/ζ, α, y, 0 are distinct, without which
// nothing is proved by the batch.
func newSets(c Challenges) (e *sets, distinct bool) {
	e = &sets{zeta: c.Zeta, alpha: c.Alpha, y: c.Y}
	e.inverse.Inverse(&c.Zeta)
	var z, i, a fr.Element
	z.Sub(&c.Y, &e.zeta)
	i.Sub(&c.Y, &e.inverse)
	a.Sub(&c.Y, &e.alpha)
	distinct = !c.Zeta.IsZero() && !c.Alpha.IsZero() && !c.Zeta.Equal(&e.inverse) && !c.Alpha.Equal(&c.Zeta) &&
		!c.Alpha.Equal(&e.inverse) && !z.IsZero() && !i.IsZero() && !a.IsZero()
	var beta2, beta3 fr.Element
	beta2.Square(&c.Beta)
	beta3.Mul(&beta2, &c.Beta)
	e.weights[0] = a                                    // g: T∖{ζ, 1/ζ}
	e.weights[1] = c.Beta                               // h: T∖T
	e.weights[2].Mul(&beta2, &a)                        // S: T∖{ζ, 1/ζ}
	e.weights[3].Mul(&beta3, &a).Mul(&e.weights[3], &i) // D: T∖{ζ}
	e.vanishing.Mul(&z, &i).Mul(&e.vanishing, &a)
	return e, distinct
}

// interpolants returns pᵢ*(y) for g, h, S and D.
func (e *sets) interpolants(p Params, proof *Proof) [4]fr.Element {
	two := []fr.Element{e.zeta, e.inverse}
	three := []fr.Element{e.zeta, e.inverse, e.alpha}
	power := fr.One() // ζ^(b−1) = ∏ ζ^(2ⁱ)
	for i, x := 0, e.zeta; i < p.Low(); i++ {
		power.Mul(&power, &x)
		x.Square(&x)
	}
	var d fr.Element
	d.Mul(&power, &proof.GInv)
	return [4]fr.Element{
		interpolate(two, []fr.Element{proof.G, proof.GInv}, e.y),
		interpolate(three, []fr.Element{proof.H, proof.HInv, proof.HAlpha}, e.y),
		interpolate(two, []fr.Element{proof.S, proof.SInv}, e.y),
		d,
	}
}

// interpolate returns at y the polynomial of lowest degree with the given values at
// points, which are distinct.
func interpolate(points, values []fr.Element, y fr.Element) fr.Element {
	var out fr.Element
	for i := range points {
		numerator, denominator := values[i], fr.One()
		for j := range points {
			if i == j {
				continue
			}
			var d fr.Element
			numerator.Mul(&numerator, d.Sub(&y, &points[j]))
			denominator.Mul(&denominator, d.Sub(&points[i], &points[j]))
		}
		numerator.Div(&numerator, &denominator)
		out.Add(&out, &numerator)
	}
	return out
}

// BatchWeights returns βⁱ·Z_{T∖Sᵢ}(y) for g, h, S and D, and Z_T(y). It reports false if
// the challenges are degenerate.
func BatchWeights(c Challenges) (weights [4]fr.Element, vanishing fr.Element, ok bool) {
	e, ok := newSets(c)
	return e.weights, e.vanishing, ok
}
