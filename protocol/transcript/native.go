// SPDX-License-Identifier: Apache-2.0

package transcript

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"

	"github.com/zkml-go/zkml/protocol/sponge"
)

// Poseidon2 is the Permutation over field elements.
type Poseidon2 struct{}

var (
	_      Permutation[fr.Element] = Poseidon2{}
	narrow                         = poseidon2.NewPermutation(Width, FullRounds, PartialRounds)
)

// Permute implements Permutation.
func (Poseidon2) Permute(state []fr.Element) {
	if len(state) == sponge.Width {
		sponge.Permute((*[sponge.Width]fr.Element)(state))
		return
	}
	if err := narrow.Permutation(state); err != nil {
		panic("zkml: internal error: " + err.Error()) // states have one of two widths
	}
}
