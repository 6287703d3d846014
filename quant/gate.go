// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// gates names, by a function that gates its own argument, the function that the
// product x·f(x) is.
var gates = map[string]graph.Func{"sigmoid": {Name: "swish", Params: []float64{1}}}

// joinGates makes x·sigmoid(x), as exporters write the swish, one function: a
// table instead of a table, a product and the rounding of both.
func joinGates(r *rewriter) {
	for id := range r.nodes {
		n := &r.nodes[id]
		op, ok := n.Op.(graph.Contract)
		if !ok {
			continue
		}
		if whole := tensor.Elementwise(n.Shape); !slices.Equal(op.Contraction.A, whole.A) ||
			!slices.Equal(op.Contraction.B, whole.B) || !slices.Equal(op.Contraction.Out, whole.Out) {
			continue
		}
		for i, a := range n.Args {
			x := n.Args[1-i]
			m, ok := r.nodes[a].Op.(graph.Map)
			if !ok || r.uses[a] != 1 || r.nodes[a].Args[0] != x {
				continue
			}
			if f, ok := gates[m.Func.Name]; ok {
				n.Op, n.Args = graph.Map{Func: f}, []graph.ID{x}
				break
			}
		}
	}
}
