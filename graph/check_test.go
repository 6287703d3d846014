// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// unknown is an operation that is not a primitive.
type unknown struct{ graph.Divide }

func (unknown) Kind() string { return "frob" }

// TestCheck changes a good graph in one place at a time. Node 6 is the sum, node
// 10 the quotient of TestText.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(g *graph.Graph){
		"argument after use":  func(g *graph.Graph) { g.Nodes[6].Args[0] = 7 },
		"argument itself":     func(g *graph.Graph) { g.Nodes[6].Args[0] = 6 },
		"negative argument":   func(g *graph.Graph) { g.Nodes[6].Args[0] = -1 },
		"argument missing":    func(g *graph.Graph) { g.Nodes[10].Args = g.Nodes[10].Args[:1] },
		"no arguments":        func(g *graph.Graph) { g.Nodes[11].Args = nil },
		"argument too many":   func(g *graph.Graph) { g.Nodes[7].Args = append(g.Nodes[7].Args, 0) },
		"does not fit":        func(g *graph.Graph) { g.Nodes[10].Args[0] = 6 },
		"wrong shape":         func(g *graph.Graph) { g.Nodes[6].Shape = tensor.Shape{4} },
		"not a primitive":     func(g *graph.Graph) { g.Nodes[10].Op = unknown{} },
		"unlisted input":      func(g *graph.Graph) { g.Inputs = nil },
		"listed twice":        func(g *graph.Graph) { g.Inputs = append(g.Inputs, g.Inputs[0]) },
		"listed elsewhere":    func(g *graph.Graph) { g.Inputs[0] = 1 },
		"no outputs":          func(g *graph.Graph) { g.Outputs = nil },
		"output past the end": func(g *graph.Graph) { g.Outputs[0].ID = 13 },
		"negative output":     func(g *graph.Graph) { g.Outputs[0].ID = -1 },
		"empty shape": func(g *graph.Graph) {
			g.Nodes[0].Op, g.Nodes[0].Shape = graph.Input{Name: "x", Shape: tensor.Shape{0}}, tensor.Shape{0}
		},
	} {
		g := network(t)
		if spoil(g); g.Check() == nil {
			t.Errorf("%s: Check accepts\n%v", name, g)
		}
	}
}
