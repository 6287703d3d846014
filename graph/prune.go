// SPDX-License-Identifier: Apache-2.0

package graph

// prune returns g without the nodes that neither an output nor the interface needs.
func (g *Graph) prune() *Graph {
	live := make([]bool, len(g.Nodes))
	for _, id := range g.Inputs {
		live[id] = true
	}
	for _, o := range g.Outputs {
		live[o.ID] = true
	}
	for id := len(g.Nodes) - 1; id >= 0; id-- {
		if live[id] {
			for _, a := range g.Nodes[id].Args {
				live[a] = true
			}
		}
	}
	at := make([]ID, len(g.Nodes))
	out := &Graph{}
	for id, n := range g.Nodes {
		if !live[id] {
			continue
		}
		at[id] = ID(len(out.Nodes))
		args := make([]ID, len(n.Args))
		for i, a := range n.Args {
			args[i] = at[a]
		}
		n.Args = args
		out.Nodes = append(out.Nodes, n)
	}
	for _, id := range g.Inputs {
		out.Inputs = append(out.Inputs, at[id])
	}
	for _, o := range g.Outputs {
		o.ID = at[o.ID]
		out.Outputs = append(out.Outputs, o)
	}
	return out
}
