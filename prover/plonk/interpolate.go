// SPDX-License-Identifier: Apache-2.0

package plonk

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// The numerator of t has degree 4n + 5: three wires of degree n + 1 and z of degree n + 2.
// So t has 3n + 6 coefficients, 6 more than there are points on three cosets. These are
// found first, since numerator = (Xⁿ − 1)·t says of its coefficients of Xⁱ with i ≥ 4n
//
//	t_{i−n} = numeratorᵢ + tᵢ
//
// and there only the two products of the order reach: the gates have degree 3n + 1 at most,
// L₁·z 2n + 1.

// blinded is how many coefficients of t there are beyond 3n: 3·(2 − 1) + 3 for the blinding of
// wires and z.
const blinded = 6

// A head is the highest coefficients of a polynomial of a degree that is known from where
// it is used, the highest first.
type head = [blinded]fr.Element

// highest returns the head of f as of a polynomial of a degree.
func highest(f []fr.Element, degree int) (out head) {
	for i := range out {
		if j := degree - i; 0 <= j && j < len(f) {
			out[i] = f[j]
		}
	}
	return out
}

// times returns the head of a product.
func times(f, g head) (out head) {
	for i := range f {
		for j := range len(f) - i {
			var x fr.Element
			out[i+j].Add(&out[i+j], x.Mul(&f[i], &g[j]))
		}
	}
	return out
}

// highest sets the last coefficients of t, from that of X³ⁿ on.
func (p *prover) highest(out []fr.Element) {
	n := p.place.n
	z := highest(p.z, n+2)
	order := z
	for i := range order { // z(ωX) has ωⁱ times the coefficients of z
		j := n + 2 - i
		if j >= 0 {
			order[i].Mul(&order[i], &p.place.roots[j%n])
		}
	}
	for j, w := range p.wires {
		sigma, identity := highest(w, n+1), highest(w, n+1)
		for i := range sigma {
			var x fr.Element
			x.Mul(&p.place.head[j][i], &p.betas[0])
			sigma[i].Add(&sigma[i], &x)
			switch n + 1 - i {
			case 1:
				identity[i].Add(&identity[i], &p.betas[j])
			case 0:
				identity[i].Add(&identity[i], &p.gamma)
				sigma[i].Add(&sigma[i], &p.gamma)
			}
		}
		order, z = times(order, sigma), times(z, identity)
	}
	for i := range order { // the coefficient of X⁴ⁿ⁺⁵⁻ⁱ
		at := blinded - 1 - i
		out[at].Sub(&order[i], &z[i])
		out[at].Mul(&out[at], &p.alpha)
		if above := at + n; above < blinded {
			out[at].Add(&out[at], &out[above])
		}
	}
}

// interpolate finds t = t₀ + t₁·Xⁿ + t₂·X²ⁿ + t₃·X³ⁿ, where t₃ is known and in its place.
// In the others' place is t modulo Xⁿ − ιᵐ for m = 1, 2, 3, which is t on the cosets:
//
//	u₁ = t₀ + ι·t₁ − t₂ − ι·t₃,  u₂ = t₀ − t₁ + t₂ − t₃,  u₃ = t₀ − ι·t₁ − t₂ + ι·t₃
func interpolate(t []fr.Element, n int) {
	iota := *root(4)
	var half, quarter fr.Element // 1/2 and 1/(2ι)
	half.SetUint64(2)
	half.Inverse(&half)
	quarter.Mul(&half, &iota).Neg(&quarter)
	u1, u2, u3 := t[:n], t[n:2*n], t[2*n:3*n]
	for m, u := range [][]fr.Element{u1, u2, u3} {
		a := coset(m + 1).power()
		var power fr.Element
		power.Square(&a).Mul(&power, &a)
		for i, x := range t[3*n:] {
			if i > 0 && i%n == 0 {
				power.Mul(&power, &a)
			}
			u[i%n].Sub(&u[i%n], x.Mul(&x, &power))
		}
	}
	chunks(n, func(from, to int) {
		for i := from; i < to; i++ {
			var difference, middle, sum fr.Element // t₀ − t₂, t₁, t₀ + t₂
			difference.Add(&u1[i], &u3[i]).Mul(&difference, &half)
			middle.Sub(&u1[i], &u3[i]).Mul(&middle, &quarter)
			sum.Add(&u2[i], &middle)
			u1[i].Add(&sum, &difference).Mul(&u1[i], &half)
			u2[i] = middle
			u3[i].Sub(&sum, &difference).Mul(&u3[i], &half)
		}
	})
}
