// SPDX-License-Identifier: Apache-2.0

package statement

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/sponge"
)

// A Claim is the open part of a statement: the bytes of the public tensors and
// the commitments to the committed ones.
type Claim struct {
	Input, Output []byte
	Commitments   []fr.Element
}

// Words returns the words of the claim.
func (c *Claim) Words() []fr.Element { return Words(c.Input, c.Output, c.Commitments) }

// Digest returns D of the claim, made by model in context.
func (c *Claim) Digest(model, context [32]byte) fr.Element {
	return Digest(model, context, c.Input, c.Output, c.Commitments)
}

// Challenge returns Z for D and words.
func Challenge(d fr.Element, words []fr.Element) fr.Element {
	return sponge.Hash(sponge.Statement, append([]fr.Element{d}, words...)...)
}

// Public returns the public inputs D, Z and E of an honest proof of the claim.
func (c *Claim) Public(d fr.Element) [3]fr.Element {
	words := c.Words()
	z := Challenge(d, words)
	return [3]fr.Element{d, z, Evaluate(words, z)}
}
