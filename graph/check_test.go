// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"strings"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// small returns relu(x)·2 + c as a graph.
func small(t *testing.T) *graph.Graph {
	t.Helper()
	b := &graph.Builder{}
	b.At("layer")
	x := b.Input("x", tensor.Shape{2})
	y := b.Linear(0, []float64{2, 1}, b.Map(x, graph.Func{Name: "relu"}), b.Const(tensor.Shape{2}, []float32{1, 2}))
	b.Output("y", y, "")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// TestCheckRefuses damages a good graph in every way that Check looks for.
func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	if err := small(t).Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		damage func(g *graph.Graph)
		says   string
	}{
		"argument after its use":   {func(g *graph.Graph) { g.Nodes[1].Args[0] = 2 }, "does not precede"},
		"argument out of range":    {func(g *graph.Graph) { g.Nodes[1].Args[0] = -1 }, "does not precede"},
		"own argument":             {func(g *graph.Graph) { g.Nodes[1].Args[0] = 1 }, "does not precede"},
		"too few arguments":        {func(g *graph.Graph) { g.Nodes[1].Args = nil }, "0 arguments"},
		"no argument of a sum":     {func(g *graph.Graph) { g.Nodes[3].Args = nil }, "0 arguments"},
		"too many arguments":       {func(g *graph.Graph) { g.Nodes[1].Args = []graph.ID{0, 0} }, "2 arguments"},
		"wrong shape":              {func(g *graph.Graph) { g.Nodes[1].Shape = tensor.Shape{3} }, "shape [3], want [2]"},
		"wrong coefficients":       {func(g *graph.Graph) { g.Nodes[3].Op = graph.Linear{Coefs: []float64{1}} }, "1 coefficients for 2"},
		"unknown function":         {func(g *graph.Graph) { g.Nodes[1].Op = graph.Map{Func: graph.Func{Name: "f"}} }, "no function"},
		"too few elements":         {func(g *graph.Graph) { g.Nodes[2].Op = graph.Const{Shape: tensor.Shape{2}} }, "0 elements"},
		"input not listed":         {func(g *graph.Graph) { g.Inputs = nil }, "inputs are listed as []"},
		"listed input is none":     {func(g *graph.Graph) { g.Inputs = []graph.ID{0, 1} }, "2 listed"},
		"no outputs":               {func(g *graph.Graph) { g.Outputs = nil }, "0 outputs"},
		"output of nothing":        {func(g *graph.Graph) { g.Outputs[0].ID = 4 }, "node 4 of 4"},
		"output of a negative":     {func(g *graph.Graph) { g.Outputs[0].ID = -1 }, "node -1 of 4"},
		"name of the faulty node":  {func(g *graph.Graph) { g.Nodes[1].Args = nil }, "layer"},
		"input with an empty axis": {func(g *graph.Graph) { g.Nodes[0].Op = graph.Input{Shape: tensor.Shape{0}} }, "shape"},
	} {
		g := small(t)
		c.damage(g)
		if err := g.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", name, err, c.says)
		}
	}
}
