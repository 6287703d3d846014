// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
)

// A Pruning says what Prune did.
type Pruning struct {
	Share   float64 `json:"share"`   // that was asked for
	Weights int     `json:"weights"` // of all layers
	Zeroed  int     `json:"zeroed"`  // of these, in addition to those that were 0
	// Agreement and IntAccuracy are those of the integer network without pruning.
	Agreement   float64  `json:"agreement_before"`
	IntAccuracy *float64 `json:"int_accuracy_before,omitempty"`
}

// Prune returns g with a share of the weights of every layer set to 0, those of the
// smallest magnitude. g should come from Prepare. Weights are what activations are
// multiplied with, except for the few small integers of averages and sums; biases
// stay.
func Prune(g *graph.Graph, share float64) (*graph.Graph, *Pruning, error) {
	if !(share >= 0 && share < 1) {
		return nil, nil, fmt.Errorf("pruning %v of the weights, want at least 0 and less than 1", share)
	}
	out := *g
	out.Nodes = slices.Clone(g.Nodes)
	p := &Pruning{Share: share}
	for _, id := range weightsOf(g) {
		n := &out.Nodes[id]
		k := n.Op.(graph.Const)
		order := make([]int, len(k.Data))
		for i := range order {
			order[i] = i
		}
		magnitude := func(i int) float64 { return math.Abs(float64(k.Data[i])) }
		slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(magnitude(i), magnitude(j)) })
		data := slices.Clone(k.Data)
		for _, i := range order[:int(share*float64(len(order)))] {
			if data[i] != 0 {
				p.Zeroed++
			}
			data[i] = 0
		}
		p.Weights += len(data)
		n.Op = graph.Const{Shape: k.Shape, Data: data}
	}
	return &out, p, nil
}

// weightsOf lists the constants that hold weights.
func weightsOf(g *graph.Graph) []graph.ID {
	source := func(id graph.ID) graph.ID {
		for g.Nodes[id].Op.Kind() == "view" {
			id = g.Nodes[id].Args[0]
		}
		return id
	}
	seen := map[graph.ID]bool{}
	var out []graph.ID
	for _, n := range g.Nodes {
		if n.Op.Kind() != "contract" {
			continue
		}
		for _, a := range n.Args {
			id := source(a)
			k, ok := g.Nodes[id].Op.(graph.Const)
			if !ok || seen[id] || commonUnit(k.Eval(nil)) != 0 {
				continue
			}
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}
