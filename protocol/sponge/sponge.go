// SPDX-License-Identifier: Apache-2.0

// Package sponge hashes field elements with Poseidon2 over the scalar field of
// BN254: the native side of the hash that circuits compute.
//
// The permutation has width 16 with 8 full and 57 partial rounds
// (https://eprint.iacr.org/2023/323); 15 lanes absorb, one is the capacity. Its
// capacity starts as
//
//	domain·2⁶⁴ + number of elements
//
// so inputs of different lengths or purposes never share a state and need no
// padding rule. Every message length is fixed by the statement, never by a
// prover. A collision costs about 2¹²⁷ permutations: the capacity has 254 bits.
package sponge

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// The parameters of the permutation. Circuits build theirs from the same numbers.
const (
	Width         = 16
	Rate          = Width - 1
	FullRounds    = 8
	PartialRounds = 57
)

// A Domain separates the uses of the hash.
type Domain uint64

// The domains.
const (
	// Statement hashes D and the words of a statement to the challenge Z.
	Statement Domain = 1
	// Commitment hashes a salt and the words of a tensor to its commitment.
	Commitment Domain = 2
	// Message hashes a long message of a transcript.
	Message Domain = 3
	// Wrap hashes D and the words of a wrap to its challenge.
	Wrap Domain = 4
)

// Capacity returns the initial capacity lane for n elements.
func Capacity(d Domain, n int) fr.Element {
	var c, l fr.Element
	c.SetUint64(uint64(d))
	l.SetUint64(1 << 63)
	c.Mul(&c, l.Double(&l))
	l.SetUint64(uint64(n))
	return *c.Add(&c, &l)
}

var permutation = poseidon2.NewPermutation(Width, FullRounds, PartialRounds)

// Hash returns the first lane after absorbing elements.
func Hash(d Domain, elements ...fr.Element) fr.Element {
	var state [Width]fr.Element
	state[Rate] = Capacity(d, len(elements))
	for first := true; first || len(elements) > 0; first = false {
		n := min(Rate, len(elements))
		for i := range n {
			state[i].Add(&state[i], &elements[i])
		}
		elements = elements[n:]
		Permute(&state)
	}
	return state[0]
}

// Permute applies the permutation.
func Permute(state *[Width]fr.Element) {
	if err := permutation.Permutation(state[:]); err != nil {
		panic("zkml: internal error: " + err.Error()) // the state has the permutation's width
	}
}
