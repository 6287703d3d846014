// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"time"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/verifier/snark"
)

// autoSystem is what users write to have the system chosen.
const autoSystem = "auto"

func checkAuto(o *setupOptions) error {
	switch {
	case o.wrapSystem() != snark.Groth16:
		return usagef("--system auto may choose groth16, which has no wrap, and estimates that of sumcheck with Groth16: name a system")
	case o.ceremony != "":
		return usagef("--ceremony is for one system: name it")
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
	openTime       = 10 * time.Microsecond // per element of a column
	leafTime       = 300 * time.Nanosecond // per lookup
)

func directTime(constraints int) time.Duration {
	return time.Duration(constraints) * constraintTime
}

// sumcheckTime is for a plan whose wrap has so many constraints.
func sumcheckTime(p *reduction.Plan, constraints int) time.Duration {
	return directTime(constraints) + openTime<<p.Layout.Vars + leafTime*time.Duration(p.Tree.Used)
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
	_, plan, err := planWithin(p, o.columnVars, o.memory, o.wrapSystem())
	wrap := 0
	if err == nil {
		wrap, err = plan.NumConstraints()
	}
	if err != nil {
		e.message("info", "sumcheck cannot prove this model (%v): groth16", err)
		o.wrap, o.columnVars, o.memory = "", 0, 0
		return groth16System, nil
	}
	other := sumcheckTime(plan, wrap)
	why := fmt.Sprintf("a proof would take about %s with groth16 (%s constraints) and %s with sumcheck (%s lookups, columns of 2^%d elements, %s constraints)",
		seconds(direct), thousands(constraints), seconds(other), thousands(plan.Tree.Used), plan.Layout.Vars, thousands(wrap))
	if other < direct {
		e.message("info", "sumcheck: %s", why)
		return sumcheckSystem{}, nil
	}
	e.message("info", "groth16: %s", why)
	o.wrap, o.columnVars, o.memory = "", 0, 0
	return groth16System, nil
}
