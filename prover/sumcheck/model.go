// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"context"
	"fmt"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A ModelCheck proves that the committed model of a job is one of integers, see
// reduction.NewModelCheck. Proofs need the blinds of the commitments: only the registrant
// can make them.
type ModelCheck struct {
	job     Job
	weights [][]int64
}

// NewModelCheck returns the check of the model of j. j needs no constraint system.
func NewModelCheck(j *Job) (*ModelCheck, error) {
	plan, err := reduction.NewModelCheck(j.Plan)
	if err != nil {
		return nil, err
	}
	vk, err := verifier.ModelCheckKey(j.Key.vk, plan)
	if err != nil {
		return nil, err
	}
	key := *j.Key // the SRS and the blinds
	key.vk, key.wrap = vk, nil
	c := &ModelCheck{job: Job{Model: &circuits.Model{System: plan.System}, Plan: plan, Key: &key,
		ID: verifier.ModelCheckID(j.ID), Device: j.Device}}
	s := j.Plan.System
	for _, t := range j.Plan.Tensors {
		switch {
		case !t.Model:
		case t.Column >= 0:
			c.weights = append(c.weights, s.Columns[t.Column].Data)
		default:
			c.weights = append(c.weights, s.Tables[t.Table].Columns[t.TableColumn])
		}
	}
	return c, nil
}

// Plan returns the plan of the check.
func (c *ModelCheck) Plan() *reduction.Plan { return c.job.Plan }

// Setup makes the keys of the check's wrap, of Groth16, which plain proofs do without, and returns
// the key that wrapped proofs are checked with. Of the options it needs Wrap or Insecure.
func (c *ModelCheck) Setup(ctx context.Context, options SetupOptions) (*verifier.VerifyingKey, error) {
	cs, err := CompileWrap(c.job.Plan, vsnark.Groth16)
	if err != nil {
		return nil, err
	}
	pk, wrapVK, err := groth16Keys(ctx, cs, options)
	if err != nil {
		return nil, fmt.Errorf("keys of the wrap: %w", err)
	}
	old := c.job.Key
	vk, err := verifier.NewVerifyingKey(wrapVK, old.vk.Tau(), old.vk.Vars(), old.vk.NumWitness(), old.vk.Model())
	if err != nil {
		return nil, err
	}
	key := *old
	key.vk, key.wrap = vk, pk
	c.job.Key, c.job.Wrap = &key, cs
	return vk, nil
}

// Prove proves that the model is one of integers. plain leaves out the wrap: such a proof
// shows some linear combinations of the weights. The proof is verified before it is
// returned.
func (c *ModelCheck) Prove(ctx context.Context, plain bool) (*Result, error) {
	if !plain && c.job.Wrap == nil {
		return nil, fmt.Errorf("%w: a wrapped proof of a model needs keys of its own", snark.ErrNeedsSetup)
	}
	return c.job.Prove(ctx, c.weights, [32]byte{}, plain)
}
