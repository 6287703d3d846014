// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// A rewriter is a copy of a graph that a pass may change: nodes are changed in
// place, replaced by others, or added at the end, in any order.
type rewriter struct {
	nodes   []graph.Node
	inputs  []graph.ID
	outputs []graph.Output
	// uses counts the arguments and outputs that name a node.
	uses []int
	// forward names the node that stands for a replaced one, else the node itself.
	forward []graph.ID
	// fixed tells of the nodes that were asked for whether they are constant, and
	// known holds the elements of those, unless they are large.
	fixed map[graph.ID]bool
	known map[graph.ID][]float64
}

func newRewriter(g *graph.Graph) *rewriter {
	r := &rewriter{inputs: slices.Clone(g.Inputs), outputs: slices.Clone(g.Outputs), fixed: map[graph.ID]bool{}, known: map[graph.ID][]float64{}}
	for _, n := range g.Nodes {
		n.Args = slices.Clone(n.Args)
		r.add(n)
	}
	for _, o := range g.Outputs {
		r.uses[o.ID]++
	}
	return r
}

// add appends a node and counts its uses of others.
func (r *rewriter) add(n graph.Node) graph.ID {
	id := graph.ID(len(r.nodes))
	r.nodes, r.uses, r.forward = append(r.nodes, n), append(r.uses, 0), append(r.forward, id)
	for _, a := range n.Args {
		r.uses[r.at(a)]++
	}
	return id
}

// at returns the node that stands for id.
func (r *rewriter) at(id graph.ID) graph.ID {
	for r.forward[id] != id {
		id = r.forward[id]
	}
	return id
}

// node returns the node that stands for id. The pointer is good until the next add.
func (r *rewriter) node(id graph.ID) *graph.Node { return &r.nodes[r.at(id)] }

// replace makes by, which id uses once, stand for id.
func (r *rewriter) replace(id, by graph.ID) {
	by = r.at(by)
	r.uses[by] += r.uses[id] - 1
	r.forward[id] = by
}

// isConstant reports whether a node depends on no input.
func (r *rewriter) isConstant(id graph.ID) bool {
	id = r.at(id)
	if is, asked := r.fixed[id]; asked {
		return is
	}
	n := r.nodes[id]
	is := n.Op.Kind() != "input"
	for _, a := range n.Args {
		is = is && r.isConstant(a)
	}
	r.fixed[id] = is
	return is
}

// constant returns the elements of a node that depends on no input, else nil.
func (r *rewriter) constant(id graph.ID) []float64 {
	if id = r.at(id); !r.isConstant(id) {
		return nil
	}
	if k, ok := r.known[id]; ok {
		return k
	}
	n := r.nodes[id]
	args := make([]graph.Tensor, len(n.Args))
	for i, a := range n.Args {
		args[i] = graph.Tensor{Shape: r.node(a).Shape, Data: r.constant(a)}
	}
	k := n.Op.Eval(args)
	if len(k) <= keptElements {
		r.known[id] = k
	}
	return k
}

// store adds a constant tensor, which must be storable. Axes along which it does
// not vary are kept as a broadcast view of a smaller one.
func (r *rewriter) store(name string, shape tensor.Shape, data []float64) graph.ID {
	small, kept := shape.Clone(), data
	for axis := range shape {
		if n := repeats(small, axis, kept); n != nil {
			small[axis], kept = 1, n
		}
	}
	c := graph.Const{Shape: small, Data: make([]float32, len(kept))}
	for i, x := range kept {
		c.Data[i] = float32(x)
	}
	id := r.add(graph.Node{Name: name, Op: c, Shape: small})
	if small.Equal(shape) {
		return id
	}
	v, err := tensor.BroadcastTo(small, shape)
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return r.add(graph.Node{Name: name, Op: graph.View{View: v}, Args: []graph.ID{id}, Shape: shape.Clone()})
}

// repeats returns the elements at index 0 of an axis if the others equal them,
// else nil. An axis of one element has nothing to drop.
func repeats(shape tensor.Shape, axis int, data []float64) []float64 {
	if shape[axis] == 1 {
		return nil
	}
	inner := shape[axis+1:].Size()
	block := inner * shape[axis]
	out := make([]float64, 0, len(data)/shape[axis])
	for at := 0; at < len(data); at += block {
		first := data[at : at+inner]
		for k := at + inner; k < at+block; k += inner {
			if !slices.Equal(first, data[k:k+inner]) {
				return nil
			}
		}
		out = append(out, first...)
	}
	return out
}

// graph returns the nodes that the outputs need, and the inputs, in an order
// that keeps that of the original where it can.
func (r *rewriter) graph() *graph.Graph {
	g := &graph.Graph{}
	placed := make(map[graph.ID]graph.ID, len(r.nodes))
	var place func(id graph.ID) graph.ID
	place = func(id graph.ID) graph.ID {
		id = r.at(id)
		if to, ok := placed[id]; ok {
			return to
		}
		n := r.nodes[id]
		args := make([]graph.ID, len(n.Args))
		for i, a := range n.Args {
			args[i] = place(a)
		}
		n.Args = args
		g.Nodes = append(g.Nodes, n)
		placed[id] = graph.ID(len(g.Nodes) - 1)
		return placed[id]
	}
	needed := r.needed()
	for id := range r.nodes {
		if needed[id] {
			place(graph.ID(id))
		}
	}
	for _, id := range r.inputs {
		g.Inputs = append(g.Inputs, placed[id])
	}
	for _, o := range r.outputs {
		o.ID = place(o.ID)
		g.Outputs = append(g.Outputs, o)
	}
	return g
}

// needed marks the inputs and every node that an output depends on.
func (r *rewriter) needed() []bool {
	live := make([]bool, len(r.nodes))
	var todo []graph.ID
	mark := func(id graph.ID) {
		if id = r.at(id); !live[id] {
			live[id] = true
			todo = append(todo, id)
		}
	}
	for _, id := range r.inputs {
		mark(id)
	}
	for _, o := range r.outputs {
		mark(o.ID)
	}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, a := range r.nodes[id].Args {
			mark(a)
		}
	}
	return live
}

// finite reports whether no element is NaN or infinite.
func finite(data []float64) bool {
	return !slices.ContainsFunc(data, func(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) })
}

// storable reports whether float32 holds every element to its full precision.
func storable(data []float64) bool {
	const smallest, largest = 0x1p-126, math.MaxFloat32
	return !slices.ContainsFunc(data, func(x float64) bool {
		m := math.Abs(x)
		return !(m == 0 || m >= smallest && m <= largest)
	})
}

// uniform returns the value of the elements if they are all equal.
func uniform(data []float64) (float64, bool) {
	for _, x := range data[1:] {
		if x != data[0] {
			return 0, false
		}
	}
	return data[0], true
}
