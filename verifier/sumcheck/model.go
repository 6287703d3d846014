// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
)

// ModelCheckID returns the name that stands for a model in the proof that its committed
// columns are integers: that proof is none of a run.
func ModelCheckID(model [32]byte) [32]byte {
	tag := statement.Keccak([]byte("zkml.sumcheck.model.v1"))
	return statement.Keccak(tag[:], model[:])
}

// ModelCheckKey returns the key for proofs of check, which is reduction.NewModelCheck of
// the plan that vk is of: it has the same SRS and commitments to the model.
func ModelCheckKey(vk *VerifyingKey, check *reduction.Plan) (*VerifyingKey, error) {
	return NewVerifyingKey(vk.wrap, vk.Tau(), check.Layout.Vars, 1+check.Layout.Witness, vk.model)
}

// VerifyModel checks that the columns of the model to which vk has commitments are a
// model of integers, in the ranges and with the tables of plan: reduction.NewModelCheck
// says of what. It needs no weights, plan may be reduction.Plan.Public.
//
// It is checked once, of a model whose registrant is not trusted. That vk is a key for
// plan is not its concern.
func VerifyModel(vk *VerifyingKey, plan *reduction.Plan, model [32]byte, proof *Plain) error {
	if vk == nil || vk.wrap == nil || plan == nil {
		return reject("no verifying key")
	}
	check, err := reduction.NewModelCheck(plan)
	if err != nil {
		return rejected(err)
	}
	key, err := ModelCheckKey(vk, check)
	if err != nil {
		return rejected(err)
	}
	return VerifyPlain(key, check, ModelCheckID(model), [32]byte{}, &statement.Claim{}, proof)
}

// VerifyWrappedModel is VerifyModel for a wrapped proof with the statement's challenge z.
// check is the key of the model check's wrap; that it is for the circuit of
// reduction.NewModelCheck of the model's plan is for its setup to show.
func VerifyWrappedModel(vk, check *VerifyingKey, model [32]byte, z fr.Element, proof *Proof) error {
	if vk == nil || check == nil || vk.wrap == nil || check.wrap == nil {
		return reject("no verifying key")
	}
	tau, own := vk.Tau(), check.Tau()
	if vk.vars != check.vars || !tau.Equal(&own) || !slices.Equal(vk.model, check.model) {
		return reject("the key of the check is for other commitments")
	}
	return Verify(check, ModelCheckID(model), [32]byte{}, &statement.Claim{}, z, proof)
}
