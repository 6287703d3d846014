// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// Deploy deploys a contract of the repository.
func Deploy(t testing.TB, c *chain.Chain, name string, args ...any) chain.Contract {
	t.Helper()
	a, err := contracts.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return DeployArtifact(t, c, a, args...)
}

// DeployArtifact deploys a contract.
func DeployArtifact(t testing.TB, c *chain.Chain, a contracts.Artifact, args ...any) chain.Contract {
	t.Helper()
	contract, err := c.Deploy(t.Context(), a, args...)
	if err != nil {
		t.Fatal(err)
	}
	return contract
}

// DeployVerdict deploys a contract and returns "" if it is deployed, and otherwise the name of the error of its
// constructor, or Unexplained.
func DeployVerdict(t testing.TB, c *chain.Chain, a contracts.Artifact, args ...any) string {
	t.Helper()
	_, err := c.Deploy(t.Context(), a, args...)
	return verdict(t, err)
}

// Account returns the chain with a new account that has a million ether.
func Account(t testing.TB, c *chain.Chain) *chain.Chain {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	other := c.As(key)
	to := other.From()
	if _, err := c.Send(t.Context(), chain.Draft{To: &to, Value: Ether(1_000_000)}); err != nil {
		t.Fatal(err)
	}
	return other
}

// Ether returns an amount in wei.
func Ether(n int64) *big.Int {
	return new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18))
}

// A Message is a call of a method, with the ether that goes with it.
type Message struct {
	To     chain.Contract
	Method string
	Args   []any
	Value  *big.Int // nil is 0
}

// Method returns the call of a method without ether.
func Method(to chain.Contract, method string, args ...any) Message {
	return Message{To: to, Method: method, Args: args}
}

// With returns the call with ether.
func (m Message) With(value *big.Int) Message {
	m.Value = value
	return m
}

// Data returns the calldata.
func (m Message) Data(t testing.TB) []byte {
	t.Helper()
	data, err := m.To.ABI.Pack(m.Method, m.Args...)
	if err != nil {
		t.Fatalf("%s: %v", m.Method, err)
	}
	return data
}

// Do sends the message as a transaction, which must be accepted, and returns its receipt.
func (m Message) Do(t testing.TB, c *chain.Chain) *types.Receipt {
	t.Helper()
	receipt, err := m.send(t, c)
	if err != nil {
		t.Fatalf("%s: %v", m.Method, err)
	}
	return receipt
}

// Unexplained is the verdict on a message that is refused without a reason.
const Unexplained = "reverted without a reason"

// Verdict sends the message as a transaction and returns "" if it is accepted, and otherwise the name of the
// error, or Unexplained.
func (m Message) Verdict(t testing.TB, c *chain.Chain) string {
	t.Helper()
	_, err := m.send(t, c)
	return verdict(t, err)
}

// Reason is Verdict with the arguments of the error.
func (m Message) Reason(t testing.TB, c *chain.Chain) string {
	t.Helper()
	_, err := m.send(t, c)
	var revert *chain.RevertError
	if errors.As(err, &revert) {
		return revert.String()
	}
	return verdict(t, err)
}

// Ask calls the method without a transaction and returns what it returned.
func (m Message) Ask(t testing.TB, c *chain.Chain) []any {
	t.Helper()
	data, err := c.Call(t.Context(), m.To, m.Data(t))
	if err != nil {
		t.Fatalf("%s: %v", m.Method, err)
	}
	values, err := m.To.ABI.Unpack(m.Method, data)
	if err != nil {
		t.Fatalf("%s: %v", m.Method, err)
	}
	return values
}

func (m Message) send(t testing.TB, c *chain.Chain) (*types.Receipt, error) {
	t.Helper()
	return c.Send(t.Context(), chain.Draft{To: &m.To.Address, Data: m.Data(t), Value: m.Value, ABI: m.To.ABI})
}

func verdict(t testing.TB, err error) string {
	t.Helper()
	var revert *chain.RevertError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &revert):
		return revert.Name
	case strings.Contains(err.Error(), "execution reverted"):
		return Unexplained
	}
	t.Fatal(err)
	return ""
}

// Balance returns what an account has, in wei.
func Balance(t testing.TB, c *chain.Chain, account common.Address) *big.Int {
	t.Helper()
	wei, err := c.BalanceAt(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	return wei
}
