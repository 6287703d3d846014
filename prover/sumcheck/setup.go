// SPDX-License-Identifier: Apache-2.0

// Package sumcheck proves runs of a program with the sumcheck system: it commits to
// columns, runs the reduction, opens the columns, and wraps the argument in a Groth16
// proof.
package sumcheck

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/circuits/wrap"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/snark"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"

	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// SetupOptions say where secrets come from.
type SetupOptions struct {
	// SRS is powers of τ of a ceremony.
	SRS snark.SRS
	// Wrap is the keys of the wrap that a ceremony made, or nil.
	Wrap *snark.ProvingKey
	// Insecure lets this process draw the secrets of the wrap's keys, if there are none,
	// and those of the SRS if there is none.
	Insecure bool
}

// CompileWrap returns the constraint system of the wrap of p.
func CompileWrap(p *reduction.Plan) (*snark.ConstraintSystem, error) {
	c, err := wrap.New(p)
	if err != nil {
		return nil, err
	}
	return snark.Compile(c, vsnark.Groth16)
}

// Setup commits to the model and makes the keys of the wrap.
func Setup(ctx context.Context, p *reduction.Plan, cs *snark.ConstraintSystem, options SetupOptions) (*ProvingKey, error) {
	params := pcs.Params{Vars: p.Layout.Vars}
	srs, err := powers(params, options)
	if err != nil {
		return nil, err
	}
	model := columns(p, argument.Constants(p), 0, p.Layout.Model)
	ck := &CommitmentKey{srs: &srs.Pk, blinds: make([]fr.Element, len(model))}
	for k := range model {
		if _, err := ck.blinds[k].SetRandom(); err != nil {
			return nil, err
		}
		model[k].Blind = ck.blinds[k]
	}
	commitments, err := commit(params, ck.srs, model)
	if err != nil {
		return nil, fmt.Errorf("commit to the model: %w", err)
	}
	wrapKey := options.Wrap
	if wrapKey == nil {
		if wrapKey, _, err = snark.Setup(ctx, cs, snark.SetupOptions{Insecure: options.Insecure}); err != nil {
			return nil, fmt.Errorf("keys of the wrap: %w", err)
		}
	}
	vk, err := verifier.NewVerifyingKey(wrapKey.VerifyingKey(), srs.Vk.G2[1], params.Vars, 1+p.Layout.Witness, commitments)
	if err != nil {
		return nil, err
	}
	return NewProvingKey(vk, ck, wrapKey)
}

// powers returns the N + 1 powers of τ that columns need.
func powers(p pcs.Params, options SetupOptions) (*kzg.SRS, error) {
	if options.SRS != nil {
		return options.SRS(p.Size() + 1)
	}
	if !options.Insecure {
		return nil, fmt.Errorf("%w: the sumcheck system needs %d powers of tau (--srs FILE)", snark.ErrNeedsSetup, p.Size()+1)
	}
	return unsafesetup.Powers(p.Size() + 1)
}
