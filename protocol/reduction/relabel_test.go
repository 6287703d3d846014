// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/tensor"
)

// honestProof returns a plan, the honest run and its messages.
func honestProof(t testing.TB, m *circuits.Model, inputs [][]int64) (*setting, *reference.Witness, *scenario.Run, []fr.Element) {
	t.Helper()
	plan := newPlan(t, m)
	r := scenario.NewRun(m, inputs)
	set, w := settingOf(plan, r), witnessOf(plan, r)
	messages, _ := set.prove(t, w, nil)
	if err := set.verify(w, messages); err != nil {
		t.Fatal("honest run:", err)
	}
	return set, w, r, messages
}

// TestOtherStatement shows a proof for another statement, under the same seed and under
// another.
func TestOtherStatement(t *testing.T) {
	t.Parallel()
	s := scenario.Get("statement")
	set, w, r, messages := honestProof(t, s.Model(), s.Inputs)
	reject := func(name string, change func(s *setting)) {
		other := *set
		other.statement.Commitments = slices.Clone(set.statement.Commitments)
		other.statement.Committed = slices.Clone(set.statement.Committed)
		change(&other)
		if other.verify(w, messages) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	one := fr.One()
	for i := range r.Words() {
		reject(fmt.Sprintf("word %d + 1", i), func(s *setting) {
			words := r.Words()
			words[i].Add(&words[i], &one)
			s.statement.Evaluate = func(z fr.Element) fr.Element { return statement.Evaluate(words, z) }
		})
	}
	for k := range set.statement.Commitments {
		reject(fmt.Sprintf("commitment %d + 1", k), func(s *setting) {
			c := &s.statement.Commitments[k]
			c.Add(c, &one)
		})
		reject(fmt.Sprintf("words of commitment %d", k), func(s *setting) {
			s.statement.Committed[k] = slices.Clone(s.statement.Committed[k])
			s.statement.Committed[k][0].Add(&s.statement.Committed[k][0], &one)
		})
	}
	reject("two commitments exchanged", func(s *setting) {
		c := s.statement.Commitments
		c[0], c[1] = c[1], c[0]
	})
	reject("the seed of another statement", func(s *setting) { s.seed.Add(&s.seed, &one) })
	for name, change := range map[string]func(s *reduction.Statement[fr.Element]){
		"a commitment too few":             func(s *reduction.Statement[fr.Element]) { s.Commitments = s.Commitments[1:] },
		"the words of a tensor too few":    func(s *reduction.Statement[fr.Element]) { s.Committed = s.Committed[1:] },
		"a word of a committed too many":   func(s *reduction.Statement[fr.Element]) { s.Committed[0] = append(s.Committed[0], fr.Element{}) },
		"no words of a committed tensor":   func(s *reduction.Statement[fr.Element]) { s.Committed[1] = nil },
		"the commitments of nobody at all": func(s *reduction.Statement[fr.Element]) { s.Commitments = nil },
	} {
		reject(name, func(s *setting) { change(&s.statement) })
	}
}

// layer is x·w, rescaled: a matrix of 64 weights, which are columns of the model.
func layer(t *testing.T, weight func(i int) int64) *circuits.Model {
	t.Helper()
	p := &ir.Program{}
	add := func(name string, op ir.Op, args ...ir.ID) ir.ID {
		id, err := p.Add(name, op, args...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	x := add("x", ir.Input{Name: "x", Shape: tensor.Shape{8}, Declared: ir.Range{Lo: -8, Hi: 7}, Scale: 1, Visibility: ir.Public})
	data := make([]int64, 64)
	for i := range data {
		data[i] = weight(i)
	}
	w := add("w", ir.NewConst(tensor.Shape{8, 8}, data))
	y := add("y", ir.Contract{Contraction: tensor.Contraction{Extents: []int{8, 8}, A: []int{0}, B: []int{0, 1}, Out: []int{1}}}, x, w)
	q := add("q", ir.Rescale{Multiplier: 1, Shift: 3}, y)
	p.Outputs = []ir.Output{{Name: "q", ID: q, Scale: 1, Visibility: ir.Public}}
	m, err := circuits.NewModel(p, scenario.Get("rescale").Options)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestOtherModel shows a proof for a model of the same shape whose weights are columns:
// only the commitments to these differ.
func TestOtherModel(t *testing.T) {
	t.Parallel()
	ours := layer(t, func(i int) int64 { return int64(i*7%15) - 7 })
	other := layer(t, func(i int) int64 { return int64(i*4%15) - 7 })
	inputs := [][]int64{{1, -2, 3, -4, 5, -6, 7, -8}}
	set, w, _, messages := honestProof(t, ours, inputs)
	if w.Plan.Layout.Model == 0 {
		t.Fatal("the model has no columns")
	}
	theirs := witnessOf(newPlan(t, other), scenario.NewRun(other, inputs))
	copy(theirs.Columns[theirs.Plan.Layout.Model:], w.Columns[w.Plan.Layout.Model:])
	if set.verify(theirs, messages) == nil {
		t.Error("a proof of another model is accepted")
	}
	// The prover computes with weights of its own.
	forger := witnessOf(set.plan, scenario.NewRun(other, inputs))
	forger = reference.NewWitness(set.plan, forger.Values, forger.Counts)
	for id, c := range other.System.Columns {
		if c.Name == "w" {
			forger.Values[id] = reference.Field(c.Data)
		}
	}
	run := settingOf(set.plan, scenario.NewRun(other, inputs))
	if run.forge(t, forger, nil) == nil {
		t.Error("the result of other weights is accepted")
	}
	if err := run.verify(theirs, messages); err == nil {
		t.Error("our proof is accepted for their result")
	}
}

// TestOtherConstants shows a proof for a program whose small constants or tables differ.
func TestOtherConstants(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(p *ir.Program){
		"contract/weights": func(p *ir.Program) {
			for i := range p.Nodes {
				if p.Nodes[i].Name == "w" {
					p.Nodes[i].Op = ir.NewConst(tensor.Shape{3, 2}, []int64{3, -2, 0, 1, -3, 2})
				}
			}
		},
		"concat": func(p *ir.Program) {
			for i := range p.Nodes {
				if p.Nodes[i].Name == "w" {
					p.Nodes[i].Op = ir.NewConst(tensor.Shape{2, 1}, []int64{-1, 3})
				}
			}
		},
		"lookup": func(p *ir.Program) {
			v := p.Tables[0].Values
			p.Tables[0].Values = append([]int64{v[len(v)-1]}, v[:len(v)-1]...)
		},
	} {
		s := scenario.Get(name)
		set, w, _, messages := honestProof(t, s.Model(), s.Inputs)
		p := *s.Program
		p.Nodes, p.Tables = slices.Clone(p.Nodes), slices.Clone(p.Tables)
		change(&p)
		m, err := circuits.NewModel(&p, s.Options)
		if err != nil {
			t.Fatal(name, err)
		}
		other := *set
		other.plan = newPlan(t, m)
		if other.verify(w, messages) == nil {
			t.Errorf("%s: a proof of another program is accepted", name)
		}
	}
}

// TestSwappedColumns opens columns in another order.
func TestSwappedColumns(t *testing.T) {
	t.Parallel()
	swapped := 0
	for _, s := range scenario.All() {
		set, w, _, messages := honestProof(t, s.Model(), s.Inputs)
		for k := 1; k < len(w.Columns); k++ {
			if slices.Equal(w.Columns[k-1], w.Columns[k]) {
				continue
			}
			swapped++
			other := *w
			other.Columns = slices.Clone(w.Columns)
			other.Columns[k-1], other.Columns[k] = w.Columns[k], w.Columns[k-1]
			if set.verify(&other, messages) == nil {
				t.Errorf("%s: columns %d and %d may be swapped", s.Name, k-1, k)
			}
		}
	}
	if swapped == 0 {
		t.Error("no scenario has two columns")
	}
}

// TestOtherPlan shows a proof for a plan that differs in its tree or its layout.
func TestOtherPlan(t *testing.T) {
	t.Parallel()
	s := scenario.Get("max/wide")
	set, w, _, messages := honestProof(t, s.Model(), s.Inputs)
	exchanged := 0
	for i := range set.plan.Tree.Regions {
		for j := range i {
			a, b := set.plan.Tree.Regions[i], set.plan.Tree.Regions[j]
			if a.Cubes[0].Vars != b.Cubes[0].Vars || a.Table == b.Table && (a.Member < 0) == (b.Member < 0) {
				continue
			}
			exchanged++
			plan := *set.plan
			plan.Tree.Regions = slices.Clone(plan.Tree.Regions)
			plan.Tree.Regions[i].Cubes, plan.Tree.Regions[j].Cubes = slices.Clone(a.Cubes), slices.Clone(b.Cubes)
			plan.Tree.Regions[i].Cubes[0].Offset, plan.Tree.Regions[j].Cubes[0].Offset = b.Cubes[0].Offset, a.Cubes[0].Offset
			other := *set
			other.plan = &plan
			if other.verify(w, messages) == nil {
				t.Errorf("regions %d and %d may be exchanged", i, j)
			}
		}
	}
	if exchanged == 0 {
		t.Error("the scenario has no two regions of one size")
	}
	for i := range set.plan.Layout.Blocks {
		plan := *set.plan
		plan.Layout.Blocks = slices.Clone(plan.Layout.Blocks)
		b := &plan.Layout.Blocks[i]
		b.Offset ^= 1 << b.Vars
		other := *set
		other.plan = &plan
		if other.verify(w, messages) == nil {
			t.Errorf("block %d may be elsewhere", i)
		}
	}
}
