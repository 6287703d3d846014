// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"encoding/binary"
	"math/big"
	"math/bits"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// words are the words of a field element, the least significant first.
type words = [4]uint64

// The moduli of fr and fp.
var scalarField, baseField = wordsOf(fr.Modulus()), wordsOf(fp.Modulus())

func wordsOf(x *big.Int) (w words) {
	var b [32]byte
	x.FillBytes(b[:])
	for i := range w {
		w[i] = binary.BigEndian.Uint64(b[24-8*i:])
	}
	return w
}

// reduced reports whether x is below the modulus. Arithmetic relies on it.
func reduced(x words, modulus *words) bool {
	var borrow uint64
	for i := range x {
		_, borrow = bits.Sub64(x[i], modulus[i], borrow)
	}
	return borrow == 1
}

// validG1 reports whether p is a point of the group.
func validG1(p *curve.G1Affine) bool {
	return reducedAll(words(p.X), words(p.Y)) && p.IsOnCurve()
}

// validG2 reports whether p is a point of the group.
func validG2(p *curve.G2Affine) bool {
	return reducedAll(words(p.X.A0), words(p.X.A1), words(p.Y.A0), words(p.Y.A1)) && p.IsInSubGroup()
}

func reducedAll(coordinates ...words) bool {
	for _, x := range coordinates {
		if !reduced(x, &baseField) {
			return false
		}
	}
	return true
}
