// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	psumcheck "github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
)

// autoSystem is what users write to have the system chosen.
const autoSystem = "auto"

func checkAuto(o *setupOptions) error {
	switch {
	case o.srs != "":
		return usagef("--system auto may choose groth16, which takes no --srs: name a system")
	case !o.insecure:
		return usagef("no source of secrets: --system auto may choose groth16, which needs secrets for each circuit; %s", insecurely)
	}
	return nil
}

// What a proof takes on two cores.
const (
	constraintTime = 20 * time.Microsecond // of Groth16
	wrapSize       = 70_000                // constraints of the wrap, whatever the model
	openTime       = 10 * time.Microsecond // per element of a column
	leafTime       = 300 * time.Nanosecond // per lookup
)

func directTime(constraints int) time.Duration {
	return time.Duration(constraints) * constraintTime
}

func sumcheckTime(p *reduction.Plan) time.Duration {
	return wrapSize*constraintTime + openTime<<p.Layout.Vars + leafTime<<p.Tree.Vars
}

// choose returns the system that proves p sooner, by estimates from its relations, and
// says why. It clears the options that are not for that system.
func (e *env) choose(p *ir.Program, o *setupOptions) (proofSystem, error) {
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		return nil, err
	}
	constraints := m.Estimate()
	direct := directTime(constraints)
	_, plan, err := planWithin(p, o.columnVars, o.memory)
	if err != nil {
		e.message("info", "sumcheck cannot prove this model (%v): groth16", err)
		o.columnVars, o.memory = 0, 0
		return groth16System, nil
	}
	other := sumcheckTime(plan)
	why := fmt.Sprintf("a proof would take about %s with groth16 (%s constraints) and %s with sumcheck (2^%d lookups, columns of 2^%d elements)",
		seconds(direct), thousands(constraints), seconds(other), plan.Tree.Vars, plan.Layout.Vars)
	if other < direct {
		e.message("info", "sumcheck: %s", why)
		return sumcheckSystem{}, nil
	}
	e.message("info", "groth16: %s", why)
	o.columnVars, o.memory = 0, 0
	return groth16System, nil
}

// The least columns that a plan may have, and the most bytes that a refusal may name.
const leastVars = 8

// planWithin plans a proof with columns of 2^vars elements that keeps within a cap of
// memory, 0 for none. If vars is 0 it takes the cheapest columns, or smaller ones if those
// would take too much. The error has the numbers.
func planWithin(p *ir.Program, vars int, limit int64) (*circuits.Model, *reduction.Plan, error) {
	m, r, err := plan(p, vars)
	if err != nil || limit == 0 {
		return m, r, err
	}
	for {
		need := psumcheck.EstimateMemory(r)
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
		"tensors %s, columns %s, opening %s, powers of tau %s, wrap %s", errMemory, p.Layout.Vars, bytesize(need.Total()), bytesize(limit),
		p.Tree.Vars, bytesize(need.Tree), bytesize(need.Trace), bytesize(need.Columns), bytesize(need.Opening), bytesize(need.Powers), bytesize(need.Wrap))
}
