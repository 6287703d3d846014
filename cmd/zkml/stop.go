// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
)

// journalHelp is chainHelp of commands that do nothing without a node.
const journalHelp = `A transaction is tried without being sent first, and written to a journal beside
the deployment's file before a node sees it. A run that was stopped at any point
goes on when it is run again, and sends nothing twice. Key files must be closed
to other users (mode 0600).`

var stopCommand = &command{
	name:  "stop",
	short: "stop a verifier on a chain, for good",
	args:  "groth16|plonk|sumcheck|sumcheck-plonk --rpc URL --key-file FILE",
	long: `
Stop has the guardian of a deployment stop the verifier of a proof system. From
then on it accepts no proof. Nobody can start it again: models of that system need
a verifier of another one. What was attested before stays attested.

` + journalHelp,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &chainOptions{}
		o.declareRemote(f)
		return func(e *env, args []string) error {
			name, err := onChainName(args)
			if err != nil {
				return usageError{err}
			}
			if o.rpc == "" {
				return usagef("no node: give --rpc URL")
			}
			return e.withChain(o, false, func(c *connection) error { return e.stop(c, name) })
		}
	},
}

// onChainName returns the name that contracts have for the proof system that is the only argument.
func onChainName(args []string) (string, error) {
	if len(args) == 0 {
		return "", fmt.Errorf("no proof system: want one of %s", strings.Join(slices.Sorted(maps.Keys(onChainNames)), ", "))
	}
	if len(args) > 1 {
		return "", fmt.Errorf("unexpected argument %q", args[1])
	}
	name, ok := onChainNames[args[0]]
	if !ok {
		return "", fmt.Errorf("unknown proof system %q: want one of %s", args[0], strings.Join(slices.Sorted(maps.Keys(onChainNames)), ", "))
	}
	return name, nil
}

// A stopResult is what stop prints.
type stopResult struct {
	System      string         `json:"system"`
	Stop        common.Address `json:"stop"`
	Stopped     bool           `json:"stopped"`
	Existing    bool           `json:"existing"` // it was stopped before
	Transaction *common.Hash   `json:"transaction,omitempty"`
	GasUsed     uint64         `json:"gas_used"`
}

func (e *env) stop(c *connection, name string) error {
	if err := c.readDeployment(e.ctx); err != nil {
		return err
	}
	system, ok := c.d.System(name)
	if !ok {
		return badf("%s: the deployment has no verifier of %s", c.o.deployment, name)
	}
	if err := c.keepBesideDeployment(e.ctx); err != nil {
		return err
	}
	draft, err := system.StopDraft()
	if err != nil {
		return err
	}
	stopped, err := system.Stopped(e.ctx, c.Chain)
	if err != nil {
		return err
	}
	out := &stopResult{System: name, Stop: system.Stop.Address, Stopped: true, Existing: stopped && !c.begun(draft.Step)}
	switch {
	case out.Existing:
	case c.o.dryRun:
		return e.dryRun(c, []chain.Draft{draft})
	default:
		r, err := c.Send(e.ctx, draft)
		if err != nil {
			return err
		}
		out.Transaction, out.GasUsed = &r.TxHash, r.GasUsed
	}
	rows := []row{{"stopped", name}, {"stop", out.Stop.String()}}
	if out.Existing {
		return e.result(out, append(rows, row{"note", "was stopped before; nothing was sent"}))
	}
	return e.result(out, append(rows, row{"transaction", out.Transaction.String()}, row{"gas", thousands(out.GasUsed)}))
}
