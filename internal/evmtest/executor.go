// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/export/onchain"
	"github.com/zkml-go/zkml/ir"
)

// An Executor is the contract OnchainModel on a chain.
type Executor struct {
	Contract chain.Contract
	chain    *chain.Chain
	models   int64
}

// NewExecutor deploys the contract.
func NewExecutor(t testing.TB, c *chain.Chain) *Executor {
	t.Helper()
	return &Executor{Contract: Deploy(t, c, "OnchainModel"), chain: c}
}

// Pack returns the calldata of a function.
func (x *Executor) Pack(t testing.TB, function string, args ...any) []byte {
	t.Helper()
	data, err := x.Contract.ABI.Pack(function, args...)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Transact calls a function in a transaction and returns its gas.
func (x *Executor) Transact(t testing.TB, function string, args ...any) uint64 {
	t.Helper()
	gas, err := x.chain.Transact(t.Context(), x.Contract, x.Pack(t, function, args...))
	if err != nil {
		t.Fatalf("%s: %v", function, err)
	}
	return gas
}

// A Deployment is a sealed model.
type Deployment struct {
	*Executor
	ID                  *big.Int
	Model               *onchain.Model
	SetUp, Append, Seal uint64 // gas
}

// Upload sets a model up, appends its data and seals it, layer by layer.
func (x *Executor) Upload(t testing.TB, m *onchain.Model) *Deployment {
	t.Helper()
	d := &Deployment{Executor: x, ID: big.NewInt(x.models), Model: m}
	x.models++
	d.SetUp = x.Transact(t, "setUp", m.List)
	for _, piece := range m.Pieces() {
		d.Append += x.Transact(t, "append", d.ID, piece)
	}
	for range m.Layers {
		d.Seal += x.Transact(t, "seal", d.ID, big.NewInt(1))
	}
	return d
}

// Evaluate runs layers of the model on a state.
func (d *Deployment) Evaluate(t testing.TB, from, to int, state []byte) ([]byte, error) {
	t.Helper()
	data, err := d.chain.Call(t.Context(), d.Contract, d.Pack(t, "evaluate", d.ID, big.NewInt(int64(from)), big.NewInt(int64(to)), state))
	if err != nil {
		return nil, err
	}
	values, err := d.Contract.ABI.Unpack("evaluate", data)
	if err != nil {
		t.Fatal(err)
	}
	return values[0].([]byte), nil
}

// Run evaluates all layers, in one call and layer by layer, and returns the outputs.
func (d *Deployment) Run(t testing.TB, inputs [][]int64, layered bool) [][]int64 {
	t.Helper()
	input, err := d.Model.Input(inputs)
	if err != nil {
		t.Fatal(err)
	}
	n := len(d.Model.Layers)
	whole, err := d.Evaluate(t, 0, n, input)
	if err != nil {
		t.Fatal(err)
	}
	if layered {
		state := input
		for i := range n {
			if state, err = d.Evaluate(t, i, i+1, state); err != nil {
				t.Fatalf("layer %d: %v", i, err)
			}
		}
		if diff := cmp.Diff(whole, state); diff != "" {
			t.Fatalf("layer by layer differs from all at once (-whole +layers):\n%s", diff)
		}
	}
	outputs, err := d.Model.Output(whole)
	if err != nil {
		t.Fatal(err)
	}
	return outputs
}

// Compare runs a program on inputs, here and on the chain.
func (d *Deployment) Compare(t testing.TB, p *ir.Program, inputs [][]int64, layered bool) {
	t.Helper()
	r, err := p.Execute(inputs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.Outputs(), d.Run(t, inputs, layered)); diff != "" {
		t.Fatalf("outputs (-executor +contract):\n%s", diff)
	}
}

// EvaluationGas sends an evaluation as a transaction.
func (d *Deployment) EvaluationGas(t testing.TB, inputs [][]int64) uint64 {
	t.Helper()
	input, err := d.Model.Input(inputs)
	if err != nil {
		t.Fatal(err)
	}
	return d.Transact(t, "evaluate", d.ID, big.NewInt(0), big.NewInt(int64(len(d.Model.Layers))), input)
}

// Encode writes a program for the contract.
func Encode(t testing.TB, p *ir.Program) *onchain.Model {
	t.Helper()
	m, err := onchain.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
