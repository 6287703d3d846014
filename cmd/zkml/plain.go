// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
	"github.com/zkml-go/zkml/verifier/sumcheck"
)

// A plainProof is a proof of the sumcheck system without the wrap.
type plainProof struct {
	*sumcheck.Plain
	key sumcheckKey
}

func (p plainProof) onChain() ([]byte, error) {
	return nil, hinted("prove without --no-wrap", errors.New("contracts take wrapped proofs only, this is a plain one"))
}

func (p plainProof) note() string {
	return "a plain proof: not zero-knowledge, and not for contracts"
}

// verify checks the proof against the program, which is more than a verifier file has.
func (p plainProof) verify(model, context [32]byte, claim *statement.Claim, _ fr.Element) error {
	if p.key.program == nil {
		return hinted("give the bundle", errors.New("a plain proof is verified with the program, the file has its keys only"))
	}
	_, plan, err := plan(p.key.program, p.key.Vars())
	if err != nil {
		return fmt.Errorf("%w: %w", verifier.ErrRejected, err)
	}
	return sumcheck.VerifyPlain(p.key.VerifyingKey, plan, model, context, claim, p.Plain)
}

// committed reports whether p has committed tensors.
func committed(p *ir.Program) bool {
	in, out := visibilities(p)
	return slices.Contains(append(in, out...), ir.Committed)
}
