// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"sync"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/rs/zerolog"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/verifier/snark"
)

// Stats are the times that the stages of a proof took.
type Stats struct {
	Witness time.Duration // from the assignment to public and secret inputs
	Solve   time.Duration // all other wires, and the waiting for other proofs of the same system to solve
	Prove   time.Duration // the proof, from solved wires
	Verify  time.Duration // the check of the proof
}

// Prove proves that the assignment satisfies the circuit. The proof has been verified with
// pk.VerifyingKey for the public inputs of the assignment, which PublicInputs returns.
//
// An error wraps ErrUnsatisfied if the assignment is to blame. Options are passed to gnark's solver. The
// context is looked at before each stage that this package starts: before solving, which runs on into
// proving, and before verifying. The device computes; nil is the CPU.
func Prove(
	ctx context.Context, _ accel.Device, c *ConstraintSystem, pk *ProvingKey, assignment frontend.Circuit, opts ...solver.Option,
) (*snark.Proof, Stats, error) {
	proof, stats, err := prove(ctx, c, pk, assignment, opts)
	if err != nil {
		return nil, stats, fmt.Errorf("prove: %w", err)
	}
	return proof, stats, nil
}

func prove(
	ctx context.Context, c *ConstraintSystem, pk *ProvingKey, assignment frontend.Circuit, opts []solver.Option,
) (*snark.Proof, Stats, error) {
	var stats Stats
	if err := pk.fits(c); err != nil {
		return nil, stats, err
	}
	start := time.Now()
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, stats, fmt.Errorf("assignment: %w", err)
	}
	public, err := publicInputs(full)
	if err != nil {
		return nil, stats, err
	}
	stats.Witness = time.Since(start)
	if err := ctx.Err(); err != nil {
		return nil, stats, err
	}

	proof, err := c.solveAndProve(pk, full, opts, &stats)
	if err != nil {
		return nil, stats, err
	}
	if err := ctx.Err(); err != nil {
		return nil, stats, err
	}
	start = time.Now()
	if err := snark.Verify(pk.vk, proof, public); err != nil {
		return nil, stats, fmt.Errorf("the proof that was made does not verify, its keys are not of this circuit: %w", err)
	}
	stats.Verify = time.Since(start)
	return proof, stats, nil
}

// solveAndProve calls gnark, which does both in one function. The log of the constraint system tells when
// it has solved.
func (c *ConstraintSystem) solveAndProve(
	pk *ProvingKey, full witness.Witness, opts []solver.Option, stats *Stats,
) (*snark.Proof, error) {
	start := time.Now()
	solved := start
	c.solving.Lock()
	unlock := sync.OnceFunc(c.solving.Unlock)
	defer unlock()
	clock := zerolog.New(io.Discard).Hook(zerolog.HookFunc(func(*zerolog.Event, zerolog.Level, string) {
		solved = time.Now()
		unlock()
	}))
	withClock := append(opts[:len(opts):len(opts)], solver.WithLogger(clock))

	proof, err := c.callProver(pk, full, withClock)
	stats.Solve, stats.Prove = solved.Sub(start), time.Since(solved)
	if err != nil {
		unlock()
		if unsatisfied := c.solve(full, opts); unsatisfied != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnsatisfied, unsatisfied)
		}
	}
	return proof, err
}

func (c *ConstraintSystem) callProver(pk *ProvingKey, full witness.Witness, opts []solver.Option) (*snark.Proof, error) {
	if c.system == snark.Groth16 {
		proof, err := groth16.Prove(c.timed, pk.groth16, full, backend.WithSolverOptions(opts...),
			solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
		if err != nil {
			return nil, err
		}
		return snark.NewGroth16Proof(proof)
	}
	proof, err := plonk.Prove(c.timed, pk.plonk, full, backend.WithSolverOptions(opts...),
		solidity.WithProverTargetSolidityVerifier(backend.PLONK))
	if err != nil {
		return nil, err
	}
	return snark.NewPlonkProof(proof)
}

// Solve checks that the assignment satisfies the circuit, without a key and without a proof. The error
// wraps ErrUnsatisfied if it does not. The challenge of the commitment, which a prover derives from the
// committed wires, is random. Options are passed to gnark's solver.
func (c *ConstraintSystem) Solve(assignment frontend.Circuit, opts ...solver.Option) error {
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return fmt.Errorf("solve: assignment: %w", err)
	}
	if err := c.solve(full, opts); err != nil {
		return fmt.Errorf("solve: %w: %w", ErrUnsatisfied, err)
	}
	return nil
}

func (c *ConstraintSystem) solve(full witness.Witness, opts []solver.Option) error {
	c.solving.Lock()
	defer c.solving.Unlock()
	challenge := func(field *big.Int, _, out []*big.Int) error {
		r, err := rand.Int(rand.Reader, field)
		if err == nil {
			out[0].Set(r)
		}
		return err
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	opts = append(opts[:len(opts):len(opts)], solver.OverrideHint(id, challenge), solver.WithLogger(zerolog.Nop()))
	_, err := c.cs.Solve(full, opts...)
	return err
}

// PublicInputs returns the public inputs of an assignment.
func PublicInputs(assignment frontend.Circuit) (snark.PublicInputs, error) {
	public, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField(), frontend.PublicOnly())
	if err != nil {
		return nil, fmt.Errorf("assignment: %w", err)
	}
	return publicInputs(public)
}

func publicInputs(w witness.Witness) (snark.PublicInputs, error) {
	public, err := w.Public()
	if err != nil {
		return nil, fmt.Errorf("public inputs: %w", err)
	}
	values, ok := public.Vector().(fr.Vector)
	if !ok {
		return nil, errors.New("public inputs: not of the scalar field of BN254")
	}
	if err := snark.CheckPublicInputs(len(values)); err != nil {
		return nil, fmt.Errorf("assignment with %w", err)
	}
	return snark.PublicInputs(values), nil
}
