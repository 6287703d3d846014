// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
)

// A pass rewrites a graph into one that computes the same over the reals, up to
// the rounding of folded constants to float32.
type pass struct {
	name string
	run  func(*rewriter)
}

// passes are run in this order, each once. A pass may leave what a later one
// cleans up; the reasons for the order stand beside the entries.
var passes = []pass{
	{"drop identities", dropIdentities},
	{"join gates", joinGates},                        // before factors go into the arguments
	{"turn quotients into products", invertDivisors}, // before products are folded
	{"fold products", foldProducts},                  // before sums merge: it pushes factors through each sum
	{"merge sums", mergeSums},                        // after a folded product has brought two sums together
	{"fold coefficients", foldCoefficients},          // after merging, which multiplies coefficients
	{"join constants", joinConstants},                // after merging, which collects constants in one sum
	{"drop identities", dropIdentities},              // a sum may have become its only term
}

// Prepare rewrites g so that quantization costs less: products with constants
// and coefficients fold into the weights before them (a BatchNormalization after
// a convolution vanishes), sums of sums merge, and views that change nothing go.
// The result computes the same up to the rounding of constants to float32. g is
// not modified; call Prepare before Calibrate.
func Prepare(g *graph.Graph) (*graph.Graph, error) {
	if err := g.Check(); err != nil {
		return nil, err
	}
	for _, p := range passes {
		r := newRewriter(g)
		p.run(r)
		g = r.graph()
		if err := g.Check(); err != nil {
			return nil, fmt.Errorf("after the pass %q: %w", p.name, err)
		}
	}
	return g, nil
}

// dropIdentities removes views that keep every element and the shape, and sums
// of one term as it is.
func dropIdentities(r *rewriter) {
	for id := range r.nodes {
		n := &r.nodes[id]
		switch op := n.Op.(type) {
		case graph.View:
			if from := r.node(n.Args[0]).Shape; n.Shape.Equal(from) && inPlace(op.View.Table()) {
				r.replace(graph.ID(id), n.Args[0])
			}
		case graph.Linear:
			if len(op.Coefs) == 1 && op.Coefs[0] == 1 && op.Bias == 0 {
				r.replace(graph.ID(id), n.Args[0])
			}
		}
	}
}

func inPlace(table []int32) bool {
	for i, j := range table {
		if int(j) != i {
			return false
		}
	}
	return true
}

// mergeSums makes ∑ cᵢ·(∑ dⱼ·xⱼ + d₀) + c₀ one sum, where an inner sum has no
// other use.
func mergeSums(r *rewriter) {
	for id := range r.nodes {
		n := &r.nodes[id]
		outer, ok := n.Op.(graph.Linear)
		if !ok {
			continue
		}
		merged := graph.Linear{Bias: outer.Bias}
		var args []graph.ID
		for i, a := range n.Args {
			c := outer.Coefs[i]
			inner, ok := r.node(a).Op.(graph.Linear)
			if !ok || r.uses[r.at(a)] != 1 {
				merged.Coefs, args = append(merged.Coefs, c), append(args, a)
				continue
			}
			merged.Bias += c * inner.Bias
			for j, x := range r.node(a).Args {
				merged.Coefs, args = append(merged.Coefs, c*inner.Coefs[j]), append(args, x)
			}
		}
		if len(args) > 0 && finite(append(merged.Coefs, merged.Bias)) {
			n.Op, n.Args = merged, args
		}
	}
}

// joinConstants adds the constant terms of a sum up.
func joinConstants(r *rewriter) {
	for id := range r.nodes {
		n := &r.nodes[id]
		op, ok := n.Op.(graph.Linear)
		if !ok || r.isConstant(graph.ID(id)) {
			continue
		}
		joined := graph.Linear{}
		var args []graph.ID
		sum := make([]float64, n.Shape.Size())
		constants := 0
		for i, a := range n.Args {
			k := r.constant(a)
			if k == nil {
				joined.Coefs, args = append(joined.Coefs, op.Coefs[i]), append(args, a)
				continue
			}
			constants++
			for j, x := range k {
				sum[j] += op.Coefs[i] * x
			}
		}
		for j := range sum {
			sum[j] += op.Bias
		}
		if constants == 0 || !storable(sum) {
			continue
		}
		if u, ok := uniform(sum); ok {
			joined.Bias = u
		} else {
			joined.Coefs, args = append(joined.Coefs, 1), append(args, r.store(n.Name, n.Shape, sum))
		}
		n = &r.nodes[id] // store may have moved the nodes
		n.Op, n.Args = joined, args
	}
}
