// SPDX-License-Identifier: Apache-2.0

package mac

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Sums is sums of products, each to be reduced once.
type Sums []sum

// AddScaled adds x[i]·w to sum i, for all i. |x| and ±w are multiplied: integers need no
// bound.
func AddScaled[I Int](s Sums, x []I, w *fr.Element) {
	signed := [2]fr.Element{*w}
	signed[1].Neg(w)
	s = s[:len(x)]
	for i, v := range x {
		sign := int64(v) >> (63)
		u := uint64((int64(v) ^ sign) - sign)
		s[i].add(u, &signed[sign&1])
	}
}

// Elements sets out to the sums and the sums to 0.
func (s Sums) Elements(out []fr.Element) {
	for i := range out {
		out[i] = s[i].element()
	}
	clear(s)
}
