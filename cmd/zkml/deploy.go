// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/statement"
)

var deployCommand = &command{
	name:  "deploy",
	short: "deploy verifiers, registry and market on a chain",
	args:  "[--rpc URL --key-file FILE] [--system groth16,plonk,sumcheck,sumcheck-plonk]",
	long: `
Deploy deploys the verifiers of proof systems, each behind a stop, a router that
finds them, a timelock that owns the router, the registry of models and the
market that attests inferences, and writes where they are to a file.

The guardian may stop verifiers, for good. The admin may add verifiers and remove
them, after the delay of the timelock. The account that deploys keeps neither
power unless it is given it. If the file is there the contracts are checked, and
nothing is sent.

` + chainHelp,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &deployOptions{}
		o.declare(f)
		f.StringVar(&o.systems, "system", "groth16,plonk,sumcheck,sumcheck-plonk", "the proof `SYSTEMS`, with commas; sumcheck-plonk is sumcheck with a PLONK wrap")
		f.StringVar(&o.guardian, "guardian", "", "the `ADDRESS` that may stop verifiers; default: the account that deploys")
		f.StringVar(&o.admin, "admin", "", "the `ADDRESS` that may change the router; default: the account that deploys")
		f.DurationVar(&o.delay, "delay", 48*time.Hour, "how `LONG` the admin has to wait")
		f.StringVar(&o.canary, "canary", "", "the `NAME` of a model, 64 hexadecimal digits, whose contradictions stop verifiers")
		return func(e *env, args []string) error {
			if len(args) > 0 {
				return usagef("unexpected argument %q", args[0])
			}
			plan, err := o.plan()
			if err != nil {
				return usageError{err}
			}
			if o.rpc != "" && !o.dryRun {
				if err := writableFile(o.deployment); err != nil {
					return err
				}
			}
			return e.withChain(&o.chainOptions, false, func(c *connection) error { return e.deploy(c, plan) })
		}
	},
}

type deployOptions struct {
	chainOptions
	systems, guardian, admin, canary string
	delay                            time.Duration
}

// onChainNames has the names that contracts have for the systems of users.
var onChainNames = map[string]string{
	"groth16": statement.Groth16, "plonk": statement.Plonk, "sumcheck": statement.Sumcheck, "sumcheck-plonk": statement.SumcheckPlonk,
}

func (o *deployOptions) plan() (p platform.Plan, err error) {
	for _, name := range strings.Split(o.systems, ",") {
		id, ok := onChainNames[name]
		if !ok {
			return p, fmt.Errorf("unknown proof system %q: want %s", name, strings.Join(slices.Sorted(maps.Keys(onChainNames)), ", "))
		}
		if !slices.Contains(p.Systems, id) {
			p.Systems = append(p.Systems, id)
		}
	}
	for _, a := range []struct {
		flag, text string
		to         *common.Address
	}{{"guardian", o.guardian, &p.Guardian}, {"admin", o.admin, &p.Admin}} {
		if a.text == "" {
			continue
		}
		if !common.IsHexAddress(a.text) || common.HexToAddress(a.text) == (common.Address{}) {
			return p, fmt.Errorf("--%s %q: want an address, 40 hexadecimal digits", a.flag, a.text)
		}
		*a.to = common.HexToAddress(a.text)
	}
	if p.Canary, err = parseContext(o.canary); err != nil {
		return p, fmt.Errorf("--canary %q: want 64 hexadecimal digits", o.canary)
	}
	if o.delay < 0 || o.delay%time.Second != 0 {
		return p, fmt.Errorf("--delay %s: want whole seconds", o.delay)
	}
	p.Delay = uint64(o.delay / time.Second)
	return p, nil
}

// A deployResult is what deploy prints.
type deployResult struct {
	*platform.Deployment
	File     string         `json:"file,omitempty"`
	Embedded bool           `json:"embedded"` // on a node in this process
	Existing bool           `json:"existing"` // it was there before
	GasUsed  uint64         `json:"gas_used"` // by all transactions, those that deploy nothing included
	Steps    []deployedStep `json:"steps,omitempty"`
}

// A deployedStep is a transaction of a deployment.
type deployedStep struct {
	Step        string      `json:"step"`
	Transaction common.Hash `json:"transaction"`
	GasUsed     uint64      `json:"gas_used"`
}

