// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// weighted is a program with constants of many shapes and ranges, and with a table that
// is no straight line.
func weighted(t *testing.T) *ir.Program {
	t.Helper()
	p := &ir.Program{}
	add := func(name string, op ir.Op, args ...ir.ID) ir.ID {
		id, err := p.Add(name, op, args...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	x := add("x", ir.Input{Name: "x", Shape: tensor.Shape{40}, Declared: ir.Range{Lo: -20, Hi: 20}, Scale: 1, Visibility: ir.Public})
	constant := func(name string, shape tensor.Shape, f func(i int) int64) ir.ID {
		data := make([]int64, shape.Size())
		for i := range data {
			data[i] = f(i)
		}
		return add(name, ir.NewConst(shape, data))
	}
	square := constant("square", tensor.Shape{40, 40}, func(i int) int64 { return int64(i%7) - 3 })
	wide := constant("wide", tensor.Shape{40}, func(i int) int64 { return int64(i*i) << 14 })
	uniform := constant("uniform", tensor.Shape{40}, func(int) int64 { return 5 })
	ramp := constant("ramp", tensor.Shape{40}, func(i int) int64 { return int64(i) })
	c := ir.Contract{Contraction: tensor.Contraction{Extents: []int{40, 40}, A: []int{1}, B: []int{0, 1}, Out: []int{0}}}
	table := ir.Table{Name: "square root", Lo: -20}
	for a := range 41 {
		table.Values = append(table.Values, int64(math.Sqrt(float64(a))))
	}
	p.Tables = append(p.Tables, table)
	root := add("root", ir.Lookup{Table: 0}, x)
	y := add("y", ir.Linear{Coefs: []int64{1, 1, 1, 1, 1}}, add("product", c, x, square), wide, uniform, ramp, root)
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	return p
}

func planned(t *testing.T, p *ir.Program) (*circuits.Model, *reduction.Plan) {
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

// TestModelCheckOfOutput: weights that are an output, too, lie in the check where they lie in
// proofs of runs, though its statement does not have them.
func TestModelCheckOfOutput(t *testing.T) {
	t.Parallel()
	program := weighted(t)
	square := slices.IndexFunc(program.Nodes, func(n ir.Node) bool { return n.Name == "square" })
	program.Outputs = append(program.Outputs, ir.Output{Name: "weights", ID: ir.ID(square), Scale: 1, Visibility: ir.Public})
	m, err := circuits.NewModel(program, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := reduction.New(m.System, reduction.Options{Vars: 12, BlockCost: 1})
	if err != nil {
		t.Fatal(err)
	}
	pieces := 0
	for _, b := range plan.Layout.Blocks {
		if plan.Tensors[b.Tensor].Name == "square" {
			pieces++
		}
	}
	if pieces < 2 {
		t.Fatalf("the weights are %d block", pieces)
	}
	if _, err := reduction.NewModelCheck(plan); err != nil {
		t.Error(err)
	}
}

// TestModelCheckPlan: what is checked is what is committed, where it is committed.
func TestModelCheckPlan(t *testing.T) {
	t.Parallel()
	_, plan := planned(t, weighted(t))
	check, err := reduction.NewModelCheck(plan)
	if err != nil {
		t.Fatal(err)
	}
	names := func(p *reduction.Plan) (out []string) {
		for _, x := range p.Tensors {
			if x.Model {
				out = append(out, x.Name)
			}
		}
		return out
	}
	if got, want := names(plan), []string{"table square root, column 1", "wide", "ramp", "square"}; len(got) != len(want) ||
		slices.ContainsFunc(want, func(name string) bool { return !slices.Contains(got, name) }) {
		t.Fatalf("committed are %q, want %q", got, want)
	}
	if got := names(check); !slices.Equal(got, names(plan)) {
		t.Errorf("checked are %q, committed %q", got, names(plan))
	}
	// The model's columns of the two, from their blocks.
	inputs := make([][]int64, len(check.System.Columns))
	for i, x := range check.Tensors {
		if !x.Model {
			continue
		}
		k := slices.IndexFunc(plan.Tensors, func(y reduction.Tensor) bool { return y.Name == x.Name })
		inputs[check.Tensors[i].Column] = elementsOf(plan, k)
	}
	trace := inputs[:len(check.System.Program.Nodes)]
	values := check.System.Complete(trace)
	if err := check.System.Check(check.System.Witness(trace)); err != nil {
		t.Errorf("the model itself: %v", err)
	}
	w := reference.NewWitness(check, fields(values), nil)
	honest := make([][]int64, len(plan.System.Columns))
	for id := range honest {
		honest[id] = make([]int64, plan.System.Columns[id].Shape.Size())
	}
	v := reference.NewWitness(plan, fields(honest), nil)
	if plan.Layout.Model != check.Layout.Model || plan.Layout.Model < 2 {
		t.Fatalf("%d columns of the model, %d are checked", plan.Layout.Model, check.Layout.Model)
	}
	for k := range plan.Layout.Model {
		if !reflect.DeepEqual(w.Columns[k], v.Columns[k]) {
			t.Errorf("column %d of the model is another one in the check", k)
		}
	}
}

func elementsOf(p *reduction.Plan, k int) []int64 {
	x := &p.Tensors[k]
	if x.Column >= 0 {
		return p.System.Columns[x.Column].Data
	}
	return p.System.Tables[x.Table].Columns[x.TableColumn]
}

func fields(values [][]int64) [][]fr.Element {
	out := make([][]fr.Element, len(values))
	for i := range values {
		out[i] = reference.Field(values[i])
	}
	return out
}

// TestPublicPlan: a verifier's plan holds no committed constant, and what is planned from
// it is the same.
func TestPublicPlan(t *testing.T) {
	t.Parallel()
	_, plan := planned(t, weighted(t))
	public, err := plan.Public()
	if err != nil {
		t.Fatal(err)
	}
	for id, n := range plan.System.Program.Nodes {
		if n.Op.Kind() != "const" {
			continue
		}
		committed := n.Name == "square" || n.Name == "wide" || n.Name == "ramp"
		if plan.System.Columns[id].Data == nil {
			t.Errorf("%s: the plan itself lost its elements", n.Name)
		}
		if got := public.System.Columns[id].Data == nil; got != committed {
			t.Errorf("%s: stripped is %v, want %v", n.Name, got, committed)
		}
		if got := public.System.Program.Nodes[id].Op.(ir.Const).Data.Len() == 0; got != committed {
			t.Errorf("%s in the program: stripped is %v, want %v", n.Name, got, committed)
		}
	}
	a, err := plan.Shape()
	if err != nil {
		t.Fatal(err)
	}
	b, err := public.Shape()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Error("the reduction runs another course without weights")
	}
	own, err := reduction.NewModelCheck(plan)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := reduction.NewModelCheck(public)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(own.Tensors, theirs.Tensors) || !reflect.DeepEqual(own.Tree, theirs.Tree) || !reflect.DeepEqual(own.Layout, theirs.Layout) {
		t.Error("the check is planned otherwise without weights")
	}
}

// TestNoModel: small constants are evaluated by verifiers.
func TestNoModel(t *testing.T) {
	t.Parallel()
	_, plan := planned(t, scenario.Get("contract/weights").Program)
	if _, err := reduction.NewModelCheck(plan); !errors.Is(err, reduction.ErrNoModel) {
		t.Errorf("got %v, want %v", err, reduction.ErrNoModel)
	}
}
