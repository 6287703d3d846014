// SPDX-License-Identifier: Apache-2.0

package model

import (
	"context"
	"fmt"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/relation"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// maxConstraints is the size from which on a circuit of a whole model is not built: it
// would take tens of gigabytes, and sumcheck is for such models.
const maxConstraints = 1 << 24

// A direct job proves the relations of a program as one circuit.
type direct struct {
	ctx     context.Context
	program *ir.Program
	input   [][]int64
	system  vsnark.System
	// limit is the number of constraints from which on no circuit is built.
	limit int
	prover.Job
	proof *vsnark.Proof
}

func directSystem(s vsnark.System) func(context.Context, accel.Device, *ir.Program, [][]int64) job {
	return func(ctx context.Context, device accel.Device, p *ir.Program, input [][]int64) job {
		return &direct{ctx: ctx, program: p, input: input, system: s, limit: maxConstraints, Job: prover.Job{Device: device}}
	}
}

func (d *direct) circuit() (err error) {
	if d.Model, err = circuits.NewModel(d.program, relation.Options{}); err != nil {
		return err
	}
	if n := d.Model.Estimate(); n > d.limit {
		return fmt.Errorf("a circuit of about %d constraints is too large to build", n)
	}
	d.CS, err = snark.Compile(d.Model.Circuit(), d.system)
	return err
}

func (d *direct) setup() (err error) {
	d.Key, _, err = snark.Setup(d.ctx, d.CS, snark.SetupOptions{Insecure: true})
	return err
}

func (d *direct) prove() ([]measure.Phase, error) {
	r, err := d.Prove(d.ctx, d.input, [32]byte{})
	if err != nil {
		return nil, err
	}
	d.proof = r.Proof
	return []measure.Phase{
		{Name: "witness", Time: r.Stats.Witness}, {Name: "solve", Time: r.Stats.Solve}, {Name: "prove", Time: r.Stats.Prove},
		{Name: "verify", Time: r.Stats.Verify, Outside: true},
	}, nil
}

func (d *direct) metrics() []bench.Metric {
	return []bench.Metric{{Unit: "constraints", Value: float64(d.CS.NumConstraints())}, {Unit: "proof-B", Value: float64(len(d.proof.Calldata()))}}
}
