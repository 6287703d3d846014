// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math/big"

	"github.com/zkml-go/zkml/chain"
)

// A quoteResult is what a dry run prints.
type quoteResult struct {
	DryRun    bool         `json:"dry_run"`
	Gas       uint64       `json:"gas"`
	GasFeeCap *big.Int     `json:"max_fee_per_gas"` // in wei
	Cost      *big.Int     `json:"cost"`            // in wei, at the fee of the latest block
	MaxCost   *big.Int     `json:"max_cost"`        // in wei
	Steps     []quotedStep `json:"steps"`
}

// A quotedStep is a transaction that a dry run left out.
type quotedStep struct {
	Step string `json:"step"`
	Gas  uint64 `json:"gas"`
}

func (e *env) quoted(q chain.Quote, steps []quotedStep) error {
	out := &quoteResult{true, q.Gas, q.GasFeeCap, q.Cost, q.MaxCost, steps}
	var rows []row
	for _, s := range steps {
		rows = append(rows, row{s.Step, thousands(s.Gas) + " gas"})
	}
	return e.result(out, append(rows,
		row{"gas", thousands(q.Gas)}, row{"cost now", amount(q.Cost)}, row{"cost at most", amount(q.MaxCost)},
		row{"note", "a dry run: nothing was sent"}))
}

// dryRun says what drafts would cost, one after another, and steps that take the results of these, whose gas is
// known otherwise.
func (e *env) dryRun(c *connection, drafts []chain.Draft, more ...quotedStep) error {
	total := chain.Quote{Cost: new(big.Int), MaxCost: new(big.Int)}
	add := func(q chain.Quote) {
		total.Gas += q.Gas
		total.GasFeeCap = q.GasFeeCap
		total.Cost.Add(total.Cost, q.Cost)
		total.MaxCost.Add(total.MaxCost, q.MaxCost)
	}
	var steps []quotedStep
	for _, d := range drafts {
		q, err := c.Quote(e.ctx, d)
		if err != nil {
			return err
		}
		add(q)
		steps = append(steps, quotedStep{d.Step, q.Gas})
	}
	for _, s := range more {
		q, err := c.Price(e.ctx, s.Gas)
		if err != nil {
			return err
		}
		add(q)
		steps = append(steps, s)
	}
	have, err := c.BalanceAt(e.ctx, c.From())
	if err != nil {
		return err
	}
	if have.Cmp(total.MaxCost) < 0 {
		return &chain.FundsError{Have: have, Need: total.MaxCost}
	}
	return e.quoted(total, steps)
}
