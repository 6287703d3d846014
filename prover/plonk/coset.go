// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// A coset m is ω₄ₙᵐ·H, for m of 1, 2, 3. On it Xⁿ is ιᵐ, for the root ι of order 4.
type coset int

// cosets are those that the quotient is evaluated on: see interpolate.go for the reason
// why 3n points suffice.
var cosets = [...]coset{1, 2, 3}

// power returns the element that Xⁿ is on the coset.
func (c coset) power() fr.Element {
	i := root(4)
	return *i.Exp(*i, big.NewInt(int64(c)))
}

// root returns gnark-crypto's root of unity of an order that has been asked for before.
func root(order int) *fr.Element {
	w, err := fft.Generator(uint64(order))
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return &w
}

// evaluate turns the coefficients of a polynomial of degree less than n into its values on
// a coset. The device knows the coset of ω₂ₙ = ω₄ₙ².
func (k *place) evaluate(o *ops, v accel.Vector, c coset) {
	if c != 2 {
		o.mul(v, k.shift)
	}
	o.ntt(v, accel.Form{Coset: c != 1})
}

// interpolate is the inverse of evaluate.
func (k *place) interpolate(o *ops, v accel.Vector, c coset) {
	o.intt(v, accel.Form{Coset: c != 1})
	if c != 2 {
		o.mul(v, k.unshift)
	}
}

// evaluateBlinded returns the values on a coset of a polynomial f with a few coefficients
// more than n. There Xⁿ⁺ⁱ is as good as ιᵐ·Xⁱ. It hands a copy of f to the device, which is
// not written to afterwards: a call that hangs may still read it.
func (k *place) evaluateBlinded(o *ops, f []fr.Element, c coset) accel.Vector {
	if o.err != nil {
		return nil
	}
	folded := slices.Clone(f[:k.n])
	a := c.power()
	power := a
	for i := k.n; i < len(f); i++ {
		if i > k.n && i%k.n == 0 {
			power.Mul(&power, &a)
		}
		var x fr.Element
		folded[i%k.n].Add(&folded[i%k.n], x.Mul(&f[i], &power))
	}
	v := o.vector(folded)
	k.evaluate(o, v, c)
	return v
}

// column returns the values of a fixed polynomial on a coset, to write over.
func (k *place) column(o *ops, i int, c coset) accel.Vector {
	if values := k.extended[c-1]; values != nil {
		return o.copy(values[i])
	}
	v := o.copy(k.fixed[i])
	k.evaluate(o, v, c)
	return v
}

// lagrangeFirst returns the values of L₁, which is 1 at 1 and 0 elsewhere on H,
//
//	L₁(x) = (xⁿ − 1) / (n·(x − 1))
//
// on a coset, where xⁿ is one number.
func (k *place) lagrangeFirst(c coset) []fr.Element {
	x := *root(4 * k.n)
	x.Exp(x, big.NewInt(int64(c)))
	scale, one := c.power(), fr.One()
	scale.Sub(&scale, &one).Mul(&scale, &k.vk.SizeInv)
	out := make([]fr.Element, k.n)
	chunks(k.n, func(from, to int) {
		d := make(fr.Vector, to-from)
		d.ScalarMul(k.roots[from:to], &x)
		for i := range d {
			d[i].Sub(&d[i], &one)
		}
		values := fr.Vector(out[from:to])
		values.ScalarMul(fr.BatchInvert(d), &scale)
	})
	return out
}

// chunk is how many rows a task has.
const chunk = 1 << 12

// chunks calls do for the parts of [0, n), on all processors.
func chunks(n int, do func(from, to int)) {
	parallel.For((n+chunk-1)/chunk, parallel.Workers(), func(_, i int) {
		do(i*chunk, min((i+1)*chunk, n))
	})
}
