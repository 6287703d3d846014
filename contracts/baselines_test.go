// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
)

// TestReexecutionBaselines compares a dense layer with weights of a signed byte, executed in three ways: as a
// Solidity programmer would, with unrolled assembly that takes one weight after another out of words, and by
// OnchainModel. Gas is that of testdata/reexecution-baselines.csv.
func TestReexecutionBaselines(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile(filepath.Join("testdata", "baselines.sol"))
	if err != nil {
		t.Fatal(err)
	}
	artifacts := evmtest.Compile(t, map[string]string{"Baselines.sol": string(source)})
	c := evmtest.Embedded(t)
	lanes := evmtest.NewExecutor(t, c)
	table := "method,terms,rows,macs,upload_gas,evaluate_gas\n"
	for _, size := range [][2]int{{64, 10}, {128, 32}, {128, 64}, {384, 64}, {768, 128}} {
		terms, rows := size[0], size[1]
		p := exemplar.Perceptron(t, terms, rows)
		w := p.Nodes[1].Op.(ir.Const).Data.Int64s()
		inputs := oracle.Inputs(rand.New(rand.NewPCG(4, 4)), p)
		want := matrixProduct(w, inputs[0])
		row := func(method string, upload, evaluate uint64) {
			table += fmt.Sprintf("%s,%d,%d,%d,%d,%d\n", method, terms, rows, terms*rows, upload, evaluate)
		}
		if terms*rows <= 4096 { // more would take minutes
			naive := deploy(t, c, artifacts["NaiveDense"])
			row("naive", appendAll(t, c, naive, slices.Collect(slices.Chunk(integers(w), 256))), evaluateDense(t, c, naive, rows, inputs[0], want))
		}
		scalar := deploy(t, c, artifacts["ScalarDense"])
		bytes := make([]byte, len(w))
		for i, x := range w {
			bytes[i] = byte(x)
		}
		row("scalar", appendAll(t, c, scalar, slices.Collect(slices.Chunk(bytes, 24_544))), evaluateDense(t, c, scalar, rows, inputs[0], want))
		d := lanes.Upload(t, evmtest.Encode(t, p))
		d.Compare(t, p, inputs, false)
		row("lanes", d.SetUp+d.Append+d.Seal, d.EvaluationGas(t, inputs))
	}
	golden(t, filepath.Join("testdata", "reexecution-baselines.csv"), table)
}

// matrixProduct is a matrix times a vector.
func matrixProduct(w, x []int64) []*big.Int {
	var out []*big.Int
	for row := range slices.Chunk(w, len(x)) {
		sum := int64(0)
		for k, a := range row {
			sum += a * x[k]
		}
		out = append(out, big.NewInt(sum))
	}
	return out
}

func integers(x []int64) []*big.Int {
	out := make([]*big.Int, len(x))
	for i := range x {
		out[i] = big.NewInt(x[i])
	}
	return out
}

// appendAll appends parts of weights in a transaction each and returns their gas.
func appendAll[T any](t testing.TB, c *chain.Chain, contract chain.Contract, parts []T) uint64 {
	t.Helper()
	total := uint64(0)
	for _, part := range parts {
		data, err := contract.ABI.Pack("append", part)
		if err != nil {
			t.Fatal(err)
		}
		gas, err := c.Transact(t.Context(), contract, data)
		if err != nil {
			t.Fatal(err)
		}
		total += gas
	}
	return total
}

// evaluateDense returns the gas of an evaluation, whose result it checks.
func evaluateDense(t testing.TB, c *chain.Chain, contract chain.Contract, rows int, x []int64, want []*big.Int) uint64 {
	t.Helper()
	data, err := contract.ABI.Pack("evaluate", big.NewInt(int64(rows)), integers(x))
	if err != nil {
		t.Fatal(err)
	}
	result, err := c.Call(t.Context(), contract, data)
	if err != nil {
		t.Fatal(err)
	}
	values, err := contract.ABI.Unpack("evaluate", result)
	if err != nil {
		t.Fatal(err)
	}
	equal := cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })
	if diff := cmp.Diff(want, values[0].([]*big.Int), equal); diff != "" {
		t.Fatalf("baseline is wrong (-want +got):\n%s", diff)
	}
	gas, err := c.Transact(t.Context(), contract, data)
	if err != nil {
		t.Fatal(err)
	}
	return gas
}
