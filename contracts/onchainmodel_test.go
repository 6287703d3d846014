// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/export/onchain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
)

// An executor is the contract OnchainModel on a chain.
type executor struct {
	chain    *chain.Chain
	contract chain.Contract
	models   int64
}

func newExecutor(t testing.TB, c *chain.Chain, a contracts.Artifact) *executor {
	t.Helper()
	return &executor{chain: c, contract: deploy(t, c, a)}
}

func onchainModelArtifact(t testing.TB) contracts.Artifact {
	t.Helper()
	a, err := contracts.Load("OnchainModel")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// pack returns the calldata of a function.
func (x *executor) pack(t testing.TB, function string, args ...any) []byte {
	t.Helper()
	data, err := x.contract.ABI.Pack(function, args...)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// transact calls a function in a transaction and returns its gas.
func (x *executor) transact(t testing.TB, function string, args ...any) uint64 {
	t.Helper()
	gas, err := x.chain.Transact(t.Context(), x.contract, x.pack(t, function, args...))
	if err != nil {
		t.Fatalf("%s: %v", function, err)
	}
	return gas
}

// A deployment is a sealed model.
type deployment struct {
	*executor
	id                  *big.Int
	model               *onchain.Model
	setUp, append, seal uint64 // gas
}

// upload sets a model up, appends its data and seals it, layer by layer.
func (x *executor) upload(t testing.TB, m *onchain.Model) *deployment {
	t.Helper()
	d := &deployment{executor: x, id: big.NewInt(x.models), model: m}
	x.models++
	d.setUp = x.transact(t, "setUp", m.List)
	for _, piece := range m.Pieces() {
		d.append += x.transact(t, "append", d.id, piece)
	}
	for range m.Layers {
		d.seal += x.transact(t, "seal", d.id, big.NewInt(1))
	}
	return d
}

// evaluate runs layers of the model on a state.
func (d *deployment) evaluate(t testing.TB, from, to int, state []byte) ([]byte, error) {
	t.Helper()
	data, err := d.chain.Call(t.Context(), d.contract, d.pack(t, "evaluate", d.id, big.NewInt(int64(from)), big.NewInt(int64(to)), state))
	if err != nil {
		return nil, err
	}
	values, err := d.contract.ABI.Unpack("evaluate", data)
	if err != nil {
		t.Fatal(err)
	}
	return values[0].([]byte), nil
}

// run evaluates all layers, in one call and layer by layer, and returns the outputs.
func (d *deployment) run(t testing.TB, inputs [][]int64, layered bool) [][]int64 {
	t.Helper()
	input, err := d.model.Input(inputs)
	if err != nil {
		t.Fatal(err)
	}
	n := len(d.model.Layers)
	whole, err := d.evaluate(t, 0, n, input)
	if err != nil {
		t.Fatal(err)
	}
	if layered {
		state := input
		for i := range n {
			if state, err = d.evaluate(t, i, i+1, state); err != nil {
				t.Fatalf("layer %d: %v", i, err)
			}
		}
		if diff := cmp.Diff(whole, state); diff != "" {
			t.Fatalf("layer by layer differs from all at once (-whole +layers):\n%s", diff)
		}
	}
	outputs, err := d.model.Output(whole)
	if err != nil {
		t.Fatal(err)
	}
	return outputs
}

func encode(t testing.TB, p *ir.Program) *onchain.Model {
	t.Helper()
	m, err := onchain.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// compare runs a program on inputs, here and on the chain.
func (d *deployment) compare(t testing.TB, p *ir.Program, inputs [][]int64, layered bool) {
	t.Helper()
	r, err := p.Execute(inputs, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.Outputs(), d.run(t, inputs, layered)); diff != "" {
		t.Fatalf("outputs (-executor +contract):\n%s", diff)
	}
}

// TestOnchainExamples runs the example networks on the chain.
func TestOnchainExamples(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		x := newExecutor(t, c, onchainModelArtifact(t))
		for _, p := range map[string]*ir.Program{
			"mlp": exemplar.Program(t, examples.MLP()), "lenet5": exemplar.Program(t, examples.LeNet5()),
			"tree": exemplar.Forest(t, 1, 4), "forest": exemplar.Forest(t, 8, 3),
		} {
			d := x.upload(t, encode(t, p))
			rng := rand.New(rand.NewPCG(5, 5))
			for k := range 4 {
				d.compare(t, p, oracle.Inputs(rng, p), k == 0)
			}
		}
	})
}

// TestOnchainRandom runs random programs of all primitives on the chain.
func TestOnchainRandom(t *testing.T) {
	t.Parallel()
	programs := uint64(400)
	if testing.Short() {
		programs = 40
	}
	x := newExecutor(t, evmtest.Embedded(t), onchainModelArtifact(t))
	refused := 0
	for seed := range programs {
		rng := rand.New(rand.NewPCG(seed, 11))
		p := oracle.Random(rng, 3+rng.IntN(20))
		m, err := onchain.Encode(p)
		if err != nil {
			t.Logf("seed %d: %v", seed, err)
			refused++
			continue
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := x.upload(t, m)
			for range 4 {
				d.compare(t, p, oracle.Inputs(rng, p), true)
			}
		})
	}
	if refused > int(programs)/50 {
		t.Errorf("%d of %d programs are refused", refused, programs)
	}
}
