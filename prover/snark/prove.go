// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	fcs "github.com/consensys/gnark/frontend/cs"
	"github.com/rs/zerolog"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
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
// context is looked at before each stage: before solving, before proving, for PLONK before each of its rounds,
// and before verifying.
//
// The device computes what it can; nil is the CPU. A device that fails, or with which the proof
// does not verify where it does without, is given up, see accel.Attempt.
func Prove(
	ctx context.Context, device accel.Device, c *ConstraintSystem, pk *ProvingKey, assignment frontend.Circuit, opts ...solver.Option,
) (*snark.Proof, Stats, error) {
	if device == nil {
		device = cpu.Device{}
	}
	proof, stats, err := prove(ctx, device, c, pk, assignment, opts)
	if err != nil {
		return nil, stats, fmt.Errorf("prove: %w", err)
	}
	return proof, stats, nil
}

func prove(
	ctx context.Context, device accel.Device, c *ConstraintSystem, pk *ProvingKey, assignment frontend.Circuit, opts []solver.Option,
) (*snark.Proof, Stats, error) {
	var stats Stats
	if err := pk.Fits(c); err != nil {
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

	var proof *snark.Proof
	if c.system == snark.Groth16 {
		proof, err = c.proveGroth16(ctx, device, pk, full, public, opts, &stats)
	} else {
		proof, err = c.provePlonk(ctx, device, pk, full, public, opts, &stats)
	}
	if err != nil {
		return nil, stats, err
	}
	return proof, stats, nil
}

// verify checks a proof. A device may have got it wrong, or the key is of another circuit.
func verify(ctx context.Context, pk *ProvingKey, proof *snark.Proof, public snark.PublicInputs, stats *Stats) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	start := time.Now()
	defer func() { stats.Verify += time.Since(start) }()
	if err := snark.Verify(pk.vk, proof, public); err != nil {
		return fmt.Errorf("%w: the proof that was made does not verify, by a fault of the device or because its keys "+
			"are not of this circuit: %w", accel.ErrWrong, err)
	}
	return nil
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
