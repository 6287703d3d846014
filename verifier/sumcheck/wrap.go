// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/snark"
)

// NumWrapWords is the number of words of a wrap.
const NumWrapWords = 10

// WrapWords are what a wrap speaks of: the seed, the statement's Z and E, ρ, ζ, V,
// P₁(ζ), P₁(1/ζ), P₂(ζ) and P₂(1/ζ). Its public inputs bind them as those of a circuit
// bind the words of a statement:
//
//	D = keccak256(tag ‖ x₀ ‖ … ‖ x₉) mod r
//	Z = Poseidon2(D, x₀, …, x₉)             of the words that the circuit has
//	E = ∑ xⱼ·Zʲ
//
// A verifier computes D and E from its words and takes Z from the proof. D fixes its
// words, and Z is a hash of D and of the circuit's, so that all are fixed before Z: if
// the two differ, the polynomials agree at Z with probability at most 9/r.
type WrapWords [NumWrapWords]fr.Element

// Digest returns D.
func (w *WrapWords) Digest() fr.Element {
	tag := statement.Keccak([]byte("zkml.sumcheck.wrap.v1"))
	h := statement.Keccak(tag[:], marshalScalars(w[:]...))
	var d fr.Element
	d.SetBytes(h[:])
	return d
}

// Challenge returns Z, as an honest prover computes it.
func (w *WrapWords) Challenge() fr.Element {
	return sponge.Hash(sponge.Wrap, append([]fr.Element{w.Digest()}, w[:]...)...)
}

// Public returns the public inputs of the wrap with a challenge.
func (w *WrapWords) Public(z fr.Element) snark.PublicInputs {
	return snark.PublicInputs{w.Digest(), z, statement.Evaluate(w[:], z)}
}
