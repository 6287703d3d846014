// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A blinding is a random polynomial s of low degree. The polynomial that f is committed
// to as is f + s·(Xⁿ − 1), which is f on H. It has a coefficient for each value of f that a
// proof tells and one for the commitment: 1 + 1 for a wire, at ζ, and 2 + 1 for z, at ζ and
// ωζ.
type blinding []fr.Element

const (
	wireBlinding    = 2
	productBlinding = 3
)

func newBlinding(coefficients int) (blinding, error) {
	s := make(blinding, coefficients)
	for i := range s {
		if _, err := s[i].SetRandom(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// blind appends to the n coefficients of f, of which there is room for more.
func (s blinding) blind(f []fr.Element) []fr.Element {
	f = append(f, s...)
	for i := range s {
		f[i].Sub(&f[i], &s[i])
	}
	return f
}

// commit returns the commitment to s·(Xⁿ − 1).
func (s blinding) commit(k *place) (out curve.G1Affine, err error) {
	points := append([]curve.G1Affine(nil), k.powers[:len(s)]...)
	points = append(points, k.powers[k.n:k.n+len(s)]...)
	scalars := make([]fr.Element, 2*len(s))
	for i := range s {
		scalars[i].Neg(&s[i])
		scalars[len(s)+i] = s[i]
	}
	_, err = out.MultiExp(points, scalars, ecc.MultiExpConfig{})
	return out, err
}
