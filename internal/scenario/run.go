// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// A Run is what a prover chooses. Each part is computed from the parts before it
// when it is first asked for: values, columns, counts, public inputs. A lie
// changes a part and leaves the later ones to follow.
type Run struct {
	Model  *circuits.Model
	Public Public
	Salts  []fr.Element
	// Relations says that the lie is in the values or in the columns, so that
	// relations alone must catch it; otherwise only a circuit can.
	Relations bool

	inputs    [][]int64
	overrides map[ir.ID]map[int]int64
	columns   map[relation.ColumnID][]fr.Element
	counts    [][]fr.Element
}

// Honest returns the honest run on a model of s.
func (s *Scenario) Honest(m *circuits.Model) *Run { return NewRun(m, s.Inputs) }

// NewRun returns the honest run of m on inputs, with fixed salts and D.
func NewRun(m *circuits.Model, inputs [][]int64) *Run {
	r := &Run{Model: m, inputs: inputs, overrides: map[ir.ID]map[int]int64{}}
	r.Salts = make([]fr.Element, m.NumSalts())
	for i := range r.Salts {
		r.Salts[i].SetInt64(-int64(1000 + i)) // full-size elements
	}
	r.Public.d.SetInt64(-77)
	return r
}

// Forge returns the run on m that tells the lie f.
func (s *Scenario) Forge(m *circuits.Model, f Forged) *Run {
	r := s.Honest(m)
	f.Lie(r)
	return r
}

// Change sets element i of a value to x and re-runs what depends on it. For a
// virtual value x is what the prover takes it to be in what follows.
func (r *Run) Change(name string, i int, x int64) {
	if r.columns != nil {
		panic("zkml: internal error: the columns are already computed from the values")
	}
	r.Relations = true
	id := r.node(name)
	if r.overrides[id] == nil {
		r.overrides[id] = map[int]int64{}
	}
	r.overrides[id][i] = x
}

func (r *Run) node(name string) ir.ID {
	for id, n := range r.Model.System.Program.Nodes {
		if n.Name == name {
			return ir.ID(id)
		}
	}
	panic(fmt.Sprintf("zkml: internal error: no value %q", name))
}

// Trace runs the program, with the changes.
func (r *Run) Trace() ir.Trace {
	p := r.Model.System.Program
	t := make(ir.Trace, len(p.Nodes))
	for i, id := range p.Inputs {
		t[id] = append([]int64{}, r.inputs[i]...)
	}
	for id := range p.Nodes {
		if t[id] == nil {
			t[id] = append([]int64{}, eval(p, ir.ID(id), t)...)
		}
		for i, x := range r.overrides[ir.ID(id)] {
			t[id][i] = x
		}
	}
	return t
}

// eval computes value id. An argument that is not in a table, which only a lie
// can be, gets the result of the nearest one.
func eval(p *ir.Program, id ir.ID, t ir.Trace) []int64 {
	n := &p.Nodes[id]
	args := make([]ir.Tensor, len(n.Args))
	for i, a := range n.Args {
		args[i] = ir.Tensor{Shape: p.Nodes[a].Shape, Data: t[a]}
	}
	if op, ok := n.Op.(ir.Lookup); ok {
		table := &p.Tables[op.Table]
		near := make([]int64, len(args[0].Data))
		for i, x := range args[0].Data {
			near[i] = min(max(x, table.Lo), table.Hi())
		}
		args[0].Data = near
	}
	return n.Op.Eval(p, args)
}
