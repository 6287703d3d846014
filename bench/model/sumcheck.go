// SPDX-License-Identifier: Apache-2.0

package model

import (
	"context"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// systems are the proof systems.
var systems = []system{
	{name: string(vsnark.Groth16), open: directSystem(vsnark.Groth16), chain: chainSystem(vsnark.Groth16)},
	{name: string(vsnark.Plonk), open: directSystem(vsnark.Plonk), chain: chainSystem(vsnark.Plonk)},
	{name: "sumcheck", open: func(ctx context.Context, d accel.Device, p *ir.Program, input [][]int64) job {
		return &columns{ctx: ctx, program: p, input: input, Job: sumcheck.Job{Device: d}}
	}},
}

// A columns job proves a program with the sumcheck system, wrapped in Groth16.
type columns struct {
	ctx     context.Context
	program *ir.Program
	input   [][]int64
	sumcheck.Job
	bytes int
}

func (c *columns) circuit() (err error) {
	if c.Model, err = circuits.NewModel(c.program, relation.Options{}); err != nil {
		return err
	}
	if c.Plan, err = reduction.New(c.Model.System, reduction.Options{}); err != nil {
		return err
	}
	c.Wrap, err = sumcheck.CompileWrap(c.Plan, vsnark.Groth16)
	return err
}

func (c *columns) setup() (err error) {
	c.Key, err = sumcheck.Setup(c.ctx, c.Plan, c.Wrap, sumcheck.SetupOptions{Device: c.Device, Insecure: true})
	return err
}

func (c *columns) prove() ([]measure.Phase, error) {
	r, err := c.Prove(c.ctx, c.input, [32]byte{}, false)
	if err != nil {
		return nil, err
	}
	c.bytes = len(r.Proof.Calldata())
	var out []measure.Phase
	for _, p := range r.Phases {
		out = append(out, measure.Phase{Name: p.Name, Time: p.Time, Device: p.Device, Outside: p.Name == "verify"})
	}
	return out, nil
}

func (c *columns) metrics() []bench.Metric {
	return []bench.Metric{{Unit: "constraints", Value: float64(c.Wrap.NumConstraints())}, {Unit: "proof-B", Value: float64(c.bytes)}}
}
