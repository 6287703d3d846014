// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// found reports an attestation that is on the chain and not in the journal.
func (a *attesting) found() error {
	i, err := a.c.d.Inference(a.ctx, a.c.Chain, a.what.ID(), new(big.Int))
	if err != nil {
		return err
	}
	a.out.Existing, a.out.Transaction, a.out.Block = true, i.Transaction, i.Block
	return a.result(&a.out, a.out.rows())
}

// terms fixes what is paid: the transaction of an earlier run that may still be mined is taken as it is.
func (a *attesting) terms() error {
	if a.order.Terms == nil || !a.c.begun("attest") && !a.c.begun("deposit") {
		credit, err := a.c.d.Credit(a.ctx, a.c.Chain, a.c.From())
		if err != nil {
			return err
		}
		value := new(big.Int).Sub(a.model.Fee, credit)
		if value.Sign() < 0 {
			value.SetInt64(0)
		}
		a.order.Terms = &orderTerms{MaxFee: (*hexutil.Big)(a.o.most), Value: (*hexutil.Big)(value), Store: a.o.store}
		// A dry run does not know what the journal has, so it must not change what goes with it.
		if !a.c.o.dryRun {
			if err := a.order.write(a.path); err != nil {
				return err
			}
		}
	}
	a.what.Proof.MaxFee = a.order.Terms.MaxFee.ToInt()
	return nil
}

// send sends what there is to send.
func (a *attesting) send() error {
	if a.c.o.dryRun && a.c.node == nil {
		return a.quote()
	}
	if err := a.publish(); err != nil {
		return err
	}
	value := a.order.Terms.Value.ToInt()
	if a.order.Terms.Store && value.Sign() > 0 {
		// The function that stores takes no ether, by its standard.
		draft, err := a.c.d.Deposit(value)
		if err != nil {
			return err
		}
		r, err := a.c.Send(a.ctx, draft)
		if err != nil {
			return err
		}
		a.out.GasDeposit, value = r.GasUsed, new(big.Int)
	}
	draft, err := a.c.d.Attest(a.what, value, a.order.Terms.Store)
	if err != nil {
		return err
	}
	if a.out.Existing = a.order.Done != nil; a.out.Existing && len(a.out.Data) == 0 {
		a.out.Data = a.order.Done.Data
	}
	r, err := a.c.Send(a.ctx, draft)
	if err != nil {
		return err
	}
	a.out.Transaction, a.out.Block, a.out.GasUsed = r.TxHash, r.BlockNumber.Uint64(), r.GasUsed
	a.order.Done = &orderDone{a.out.InferenceID, a.out.InputCommitment, r.TxHash, a.out.Block, r.GasUsed, a.out.Data}
	if err := a.order.write(a.path); err != nil {
		return err
	}
	return a.result(&a.out, a.out.rows())
}

// quote says what sending would cost.
func (a *attesting) quote() error {
	value := a.order.Terms.Value.ToInt()
	if a.order.Terms.Store && value.Sign() > 0 {
		return hinted("leave out --store, or buy credit first", errors.New("a dry run cannot tell the gas of an attestation that is stored and paid for: it takes two transactions"))
	}
	draft, err := a.c.d.Attest(a.what, value, a.order.Terms.Store)
	if err != nil {
		return err
	}
	_, drafts, err := a.publication()
	if err != nil {
		return err
	}
	return a.dryRun(a.c, append(drafts, draft))
}
