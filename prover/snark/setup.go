// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/verifier/snark"
)

// SetupOptions say where the secrets of the keys come from. Exactly one must be set.
type SetupOptions struct {
	// Insecure draws the secrets in this process and forgets them. The keys are marked.
	Insecure bool
	// SRS is the powers of τ of a ceremony, for PLONK only, at least ConstraintSystem.NumPowers of them.
	SRS SRS
}

// An SRS returns the first n powers of τ in G1, n ≥ 2, checked: points on their curves and in their groups,
// and consecutive powers. ReadSRS does, and so do the files of package ptau.
type SRS func(n int) (*kzg.SRS, error)

// Setup makes the keys of a circuit. The verifying key has passed snark.Lint.
//
// It returns an error that wraps ErrNeedsSetup if the options name no source of secrets that serves the
// system. The context is looked at between the stages of the setup, not within.
func Setup(ctx context.Context, c *ConstraintSystem, options SetupOptions) (*ProvingKey, *snark.VerifyingKey, error) {
	if options.Insecure && options.SRS != nil {
		return nil, nil, errors.New("setup: an SRS and insecure keys exclude each other")
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("setup: %w", err)
	}
	if c.system == snark.Groth16 {
		if !options.Insecure {
			return nil, nil, fmt.Errorf("%w: groth16 needs a setup for each circuit, which no SRS replaces; "+
				"--insecure-setup makes keys for tests, whose maker can forge proofs", ErrNeedsSetup)
		}
		return setupGroth16(c)
	}
	switch {
	case options.Insecure:
		canonical, lagrange, err := unsafesetup.SRS(c.domainSize())
		if err != nil {
			return nil, nil, fmt.Errorf("setup: %w", err)
		}
		return setupPlonk(ctx, c, canonical, lagrange, true)
	case options.SRS != nil:
		canonical, err := options.SRS(c.NumPowers())
		if err != nil {
			return nil, nil, fmt.Errorf("setup: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return nil, nil, fmt.Errorf("setup: %w", err)
		}
		return SetupPowers(ctx, c, canonical)
	}
	return nil, nil, fmt.Errorf("%w: plonk needs an SRS, with %d powers for this circuit (--srs FILE); "+
		"--insecure-setup makes one for tests, whose maker can forge proofs", ErrNeedsSetup, c.NumPowers())
}

// SetupPowers makes PLONK keys over powers of τ that were read and checked before, by
// ReadSRS, at least NumPowers of them. Other proofs may use the same powers.
func SetupPowers(ctx context.Context, c *ConstraintSystem, powers *kzg.SRS) (*ProvingKey, *snark.VerifyingKey, error) {
	if c.system != snark.Plonk {
		return nil, nil, fmt.Errorf("setup: %s keys take no powers of tau", c.system)
	}
	if got, want := len(powers.Pk.G1), c.NumPowers(); got < want {
		return nil, nil, fmt.Errorf("setup: %d powers of tau, the circuit needs %d", got, want)
	}
	lagrange, err := toLagrange(powers, c.domainSize())
	if err != nil {
		return nil, nil, fmt.Errorf("setup: SRS: %w", err)
	}
	return setupPlonk(ctx, c, powers, lagrange, false)
}

// SetupInsecurePowers makes PLONK keys over powers of a τ that this process draws, and
// returns n of them, or as many as the keys need if these are more. The keys are marked.
func SetupInsecurePowers(ctx context.Context, c *ConstraintSystem, n int) (*ProvingKey, *snark.VerifyingKey, *kzg.SRS, error) {
	if c.system != snark.Plonk {
		return nil, nil, nil, fmt.Errorf("setup: %s keys take no powers of tau", c.system)
	}
	powers, lagrange, err := unsafesetup.Shared(max(n, c.NumPowers()), c.domainSize())
	if err != nil {
		return nil, nil, nil, fmt.Errorf("setup: %w", err)
	}
	pk, vk, err := setupPlonk(ctx, c, powers, lagrange, true)
	return pk, vk, powers, err
}

func setupGroth16(c *ConstraintSystem) (*ProvingKey, *snark.VerifyingKey, error) {
	pk, key, err := unsafesetup.Groth16(c.cs)
	if err != nil {
		return nil, nil, fmt.Errorf("setup: %w", err)
	}
	vk, err := snark.NewGroth16VerifyingKey(key, true)
	if err != nil {
		return nil, nil, fmt.Errorf("setup: %w", err)
	}
	return &ProvingKey{vk: vk, groth16: pk}, vk, nil
}

func setupPlonk(
	ctx context.Context, c *ConstraintSystem, canonical, lagrange *kzg.SRS, insecure bool,
) (*ProvingKey, *snark.VerifyingKey, error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, fmt.Errorf("setup: %w", err)
	}
	pk, key, err := plonk.Setup(c.cs, *canonical, *lagrange)
	if err != nil {
		return nil, nil, fmt.Errorf("setup: plonk: %w", err)
	}
	vk, err := snark.NewPlonkVerifyingKey(key, insecure)
	if err != nil {
		return nil, nil, fmt.Errorf("setup: %w", err)
	}
	return &ProvingKey{vk: vk, plonk: pk}, vk, nil
}

// toLagrange derives [Lᵢ(τ)]₁ of the domain from the powers of τ, by an inverse FFT over G1.
func toLagrange(canonical *kzg.SRS, size uint64) (*kzg.SRS, error) {
	points, err := kzg.ToLagrangeG1(canonical.Pk.G1[:size])
	if err != nil {
		return nil, fmt.Errorf("derive the Lagrange basis: %w", err)
	}
	return &kzg.SRS{Pk: kzg.ProvingKey{G1: points}, Vk: canonical.Vk}, nil
}
