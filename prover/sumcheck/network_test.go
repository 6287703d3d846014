// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// add adds a value to a program.
func add(t testing.TB, p *ir.Program, name string, op ir.Op, args ...ir.ID) ir.ID {
	t.Helper()
	id, err := p.Add(name, op, args...)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func input(n int) ir.Input {
	return ir.Input{Name: "x", Shape: tensor.Shape{n}, Declared: ir.Range{Lo: -128, Hi: 127}, Scale: 1, Visibility: ir.Public}
}

// product is the product of a matrix and a vector.
func product(rows, cols int) ir.Contract {
	return ir.Contract{Contraction: tensor.Contraction{Extents: []int{rows, cols}, A: []int{1}, B: []int{0, 1}, Out: []int{0}}}
}

// network is a layer whose weights are more than a column, whose bias has a range wider
// than a table, and whose activation is a table that is committed.
func network(t testing.TB) *ir.Program { return layer(t, 40) }

// layer is a network of so many outputs.
func layer(t testing.TB, rows int) *ir.Program {
	const cols = 30
	rng := rand.New(rand.NewPCG(1, 1))
	p := &ir.Program{}
	x := add(t, p, "x", input(cols))
	weights, bias := make([]int64, rows*cols), make([]int64, rows)
	for i := range weights {
		weights[i] = rng.Int64N(255) - 127
	}
	for i := range bias {
		bias[i] = rng.Int64N(1<<20) - 1<<19
	}
	w := add(t, p, "weights", ir.NewConst(tensor.Shape{rows, cols}, weights))
	b := add(t, p, "bias", ir.NewConst(tensor.Shape{rows}, bias))
	y := add(t, p, "product", product(rows, cols), x, w)
	y = add(t, p, "sum", ir.Linear{Coefs: []int64{1, 1}}, y, b)
	y = add(t, p, "quotient", ir.Rescale{Multiplier: 1, Shift: 13}, y)
	r := p.Nodes[y].Range
	table := ir.Table{Name: "relu", Lo: r.Lo}
	for q := r.Lo; q <= r.Hi; q++ {
		table.Values = append(table.Values, max(q, 0))
	}
	p.Tables = append(p.Tables, table)
	y = add(t, p, "relu", ir.Lookup{Table: 0}, y)
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	return p
}

// odd is a layer whose weights are 3, 4, 5, …, without a bias, and whose result is the
// output: even for an even input.
func odd(t testing.TB) *ir.Program {
	const n = 8
	p := &ir.Program{}
	x := add(t, p, "x", input(n))
	weights := make([]int64, n*n)
	for i := range weights {
		weights[i] = 3 + int64(i)
	}
	w := add(t, p, "weights", ir.NewConst(tensor.Shape{n, n}, weights))
	y := add(t, p, "y", product(n, n), x, w)
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	return p
}

// plainJob sets a program up for plain proofs.
func plainJob(t testing.TB, p *ir.Program) *sumcheck.Job {
	t.Helper()
	return plainJobOf(t, p, reduction.Options{Vars: 8})
}

func plainJobOf(t testing.TB, p *ir.Program, options reduction.Options) *sumcheck.Job {
	t.Helper()
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := reduction.New(m.System, options)
	if err != nil {
		t.Fatal(err)
	}
	cs, err := snark.Compile(&unrelated{}, vsnark.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	pk, err := sumcheck.Setup(t.Context(), plan, cs, sumcheck.SetupOptions{Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	return &sumcheck.Job{Model: m, Plan: plan, Key: pk, ID: [32]byte{1, 2, 3}}
}

func planOf(t testing.TB, p *ir.Program) (*circuits.Model, *reduction.Plan) {
	t.Helper()
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := reduction.New(m.System, reduction.Options{Vars: 8})
	if err != nil {
		t.Fatal(err)
	}
	return m, plan
}
