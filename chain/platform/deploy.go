// SPDX-License-Identifier: Apache-2.0

package platform

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// A Plan is what to deploy.
type Plan struct {
	Systems  []string       // proof systems, named as in package statement
	Guardian common.Address // zero for the account that deploys
	Admin    common.Address // zero for the account that deploys
	Delay    uint64         // of the timelock, in seconds
	Canary   common.Hash
	// Done, if not nil, is told of every step that is done.
	Done func(step string, r *types.Receipt)
}

// Deploy deploys all contracts. With a journal it goes on where it was stopped, and does nothing that was
// done.
//
// When it returns, the timelock owns the router and has the delay of the plan, and the deploying account
// has no power but what the plan gives it.
func Deploy(ctx context.Context, c *chain.Chain, p Plan) (*Deployment, error) {
	h, err := c.Header(ctx)
	if err != nil {
		return nil, err
	}
	if p.Guardian == (common.Address{}) {
		p.Guardian = c.From()
	}
	if p.Admin == (common.Address{}) {
		p.Admin = c.From()
	}
	b := &building{ctx: ctx, chain: c, plan: p, d: &Deployment{ChainID: h.ChainID, Genesis: h.Genesis, Deployer: c.From(),
		Guardian: p.Guardian, Admin: p.Admin, Delay: p.Delay, Canary: p.Canary}}
	for _, stage := range []func() error{b.verifiers, b.router, b.handOver, b.market} {
		if err := stage(); err != nil {
			return nil, err
		}
	}
	return b.d, nil
}

// A building is one Deploy.
type building struct {
	ctx   context.Context
	chain *chain.Chain
	plan  Plan
	d     *Deployment
}

func (b *building) verifiers() error {
	for _, name := range b.plan.Systems {
		a, err := contracts.ForSystem(name)
		if err != nil {
			return err
		}
		s := System{Name: name}
		if err := b.create(&s.Verifier, "verifier "+name, a.Name); err != nil {
			return err
		}
		if err := b.create(&s.Stop, "stop "+name, "VerifierStop", s.Verifier.Address, b.plan.Guardian, [32]byte(b.plan.Canary)); err != nil {
			return err
		}
		b.d.Systems = append(b.d.Systems, s)
	}
	return nil
}

func (b *building) router() error {
	if err := b.create(&b.d.Router, "router", "VerifierRouter", b.chain.From()); err != nil {
		return err
	}
	for _, s := range b.d.Systems {
		if err := b.call("add verifier "+s.Name, b.d.Router, "addVerifier", s.Stop.Address); err != nil {
			return err
		}
	}
	return nil
}

// handOver makes the timelock the owner of the router. A new owner has to accept, and what a timelock does
// waits for its delay: the timelock starts with none, and sets it in the same operation.
func (b *building) handOver() error {
	me := []common.Address{b.chain.From()}
	if err := b.create(&b.d.Timelock, "timelock", "VerifierTimelock", new(big.Int), me, me); err != nil {
		return err
	}
	if err := b.call("offer router", b.d.Router, "transferOwnership", b.d.Timelock.Address); err != nil {
		return err
	}
	args, err := b.acceptance()
	if err != nil {
		return err
	}
	if err := b.call("schedule acceptance", b.d.Timelock, "scheduleBatch", append(args, new(big.Int))...); err != nil {
		return err
	}
	return b.call("accept router", b.d.Timelock, "executeBatch", args...)
}

// acceptance returns the operation in which the timelock takes the router, moves its roles to the admin of
// the plan and sets its delay.
func (b *building) acceptance() ([]any, error) {
	router, err := b.d.Router.at()
	if err != nil {
		return nil, err
	}
	timelock, err := b.d.Timelock.at()
	if err != nil {
		return nil, err
	}
	var targets []common.Address
	var values []*big.Int
	var payloads [][]byte
	add := func(to chain.Contract, method string, args ...any) {
		data, e := to.ABI.Pack(method, args...)
		if e != nil && err == nil {
			err = fmt.Errorf("%s: %w", method, e)
		}
		targets, values, payloads = append(targets, to.Address), append(values, new(big.Int)), append(payloads, data)
	}
	add(router, "acceptOwnership")
	if from := b.chain.From(); b.plan.Admin != from {
		for _, role := range []string{"PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"} {
			id := [32]byte(crypto.Keccak256([]byte(role)))
			add(timelock, "grantRole", id, b.plan.Admin)
			add(timelock, "revokeRole", id, from)
		}
	}
	add(timelock, "updateDelay", new(big.Int).SetUint64(b.plan.Delay))
	return []any{targets, values, payloads, [32]byte{}, [32]byte{}}, err
}

func (b *building) market() error {
	if err := b.create(&b.d.Registry, "registry", "ModelRegistry", b.d.Router.Address); err != nil {
		return err
	}
	return b.create(&b.d.Market, "market", "InferenceMarket", b.d.Registry.Address, b.d.Router.Address)
}

// create deploys a contract.
func (b *building) create(to *Contract, role, name string, args ...any) error {
	a, err := contracts.Load(name)
	if err != nil {
		return err
	}
	packed, err := a.ABI.Pack("", args...)
	if err != nil {
		return fmt.Errorf("deploy %s: %w", role, err)
	}
	r, err := b.send("deploy "+role, chain.Draft{Data: append(a.Bytecode[:len(a.Bytecode):len(a.Bytecode)], packed...), ABI: a.ABI})
	if err != nil {
		return err
	}
	code, err := b.chain.Code(b.ctx, r.ContractAddress)
	if err != nil {
		return err
	}
	*to = Contract{Name: name, Address: r.ContractAddress, Arguments: append(hexutil.Bytes{}, packed...), CodeHash: crypto.Keccak256Hash(code),
		Transaction: r.TxHash, GasUsed: r.GasUsed}
	return nil
}

// call sends a call of a method.
func (b *building) call(step string, to Contract, method string, args ...any) error {
	at, err := to.at()
	if err != nil {
		return err
	}
	data, err := at.ABI.Pack(method, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	_, err = b.send(step, chain.Draft{To: &at.Address, Data: data, ABI: at.ABI})
	return err
}

func (b *building) send(step string, d chain.Draft) (*types.Receipt, error) {
	d.Step = step
	r, err := b.chain.Send(b.ctx, d)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", step, err)
	}
	if b.plan.Done != nil {
		b.plan.Done(step, r)
	}
	return r, nil
}
