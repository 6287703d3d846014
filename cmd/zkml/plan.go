// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	psumcheck "github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/verifier/snark"
)

// plan plans the argument about a program, with columns of 2^vars elements, 0 to choose.
func plan(p *ir.Program, vars int) (*circuits.Model, *reduction.Plan, error) {
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		return nil, nil, err
	}
	r, err := reduction.New(m.System, reduction.Options{Vars: vars})
	return m, r, err
}

// leastVars is the number of variables of the least columns that a plan may have.
const leastVars = 8

// planWithin plans a proof with columns of 2^vars elements that keeps within a cap of
// memory, 0 for none. If vars is 0 it takes the cheapest columns, or smaller ones if those
// would take too much; a plain proof has no wrap, "". The error has the numbers.
func planWithin(p *ir.Program, vars int, limit int64, wrap snark.System) (*circuits.Model, *reduction.Plan, error) {
	m, r, err := plan(p, vars)
	if err != nil || limit == 0 {
		return m, r, err
	}
	for {
		need, err := psumcheck.EstimateMemory(r, wrap)
		if err != nil {
			return nil, nil, err
		}
		if need.Total() <= limit {
			return m, r, nil
		}
		if vars != 0 || r.Layout.Vars <= leastVars {
			return nil, nil, tooLarge(r, need, limit)
		}
		if r, err = reduction.New(m.System, reduction.Options{Vars: r.Layout.Vars - 1}); err != nil {
			return nil, nil, err
		}
	}
}

var errMemory = errors.New("too little memory")

func tooLarge(p *reduction.Plan, need psumcheck.Memory, limit int64) error {
	return fmt.Errorf("%w: a proof with columns of 2^%d elements takes about %s, more than --memory %s: tree of 2^%d lookups %s, "+
		"sumchecks %s, tensors %s, columns %s, opening %s, powers of tau %s, wrap %s, program %s", errMemory, p.Layout.Vars, bytesize(need.Total()), bytesize(limit),
		p.Tree.Vars, bytesize(need.Tree), bytesize(need.Levels), bytesize(need.Trace), bytesize(need.Columns), bytesize(need.Opening), bytesize(need.Powers), bytesize(need.Wrap), bytesize(need.Program))
}
