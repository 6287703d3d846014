// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/statement"
)

// VerifyInference checks a proof of a claim: that the model named model, whose
// key is vk, makes it in context. z is the challenge that comes with the proof;
// D and E are computed here, as the contracts do. It returns nil or an error that
// wraps verifier.ErrRejected.
//
// The caller has model from a source it trusts: a name that was computed from
// the proof's own file says nothing.
func VerifyInference(vk *VerifyingKey, model, context [32]byte, claim *statement.Claim, z fr.Element, proof *Proof) error {
	return Verify(vk, proof, PublicInputs{claim.Digest(model, context), z, statement.Evaluate(claim.Words(), z)})
}
