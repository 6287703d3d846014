// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"context"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/statement"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A Job is what proofs of one model are made with. It is immutable and safe for
// concurrent use. The first proof computes some things that all others share: whoever
// makes many proofs of a model makes one Job.
type Job struct {
	Model *circuits.Model
	Plan  *reduction.Plan
	Key   *ProvingKey
	// Wrap is the constraint system of the wrap; plain proofs do without.
	Wrap *snark.ConstraintSystem
	// ID names the model and its key, see statement.ModelID.
	ID [32]byte
	// Device computes multi-exponentiations; nil is the CPU. The powers of τ of Key stay on
	// it until it is closed or the key is dropped.
	Device accel.Device

	shared shared
	// testOnlyCommitted sees an attempt when all its secrets are drawn.
	testOnlyCommitted func(*attempt)
}

// A Result is a proof with its statement. One of Proof and Plain is set.
type Result struct {
	Claim *statement.Claim
	// Salts open the commitments of the claim: of those that are hashes the salts, of those
	// that are columns the blinds, see CommitmentKey.Commitment. They are the prover's secret.
	Salts   []fr.Element
	Context [32]byte
	// Public are D, Z and E.
	Public  [3]fr.Element
	Proof   *verifier.Proof
	Plain   *verifier.Plain
	Outputs [][]int64
	Phases  []Phase
}

// A Phase is how long a part of a proof took.
type Phase struct {
	Name string
	Time time.Duration
	// Device is how much of Time the device of the job computed, the rest being the CPU's.
	// It is 0 for the wrap, whose prover does not tell.
	Device time.Duration
	// Parts are what the reduction, the opening and the wrap are made of, without what Device is
	// of each.
	Parts []Phase
}

// Prove runs the model on inputs, in the order of the program's inputs, and proves the
// run; plain leaves out the wrap. An input outside its declared range is refused with
// ir.ErrInput before anything is proved. The proof is verified before it is returned.
func (j *Job) Prove(ctx context.Context, inputs [][]int64, proofContext [32]byte, plain bool) (*Result, error) {
	return j.ProveBound(ctx, inputs, func(*statement.Claim) [32]byte { return proofContext }, plain)
}

// ProveBound is Prove for a context that depends on the claim, whose commitments are not known before: bind
// is called with the claim, and returns what the proof is to be bound to. It is called again, with other
// commitments, if a proof fails for its device and is made without.
func (j *Job) ProveBound(ctx context.Context, inputs [][]int64, bind func(*statement.Claim) [32]byte, plain bool) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := &run{Job: j, ctx: ctx, bind: bind, plain: plain, clock: newClock()}
	if err := r.execute(inputs); err != nil {
		return nil, err
	}
	r.clock.phase("witness")
	var out *Result
	err := accel.Attempt(orCPU(j.Device), func(d accel.Device) (err error) {
		out, err = r.attempt(d)
		return err
	})
	return out, err
}
