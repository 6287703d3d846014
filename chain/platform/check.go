// SPDX-License-Identifier: Apache-2.0

package platform

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// Errors of a deployment that is not what it says.
var (
	// ErrOtherChain says that a deployment is on another chain.
	ErrOtherChain = errors.New("the deployment is on another chain")
	// ErrNoCode says that there is no contract at an address.
	ErrNoCode = errors.New("no contract is there")
	// ErrOtherCode says that another contract is at an address.
	ErrOtherCode = errors.New("another contract is there")
	// ErrWiring says that a contract does not know the contract that it should.
	ErrWiring = errors.New("the contracts do not belong together")
)

// OnChain reports an error unless the deployment is on the chain of c.
func (d *Deployment) OnChain(ctx context.Context, c *chain.Chain) error {
	h, err := c.Header(ctx)
	if err != nil {
		return err
	}
	switch {
	case h.ChainID != d.ChainID:
		return fmt.Errorf("%w: it has chain id %s, the node %s", ErrOtherChain, d.ChainID, h.ChainID)
	case h.Genesis != d.Genesis:
		return fmt.Errorf("%w with id %s: its block 0 is %s, the node's %s", ErrOtherChain, d.ChainID, d.Genesis, h.Genesis)
	}
	return nil
}

// Check reports an error unless every contract of the deployment is there and has exactly the code that
// its artifact makes of the arguments of its constructor, and they know each other.
func (d *Deployment) Check(ctx context.Context, c *chain.Chain) error {
	if err := d.OnChain(ctx, c); err != nil {
		return err
	}
	for _, r := range d.Roles() {
		if err := r.Contract.check(ctx, c); err != nil {
			return fmt.Errorf("%s at %s: %w", r.Name, r.Address, err)
		}
	}
	for _, w := range d.wiring() {
		if err := w.check(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// check has the node run the constructor: what it returns is the code that should be there, immutable
// values included.
func (c Contract) check(ctx context.Context, on *chain.Chain) error {
	a, err := contracts.Load(c.Name)
	if err != nil {
		return err
	}
	code, err := on.Code(ctx, c.Address)
	switch {
	case err != nil:
		return err
	case len(code) == 0:
		return ErrNoCode
	case crypto.Keccak256Hash(code) != c.CodeHash:
		return ErrOtherCode
	}
	want, err := on.Construct(ctx, a, c.Arguments)
	if err != nil {
		return fmt.Errorf("constructor of %s: %w", c.Name, err)
	}
	if !bytes.Equal(code, want) {
		return fmt.Errorf("%w: not this program's %s with these arguments", ErrOtherCode, c.Name)
	}
	return nil
}

// A wire is an address that a contract must know of.
type wire struct {
	of     Contract
	method string
	args   []any
	want   common.Address
}

func (d *Deployment) wiring() []wire {
	list := []wire{
		{d.Registry, "router", nil, d.Router.Address},
		{d.Market, "router", nil, d.Router.Address},
		{d.Market, "registry", nil, d.Registry.Address},
	}
	for _, s := range d.Systems {
		list = append(list, wire{s.Stop, "verifier", nil, s.Verifier.Address})
	}
	return list
}

func (w wire) check(ctx context.Context, c *chain.Chain) error {
	got, err := ask[common.Address](ctx, c, w.of, w.method, w.args...)
	if err != nil {
		return err
	}
	if got != w.want {
		return fmt.Errorf("%w: %s of %s at %s is %s, want %s", ErrWiring, w.method, w.of.Name, w.of.Address, got, w.want)
	}
	return nil
}

// ask calls a method that returns one value.
func ask[T any](ctx context.Context, c *chain.Chain, of Contract, method string, args ...any) (T, error) {
	values, err := askAll(ctx, c, of, method, args...)
	var none T
	if err != nil {
		return none, err
	}
	v, ok := values[0].(T)
	if !ok {
		return none, fmt.Errorf("%s of %s returns a %T", method, of.Name, values[0])
	}
	return v, nil
}

func askAll(ctx context.Context, c *chain.Chain, of Contract, method string, args ...any) ([]any, error) {
	at, err := of.at()
	if err != nil {
		return nil, err
	}
	data, err := at.ABI.Pack(method, args...)
	if err != nil {
		return nil, fmt.Errorf("%s of %s: %w", method, of.Name, err)
	}
	answer, err := c.Call(ctx, at, data)
	if err != nil {
		return nil, fmt.Errorf("%s of %s at %s: %w", method, of.Name, of.Address, err)
	}
	values, err := at.ABI.Unpack(method, answer)
	if err != nil {
		return nil, fmt.Errorf("%s of %s at %s: %w", method, of.Name, of.Address, unreadableError{err})
	}
	return values, nil
}

// An unreadableError is of an answer that is not one of the method.
type unreadableError struct{ error }

func (e unreadableError) Unwrap() error { return e.error }

// A State is what may change of a deployment.
type State struct {
	Owner   common.Address // of the router
	Delay   uint64         // of the timelock, in seconds
	Models  uint64         // registered
	Systems []SystemState
}

// A SystemState is what may change of a proof system.
type SystemState struct {
	Name    string
	Stopped bool
	Route   common.Address // that the router has for it; zero if none
	Removed bool           // from the router
}

// State asks for the state of the deployment.
func (d *Deployment) State(ctx context.Context, c *chain.Chain) (*State, error) {
	s := &State{}
	var err error
	if s.Owner, err = ask[common.Address](ctx, c, d.Router, "owner"); err != nil {
		return nil, err
	}
	delay, err := ask[*big.Int](ctx, c, d.Timelock, "getMinDelay")
	if err != nil {
		return nil, err
	}
	s.Delay = delay.Uint64()
	if s.Models, err = ask[uint64](ctx, c, d.Registry, "modelCount"); err != nil {
		return nil, err
	}
	for _, system := range d.Systems {
		of := SystemState{Name: system.Name}
		if of.Stopped, err = ask[bool](ctx, c, system.Stop, "stopped"); err != nil {
			return nil, err
		}
		selector := contracts.Selector(system.Name)
		if of.Route, err = ask[common.Address](ctx, c, d.Router, "find", selector); err != nil {
			return nil, err
		}
		known, err := askAll(ctx, c, d.Router, "systemOf", selector)
		if err != nil {
			return nil, err
		}
		of.Removed, _ = known[1].(bool)
		s.Systems = append(s.Systems, of)
	}
	return s, nil
}
