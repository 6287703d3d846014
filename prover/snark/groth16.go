// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/rs/zerolog"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/prover/groth16"
	"github.com/zkml-go/zkml/verifier/snark"
)

// proveGroth16 solves and proves with a device, and verifies the proof. If the device is to
// blame that there is none, it proves again with what replaces the device, and solves again
// only if the device got the commitment wrong.
func (c *ConstraintSystem) proveGroth16(
	ctx context.Context, device accel.Device, pk *ProvingKey, full witness.Witness, public snark.PublicInputs,
	opts []solver.Option, stats *Stats,
) (proof *snark.Proof, err error) {
	var s *groth16.Solution
	err = accel.Attempt(device, func(d accel.Device) error {
		if s != nil && s.UsedUp() {
			s = nil
		}
		if s != nil {
			confirmed, err := s.Confirm(d)
			if err != nil {
				return err
			}
			if !confirmed {
				s = nil
			}
		}
		if s == nil {
			if s, err = c.solveGroth16(ctx, d, pk, full, opts, stats); err != nil {
				return err
			}
		}
		if proof, err = finishGroth16(ctx, s, stats); err != nil {
			return err
		}
		return verify(ctx, pk, proof, public, stats)
	})
	return proof, err
}

func (c *ConstraintSystem) solveGroth16(
	ctx context.Context, device accel.Device, pk *ProvingKey, full witness.Witness, opts []solver.Option, stats *Stats,
) (*groth16.Solution, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	start := time.Now()
	defer func() { stats.Solve += time.Since(start) }()
	c.solving.Lock()
	defer c.solving.Unlock()
	opts = append(opts[:len(opts):len(opts)], solver.WithLogger(zerolog.Nop()))
	s, err := pk.points().Solve(device, c.cs, full, opts...)
	if err != nil && errors.As(err, new(*groth16.SolverError)) {
		return nil, fmt.Errorf("%w: %w", ErrUnsatisfied, err)
	}
	return s, err
}

func finishGroth16(ctx context.Context, s *groth16.Solution, stats *Stats) (*snark.Proof, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	start := time.Now()
	defer func() { stats.Prove += time.Since(start) }()
	p, err := s.Prove()
	if err != nil {
		return nil, err
	}
	proof, err := snark.NewGroth16Proof(p)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", accel.ErrWrong, err)
	}
	return proof, nil
}
