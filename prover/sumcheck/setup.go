// SPDX-License-Identifier: Apache-2.0

// Package sumcheck proves runs of a program with the sumcheck system: it commits to
// columns, runs the reduction, opens the columns, and wraps the argument in a Groth16
// or PLONK proof.
package sumcheck

import (
	"context"
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/circuits/wrap"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/prover/snark"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"

	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// SetupOptions say where secrets come from.
type SetupOptions struct {
	// SRS is powers of τ of a ceremony, as many as NumPowers says. They serve the columns,
	// and a PLONK wrap.
	SRS snark.SRS
	// Wrap is the keys of a Groth16 wrap that a ceremony made, or nil. They must be of the wrap's
	// circuit: Setup checks their lengths, and who ran or verified the ceremony knows the rest.
	Wrap *snark.ProvingKey
	// Device computes the commitments to the model; nil is the CPU, which checks them otherwise.
	Device accel.Device
	// Insecure lets this process draw the secrets of a Groth16 wrap's keys, if there are
	// none, and those of the SRS if there is none.
	Insecure bool
}

// CompileWrap returns the constraint system of the wrap of p, for the system that proves it.
func CompileWrap(p *reduction.Plan, system vsnark.System) (*snark.ConstraintSystem, error) {
	c, err := wrap.New(p)
	if err != nil {
		return nil, err
	}
	return snark.Compile(c, system)
}

// NumPowers returns how many powers of τ the columns of p and the wrap cs need.
func NumPowers(p *reduction.Plan, cs *snark.ConstraintSystem) int {
	return max(pcs.Params{Vars: p.Layout.Vars}.Size()+1, cs.NumPowers())
}

// Setup commits to the model and makes the keys of the wrap.
func Setup(ctx context.Context, p *reduction.Plan, cs *snark.ConstraintSystem, options SetupOptions) (*ProvingKey, error) {
	params := pcs.Params{Vars: p.Layout.Vars}
	srs, wrapKey, wrapVK, err := secrets(ctx, p, cs, options)
	if err != nil {
		return nil, err
	}
	model := columns(p, argument.Constants(p), 0, p.Layout.Model)
	ck := &CommitmentKey{srs: &kzg.ProvingKey{G1: srs.Pk.G1[:params.Size()+1]}, blinds: make([]fr.Element, len(model))}
	for k := range model {
		if _, err := ck.blinds[k].SetRandom(); err != nil {
			return nil, err
		}
		model[k].Blind = ck.blinds[k]
	}
	commitments, err := ck.commit(ctx, options.Device, params, model)
	if err != nil {
		return nil, fmt.Errorf("commit to the model: %w", err)
	}
	vk, err := verifier.NewVerifyingKey(wrapVK, srs.Vk.G2[1], params.Vars, 1+p.Layout.Witness, commitments)
	if err != nil {
		return nil, err
	}
	return NewProvingKey(vk, ck, wrapKey)
}

// commit returns the commitments to columns of the model. There is no proof yet that would fail
// if they were wrong, and none would ever verify: those of a device are checked on the CPU,
// which commits to few columns itself in that time.
func (ck *CommitmentKey) commit(ctx context.Context, device accel.Device, params pcs.Params, model []opening.Column) (out []curve.G1Affine, err error) {
	trusted, release, err := ck.on(cpu.Device{})
	if err != nil {
		return nil, err
	}
	defer release()
	if device == nil || len(model) <= opening.CheckColumns {
		return opening.Commit(ctx, trusted, params, model)
	}
	err = accel.Attempt(device, func(d accel.Device) error {
		powers, release, err := ck.on(d)
		if err != nil {
			return err
		}
		defer release()
		if out, err = opening.Commit(ctx, powers, params, model); err != nil || d == accel.Device(cpu.Device{}) {
			return err
		}
		return opening.Check(ctx, trusted, params, model, out)
	})
	return out, err
}

// secrets returns what the options have secrets for: powers of τ, and the keys of the wrap.
func secrets(ctx context.Context, p *reduction.Plan, cs *snark.ConstraintSystem, options SetupOptions) (
	srs *kzg.SRS, pk *snark.ProvingKey, vk *vsnark.VerifyingKey, err error,
) {
	n := NumPowers(p, cs)
	plonk := cs.System() == vsnark.Plonk
	switch {
	case plonk && options.Wrap != nil:
		return nil, nil, nil, errors.New("the keys of a ceremony are those of a Groth16 wrap, this one is of PLONK")
	case options.SRS == nil && options.Wrap != nil: // the mark of the wrap's key, which says that nobody has its secrets, is that of both
		return nil, nil, nil, fmt.Errorf("%w: the keys of a ceremony go with powers of tau of a ceremony", snark.ErrNeedsSetup)
	case options.SRS == nil && !options.Insecure:
		return nil, nil, nil, fmt.Errorf("%w: the sumcheck system needs %d powers of tau (--srs FILE)", snark.ErrNeedsSetup, n)
	case options.SRS != nil:
		srs, err = options.SRS(n)
	case plonk:
		if pk, vk, srs, err = snark.SetupInsecurePowers(ctx, cs, n); err != nil {
			err = fmt.Errorf("keys of the wrap: %w", err)
		}
		return srs, pk, vk, err
	default:
		srs, err = unsafesetup.Powers(n)
	}
	if err != nil {
		return nil, nil, nil, err
	}
	if plonk {
		pk, vk, err = snark.SetupPowers(ctx, cs, srs)
	} else {
		pk, vk, err = groth16Keys(ctx, cs, options)
	}
	if err != nil {
		return nil, nil, nil, fmt.Errorf("keys of the wrap: %w", err)
	}
	return srs, pk, vk, nil
}

// groth16Keys returns the keys that the options have for a wrap, or makes some.
func groth16Keys(ctx context.Context, cs *snark.ConstraintSystem, options SetupOptions) (*snark.ProvingKey, *vsnark.VerifyingKey, error) {
	if pk := options.Wrap; pk != nil {
		return pk, pk.VerifyingKey(), pk.Fits(cs)
	}
	return snark.Setup(ctx, cs, snark.SetupOptions{Insecure: options.Insecure})
}
