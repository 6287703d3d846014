// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/platform"
)

var routerCommand = &command{
	name:  "router",
	short: "add a verifier to the router on a chain or remove one, after the delay",
	args:  "add ADDRESS | remove SYSTEM  --schedule|--execute|--cancel --rpc URL --key-file FILE",
	long: `
Router changes which verifiers a deployment finds. The admin announces a change
with --schedule, and makes it with --execute once the delay of the timelock is
over, or takes it back with --cancel. Everybody sees the announcement.

    add ADDRESS    add the verifier of a new proof system, behind a stop of its own.
                   What its code is nobody checks but whoever reads it
    remove SYSTEM  remove the verifier of groth16, plonk, sumcheck or sumcheck-plonk,
                   for good; zkml stop needs no delay

` + journalHelp,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &routerOptions{}
		o.declareRemote(f)
		f.BoolVar(&o.schedule, "schedule", false, "announce the change")
		f.BoolVar(&o.execute, "execute", false, "make the change")
		f.BoolVar(&o.cancel, "cancel", false, "take the announcement back")
		return func(e *env, args []string) error {
			if err := o.check(args); err != nil {
				return usageError{err}
			}
			return e.withChain(&o.chainOptions, false, func(c *connection) error { return e.router(c, o) })
		}
	},
}

type routerOptions struct {
	chainOptions
	schedule, execute, cancel bool

	verifier common.Address // to add
	system   string         // to remove, "" if there is one to add
}

func (o *routerOptions) check(args []string) (err error) {
	switch {
	case len(args) == 0:
		return errors.New("no change: want add ADDRESS or remove SYSTEM")
	case args[0] == "remove":
		if o.system, err = onChainName(args[1:]); err != nil {
			return err
		}
	case args[0] == "add":
		if len(args) != 2 || !common.IsHexAddress(args[1]) {
			return errors.New("add: want an address, 40 hexadecimal digits")
		}
		o.verifier = common.HexToAddress(args[1])
	default:
		return fmt.Errorf("unknown change %q: want add ADDRESS or remove SYSTEM", args[0])
	}
	n := 0
	for _, given := range []bool{o.schedule, o.execute, o.cancel} {
		if given {
			n++
		}
	}
	if n != 1 {
		return errors.New("give one of --schedule, --execute and --cancel")
	}
	if o.rpc == "" {
		return errors.New("no node: give --rpc URL")
	}
	return nil
}

// A routerResult is what router prints.
type routerResult struct {
	Operation   string       `json:"operation"`
	ID          common.Hash  `json:"id"`
	State       string       `json:"state"`
	ReadyAt     uint64       `json:"ready_at,omitempty"` // seconds since 1970, while it is announced
	Existing    bool         `json:"existing"`           // it was so before
	Transaction *common.Hash `json:"transaction,omitempty"`
	GasUsed     uint64       `json:"gas_used"`
}

func (e *env) router(c *connection, o *routerOptions) error {
	if err := c.readDeployment(e.ctx); err != nil {
		return err
	}
	if err := c.keepBesideDeployment(e.ctx); err != nil {
		return err
	}
	op, err := o.operation(e, c)
	if err != nil {
		return err
	}
	before, err := op.Scheduled(e.ctx, c.Chain)
	if err != nil {
		return err
	}
	draft, existing, err := o.draft(e, c, op, before)
	if err != nil {
		return err
	}
	out := &routerResult{Operation: op.Name, Existing: existing}
	if !existing {
		if c.o.dryRun {
			return e.dryRun(c, []chain.Draft{draft})
		}
		r, err := c.Send(e.ctx, draft)
		if err != nil {
			return err
		}
		out.Transaction, out.GasUsed = &r.TxHash, r.GasUsed
	}
	after, err := op.Scheduled(e.ctx, c.Chain)
	if err != nil {
		return err
	}
	out.ID, out.State = after.ID, after.State.String()
	if after.State == platform.Waiting || after.State == platform.Ready {
		out.ReadyAt = after.ReadyAt
	}
	return e.result(out, out.rows())
}

// operation returns the change. One that is announced is not looked at again: what it adds may be in the router
// by now.
func (o *routerOptions) operation(e *env, c *connection) (*platform.Operation, error) {
	if o.system != "" {
		return c.d.RemoveVerifier(o.system)
	}
	if !o.schedule {
		return c.d.Addition(o.verifier)
	}
	op, err := c.d.AddVerifier(e.ctx, c.Chain, o.verifier)
	if errors.Is(err, platform.ErrVerifier) {
		return nil, bad(err)
	}
	return op, err
}

// draft returns the step to be done, and whether there is none because it was done before.
func (o *routerOptions) draft(e *env, c *connection, op *platform.Operation, at platform.ScheduledOperation) (d chain.Draft, existing bool, err error) {
	var wanted bool // the state in which the step is done
	switch {
	case o.schedule:
		s, err := c.d.State(e.ctx, c.Chain)
		if err != nil {
			return d, false, err
		}
		if d, err = op.Schedule(s.Delay); err != nil {
			return d, false, err
		}
		existing, wanted = at.State == platform.Waiting || at.State == platform.Ready, at.State == platform.Unset
	case o.execute:
		if d, err = op.Execute(); err != nil {
			return d, false, err
		}
		existing, wanted = at.State == platform.Done, at.State == platform.Ready
	default:
		if d, err = op.Cancel(at.ID); err != nil {
			return d, false, err
		}
		existing, wanted = at.State == platform.Unset, at.State != platform.Done
	}
	d.Step = c.occurrence(d.Step)
	if c.begun(d.Step) { // an earlier run may have sent it
		return d, false, nil
	}
	if existing || wanted {
		return d, existing, nil
	}
	switch at.State {
	case platform.Waiting:
		return d, false, hinted("run it again then", fmt.Errorf("%s waits until %s", op.Name, clock(at.ReadyAt)))
	case platform.Unset:
		return d, false, hinted("--schedule announces it", fmt.Errorf("%s was not announced", op.Name))
	}
	return d, false, badf("%s was done before", op.Name)
}

// clock returns a time of the chain for people.
func clock(seconds uint64) string { return time.Unix(int64(seconds), 0).UTC().Format(time.RFC3339) }

func (r *routerResult) rows() []row {
	rows := []row{{"operation", r.Operation}, {"id", r.ID.String()}, {"state", r.State}}
	if r.ReadyAt != 0 {
		rows = append(rows, row{"executable from", clock(r.ReadyAt)})
	}
	if r.Existing {
		return append(rows, row{"note", "was so before; nothing was sent"})
	}
	return append(rows, row{"transaction", r.Transaction.String()}, row{"gas", thousands(r.GasUsed)})
}
