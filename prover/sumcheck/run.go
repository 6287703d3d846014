// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"context"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/statement"
)

// A run is what all attempts to prove it share: the execution of the program, and nothing that
// is drawn at random.
type run struct {
	*Job
	ctx   context.Context
	bind  func(*statement.Claim) [32]byte
	plain bool
	clock *clock

	claim   statement.Claim // without commitments
	outputs [][]int64
	tensors []reduction.Committed
	words   [][]fr.Element // of those of tensors that are hashed
	witness *argument.Witness

	attempts int
}

// execute runs the program and computes the witness.
func (r *run) execute(inputs [][]int64) error {
	s := r.Model.System
	trace, err := s.Program.RunKeeping(inputs, s.Needed())
	if err != nil {
		return err
	}
	r.outputs = trace.Outputs(s.Program)
	claim, err := r.Model.PublicClaim(trace)
	if err != nil {
		return err
	}
	r.claim = *claim
	if r.tensors, err = reduction.CommittedTensors(r.Plan); err != nil {
		return err
	}
	if r.words, err = reduction.CommittedWords(r.Plan, trace); err != nil {
		return err
	}
	r.witness = argument.NewWitness(r.Plan, s.Complete(trace))
	return nil
}
