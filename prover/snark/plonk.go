// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/rs/zerolog"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/prover/plonk"
	"github.com/zkml-go/zkml/verifier/snark"
)

// columns is the key of PLONK for devices, which holds the polynomials of one circuit.
type columns struct {
	sync.Mutex
	gates *cs.SparseR1CS
	key   *plonk.Key
}

func (k *columns) of(c *ConstraintSystem, pk *ProvingKey) *plonk.Key {
	k.Lock()
	defer k.Unlock()
	if k.gates != c.cs {
		if k.key != nil {
			go k.key.DropAll() // when no proof is being made with it
		}
		k.gates, k.key = c.cs, plonk.NewKey(c.cs, pk.plonk, plonk.Options{})
	}
	return k.key
}

// provePlonk solves and proves with a device, and verifies the proof. If the device is to
// blame that there is none, all is done again, and blinded anew, with what replaces it.
func (c *ConstraintSystem) provePlonk(
	ctx context.Context, device accel.Device, pk *ProvingKey, full witness.Witness, public snark.PublicInputs,
	opts []solver.Option, stats *Stats,
) (proof *snark.Proof, err error) {
	key := pk.columns.of(c, pk)
	err = accel.Attempt(device, func(d accel.Device) error {
		s, err := c.solvePlonk(ctx, d, key, full, opts, stats)
		if err != nil {
			return err
		}
		if proof, err = finishPlonk(ctx, s, stats); err == nil {
			err = verify(ctx, pk, proof, public, stats)
		}
		if errors.Is(err, accel.ErrWrong) {
			s.Discard()
		}
		return err
	})
	return proof, err
}

func (c *ConstraintSystem) solvePlonk(
	ctx context.Context, device accel.Device, key *plonk.Key, full witness.Witness, opts []solver.Option, stats *Stats,
) (*plonk.Solution, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	start := time.Now()
	defer func() { stats.Solve += time.Since(start) }()
	c.solving.Lock()
	defer c.solving.Unlock()
	s, err := key.Solve(device, full, plonkOptions(opts)...)
	if errors.As(err, new(*plonk.WitnessError)) {
		return nil, fmt.Errorf("%w: %w", ErrUnsatisfied, err)
	}
	return s, err
}

// plonkOptions are what all proofs of PLONK are made with. Without statistical zero knowledge
// the parts of the quotient would not be blinded, see https://eprint.iacr.org/2024/848.
// Contracts verify both.
func plonkOptions(opts []solver.Option) []backend.ProverOption {
	opts = append(opts[:len(opts):len(opts)], solver.WithLogger(zerolog.Nop()))
	return []backend.ProverOption{
		backend.WithSolverOptions(opts...),
		solidity.WithProverTargetSolidityVerifier(backend.PLONK),
		backend.WithStatisticalZeroKnowledge(),
	}
}

func finishPlonk(ctx context.Context, s *plonk.Solution, stats *Stats) (*snark.Proof, error) {
	start := time.Now()
	defer func() { stats.Prove += time.Since(start) }()
	p, err := s.Prove(ctx)
	if err != nil {
		return nil, err
	}
	proof, err := snark.NewPlonkProof(p)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", accel.ErrWrong, err)
	}
	return proof, nil
}
