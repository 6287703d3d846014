// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
)

// reexecuted are the models of the study, in the order of the table.
var reexecuted = []struct {
	name  string
	model func(t testing.TB) *ir.Program
}{
	{"mlp-16-8-4", perceptron(16, 8, 4)},
	{"mlp-32-16-10", perceptron(32, 16, 10)},
	{"mlp-64-32-10", perceptron(64, 32, 10)},
	{"mlp-128-64-10", perceptron(128, 64, 10)},
	{"mlp-256-128-10", perceptron(256, 128, 10)},
	{"mlp-384-192-10", perceptron(384, 192, 10)},
	{"mlp-512-256-10", perceptron(512, 256, 10)},
	{"mlp-768-512-10", perceptron(768, 512, 10)},
	{"mlp-1024-1024-10", perceptron(1024, 1024, 10)},
	{"mlp-2048-1024-10", perceptron(2048, 1024, 10)},
	{"mlp", func(t testing.TB) *ir.Program { return exemplar.Program(t, examples.MLP()) }},
	{"lenet5", func(t testing.TB) *ir.Program { return exemplar.Program(t, examples.LeNet5()) }},
	{"decision-tree", func(t testing.TB) *ir.Program { return exemplar.Forest(t, 1, 4) }},
	{"forest-10", func(t testing.TB) *ir.Program { return exemplar.Forest(t, 10, 3) }},
}

func perceptron(widths ...int) func(t testing.TB) *ir.Program {
	return func(t testing.TB) *ir.Program { return exemplar.Perceptron(t, widths...) }
}

// TestReexecution compares the gas of models on the chain, to the unit, with testdata/reexecution.csv: of
// all transactions that make one, and of the dearest of ten evaluations.
func TestReexecution(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("uploads megabytes of weights")
	}
	x := evmtest.NewExecutor(t, evmtest.Embedded(t))
	table := "model,macs,parameters,layers,cells,list_bytes,data_bytes,set_up_gas,append_gas,seal_gas,evaluate_gas\n"
	for _, r := range reexecuted {
		p := r.model(t)
		d := x.Upload(t, evmtest.Encode(t, p))
		rng := rand.New(rand.NewPCG(1, 9))
		most := uint64(0)
		for k := range 10 {
			inputs := oracle.Inputs(rng, p)
			d.Compare(t, p, inputs, k < 2)
			most = max(most, d.EvaluationGas(t, inputs))
		}
		m := d.Model
		table += fmt.Sprintf("%s,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d\n", r.name, m.MACs(), parameters(p), len(m.Layers), m.Cells,
			len(m.List), len(m.Data), d.SetUp, d.Append, d.Seal, most)
	}
	golden(t, filepath.Join("testdata", "reexecution.csv"), table)
}

// parameters counts the constants that contractions and sums read.
func parameters(p *ir.Program) int {
	n := 0
	for _, node := range p.Nodes {
		if _, ok := node.Op.(ir.Const); ok {
			n += node.Shape.Size()
		}
	}
	return n
}

// golden compares a table with a file, or writes it.
func golden(t testing.TB, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s changed; go test ./contracts -run %s -update blesses it (-want +got):\n%s", file, t.Name(), diff)
	}
}
