// SPDX-License-Identifier: Apache-2.0

// Package prover runs a program on an input and proves the run.
package prover

import (
	"context"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/statement"
	verifier "github.com/zkml-go/zkml/verifier/snark"
)

// A Job is what proofs of one model are made with. It is immutable and safe for
// concurrent use.
type Job struct {
	Model *circuits.Model
	CS    *snark.ConstraintSystem
	Key   *snark.ProvingKey
	// ID names the model and its key, see statement.ModelID.
	ID [32]byte
	// Device computes what the proof system hands to it; nil is the CPU.
	Device accel.Device
}

// A Result is a proof with its statement.
type Result struct {
	Claim *statement.Claim
	// Salts open the commitments of the claim. They are the prover's secret.
	Salts   []fr.Element
	Context [32]byte
	Public  verifier.PublicInputs
	Proof   *verifier.Proof
	Outputs [][]int64
	Stats   Stats
}

// Stats are the times of the stages of a proof.
type Stats struct {
	// Witness is the time to run the program and to assign the circuit.
	Witness time.Duration
	// Solve, Prove and Verify are the stages of the proof system.
	Solve, Prove, Verify time.Duration
}

// Prove runs the model on inputs, in the order of the program's inputs, and
// proves the run. proofContext is whatever the proof is to be bound to. An input
// outside its declared range is refused with ir.ErrInput before anything is
// proved.
func (j *Job) Prove(ctx context.Context, inputs [][]int64, proofContext [32]byte) (*Result, error) {
	return j.ProveBound(ctx, inputs, func(*statement.Claim) [32]byte { return proofContext })
}

// ProveBound is Prove for a context that depends on the claim, whose commitments are not known before: bind
// is called once with the claim, and returns what the proof is to be bound to.
func (j *Job) ProveBound(ctx context.Context, inputs [][]int64, bind func(*statement.Claim) [32]byte) (*Result, error) {
	start := time.Now()
	trace, err := j.Model.System.Program.Run(inputs)
	if err != nil {
		return nil, err
	}
	salts, err := j.Model.NewSalts()
	if err != nil {
		return nil, err
	}
	return j.proveTrace(ctx, start, trace, salts, bind)
}

func (j *Job) proveTrace(ctx context.Context, start time.Time, trace ir.Trace, salts []fr.Element, bind func(*statement.Claim) [32]byte) (*Result, error) {
	claim, err := j.Model.Claim(trace, salts)
	if err != nil {
		return nil, err
	}
	proofContext := bind(claim)
	assignment, err := j.Model.Assign(trace, claim, salts, claim.Digest(j.ID, proofContext))
	if err != nil {
		return nil, err
	}
	witness := time.Since(start)
	proof, stats, err := snark.Prove(ctx, j.Device, j.CS, j.Key, assignment)
	if err != nil {
		return nil, err
	}
	public, err := snark.PublicInputs(assignment)
	if err != nil {
		return nil, err
	}
	return &Result{
		Claim: claim, Salts: salts, Context: proofContext, Public: public, Proof: proof,
		Outputs: trace.Outputs(j.Model.System.Program),
		Stats:   Stats{Witness: witness, Solve: stats.Solve, Prove: stats.Prove, Verify: stats.Verify},
	}, nil
}