func (e *env) deploy(c *connection, p platform.Plan) error {
	if c.node == nil {
		switch _, err := os.Stat(c.o.deployment); {
		case err == nil:
			return e.deployed(c, p)
		case !errors.Is(err, fs.ErrNotExist):
			return bad(err)
		case c.o.dryRun:
			return e.rehearse(c, p)
		}
	}
	if err := c.keep(e.ctx, c.o.deployment); err != nil {
		return err
	}
	out := &deployResult{Embedded: c.node != nil}
	p.Done = func(step string, r *types.Receipt) {
		out.GasUsed += r.GasUsed
		out.Steps = append(out.Steps, deployedStep{step, r.TxHash, r.GasUsed})
		if c.node == nil {
			fmt.Fprintf(e.stderr, "zkml: %s: %s, %s gas\n", step, r.TxHash, thousands(r.GasUsed))
		}
	}
	d, err := platform.Deploy(e.ctx, c.Chain, p)
	if err != nil {
		return err
	}
	if err := d.Check(e.ctx, c.Chain); err != nil {
		return err
	}
	out.Deployment = d
	if c.node == nil {
		data, err := d.Encode()
		if err != nil {
			return err
		}
		if err := writeFile(c.o.deployment, data); err != nil {
			return err
		}
		out.File = c.o.deployment
	}
	return e.result(out, out.rows())
}

// deployed reports a deployment whose file is there, after it has checked it.
func (e *env) deployed(c *connection, p platform.Plan) error {
	if err := c.readDeployment(e.ctx); err != nil {
		return err
	}
	for _, name := range p.Systems {
		if _, ok := c.d.System(name); !ok {
			return hinted("leave it out, or have the admin add a verifier through the timelock, or choose another --deployment",
				fmt.Errorf("%s: the deployment has no verifier of %s", c.o.deployment, name))
		}
	}
	out := &deployResult{Deployment: c.d, File: c.o.deployment, Existing: true}
	return e.result(out, out.rows())
}

func (r *deployResult) rows() []row {
	rows := []row{{"chain", r.ChainID}}
	switch {
	case r.Embedded:
		rows = append(rows, row{"note", "on a node in this process, which is gone now"})
	case r.Existing:
		rows = append(rows, row{"note", "was there before; nothing was sent, all code is as it should be"})
	}
	for _, role := range r.Roles() {
		rows = append(rows, row{role.Name, fmt.Sprintf("%s (%s gas)", role.Address, thousands(role.GasUsed))})
	}
	rows = append(rows, row{"guardian", r.Guardian.String()}, row{"admin", fmt.Sprintf("%s, after %s", r.Admin, time.Duration(r.Delay)*time.Second)})
	if r.GasUsed > 0 {
		rows = append(rows, row{"gas", fmt.Sprintf("%s in %d transactions", thousands(r.GasUsed), len(r.Steps))})
	}
	if r.File != "" {
		rows = append(rows, row{"file", r.File})
	}
	return rows
}

// rehearse deploys on a node in this process and says what the gas costs on the chain of c: the steps need
// the contracts of those before, which are not there.
func (e *env) rehearse(c *connection, p platform.Plan) error {
	steps, err := rehearsal(e.ctx, c.From(), p)
	if err != nil {
		return err
	}
	var gas uint64
	for _, s := range steps {
		gas += s.Gas
	}
	q, err := c.Price(e.ctx, gas)
	if err != nil {
		return err
	}
	have, err := c.BalanceAt(e.ctx, c.From())
	if err != nil {
		return err
	}
	if have.Cmp(q.MaxCost) < 0 {
		e.message("warning", "%s has %s, which does not cover the most that it may cost", c.From(), amount(have))
	}
	return e.quoted(q, steps)
}

func rehearsal(ctx context.Context, deployer common.Address, p platform.Plan) (steps []quotedStep, err error) {
	// The powers are given to the same accounts, for gas depends on it.
	for _, a := range []*common.Address{&p.Guardian, &p.Admin} {
		if *a == deployer {
			*a = common.Address{}
		}
	}
	c, err := chain.NewEmbedded(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	p.Done = func(step string, r *types.Receipt) { steps = append(steps, quotedStep{step, r.GasUsed}) }
	_, err = platform.Deploy(ctx, c, p)
	return steps, err
}
