// SPDX-License-Identifier: Apache-2.0

package platform

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// StopDraft returns the draft with which the guardian stops a verifier, for good.
func (s System) StopDraft() (chain.Draft, error) { return s.Stop.draft("stop "+s.Name, "stop") }

// Stopped reports whether the verifier was stopped.
func (s System) Stopped(ctx context.Context, c *chain.Chain) (bool, error) {
	return ask[bool](ctx, c, s.Stop, "stopped")
}

// An Operation is a change of the router, which the timelock makes after its delay.
type Operation struct {
	Name string // such as "remove groth16-bn254-v1"
	d    *Deployment
	data []byte // of the call of the router
}

// ErrVerifier says that the router cannot be given what is at an address.
var ErrVerifier = errors.New("no verifier to add")

// AddVerifier returns the operation that adds a verifier, which should be behind a stop. The error wraps
// ErrVerifier if what is at the address names no proof system, or one that the router has or has had removed;
// others are those of the chain.
func (d *Deployment) AddVerifier(ctx context.Context, c *chain.Chain, verifier common.Address) (*Operation, error) {
	system, err := ask[[32]byte](ctx, c, Contract{Name: "VerifierStop", Address: verifier}, "system")
	if err != nil {
		if answered(err) {
			err = fmt.Errorf("%w: %s is no verifier: %w", ErrVerifier, verifier, err)
		}
		return nil, err
	}
	known, err := askAll(ctx, c, d.Router, "systemOf", [4]byte(system[:4]))
	if err != nil {
		return nil, err
	}
	if known[0] != [32]byte{} {
		return nil, fmt.Errorf("%w: the router has, or had, one of proof system %x and is never given another", ErrVerifier, system)
	}
	return d.Addition(verifier)
}

// answered reports whether an error is of what a contract answered, or that none did, and not of the node.
func answered(err error) bool {
	var unknown unreadableError
	var known *chain.RevertError
	if errors.As(err, &unknown) || errors.As(err, &known) {
		return true
	}
	var other rpc.DataError // a node has data of a refusal, in hexadecimal digits
	if !errors.As(err, &other) {
		return false
	}
	data, ok := other.ErrorData().(string)
	return ok && strings.HasPrefix(data, "0x")
}

// Addition is AddVerifier without a look at the chain.
func (d *Deployment) Addition(verifier common.Address) (*Operation, error) {
	return d.operation(fmt.Sprintf("add %s", verifier), "addVerifier", verifier)
}

// RemoveVerifier returns the operation that removes the verifier of a proof system, for good.
func (d *Deployment) RemoveVerifier(system string) (*Operation, error) {
	return d.operation("remove "+system, "removeVerifier", contracts.Selector(system))
}

func (d *Deployment) operation(name, method string, args ...any) (*Operation, error) {
	draft, err := d.Router.draft(name, method, args...)
	return &Operation{Name: name, d: d, data: draft.Data}, err
}

// args returns the operation as the timelock takes it: target, value, data, predecessor and salt. It has no
// salt, for no change of the router can be made twice.
func (o *Operation) args() []any {
	return []any{o.d.Router.Address, new(big.Int), o.data, [32]byte{}, [32]byte{}}
}

// Schedule returns the draft that announces the operation, to be made after a delay in seconds.
func (o *Operation) Schedule(delay uint64) (chain.Draft, error) {
	return o.d.Timelock.draft("schedule "+o.Name, "schedule", append(o.args(), new(big.Int).SetUint64(delay))...)
}

// Execute returns the draft that makes the change.
func (o *Operation) Execute() (chain.Draft, error) {
	return o.d.Timelock.draft("execute "+o.Name, "execute", o.args()...)
}

// Cancel returns the draft that takes the announcement back.
func (o *Operation) Cancel(id common.Hash) (chain.Draft, error) {
	return o.d.Timelock.draft("cancel "+o.Name, "cancel", [32]byte(id))
}

// An OperationState says how far an operation is, in the words of OpenZeppelin's timelock.
type OperationState uint8

// The states of an operation.
const (
	Unset OperationState = iota // never announced, or taken back
	Waiting
	Ready
	Done
)

func (s OperationState) String() string {
	return [...]string{"not scheduled", "waiting", "ready", "done"}[s]
}

// A ScheduledOperation is what a timelock has of an operation.
type ScheduledOperation struct {
	ID      common.Hash
	State   OperationState
	ReadyAt uint64 // seconds since 1970; 0 if it was not announced, 1 if it is done
}

// Scheduled asks the timelock for the operation.
func (o *Operation) Scheduled(ctx context.Context, c *chain.Chain) (s ScheduledOperation, err error) {
	id, err := ask[[32]byte](ctx, c, o.d.Timelock, "hashOperation", o.args()...)
	if err != nil {
		return s, err
	}
	state, err := ask[uint8](ctx, c, o.d.Timelock, "getOperationState", id)
	if err != nil {
		return s, err
	}
	if state > uint8(Done) {
		return s, fmt.Errorf("the timelock says that an operation is in state %d", state)
	}
	at, err := ask[*big.Int](ctx, c, o.d.Timelock, "getTimestamp", id)
	if err != nil {
		return s, err
	}
	return ScheduledOperation{id, OperationState(state), at.Uint64()}, nil
}
