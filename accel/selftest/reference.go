// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
)

// evaluate returns the values of a polynomial at the n-th roots of unity, or at ω₂ₙ times
// these. n is the number of coefficients.
func evaluate(coefficients []fr.Element, coset bool) []fr.Element {
	n := len(coefficients)
	e := append(make([]fr.Element, 0, n), coefficients...)
	if coset {
		shift, factor := root(2*n), fr.One()
		for i := range e {
			e[i].Mul(&e[i], &factor)
			factor.Mul(&factor, &shift)
		}
	}
	if n > 64 {
		fft.NewDomain(uint64(n)).FFT(e, fft.DIF)
		utils.BitReverse(e)
		return e
	}
	out := make([]fr.Element, n)
	omega, x := root(n), fr.One()
	for i := range out {
		for k := n - 1; k >= 0; k-- {
			out[i].Mul(&out[i], &x).Add(&out[i], &e[k])
		}
		x.Mul(&x, &omega)
	}
	return out
}

// root returns the root of unity of order n that gnark-crypto takes: the square of the
// one of order 2n.
func root(n int) fr.Element {
	x, err := fft.Generator(uint64(n))
	if err != nil {
		panic(fmt.Sprintf("zkml: internal error: no root of order %d: %v", n, err))
	}
	return x
}

// rootsAreOfTheirOrder checks what Form.Coset promises: on the coset of ω₂ₙ, Xⁿ is −1.
func rootsAreOfTheirOrder(log int) error {
	n := int64(1) << log
	one, minus := fr.One(), small(-1)
	shift, omega := root(2<<log), root(1<<log)
	var a, b, c fr.Element
	a.Exp(shift, big.NewInt(n))
	b.Exp(omega, big.NewInt(n))
	c.Square(&shift)
	if a != minus || b != one || c != omega {
		return fmt.Errorf("the root of order 2^%d is not one", log+1)
	}
	return nil
}
