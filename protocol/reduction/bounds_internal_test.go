// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// TestBounds: the relations of all primitives keep all values small, without any trust in
// the intervals of the compiler.
func TestBounds(t *testing.T) {
	t.Parallel()
	check := func(name string, p *ir.Program, options relation.Options) {
		s, err := relation.Build(p, options)
		if err != nil {
			t.Fatal(err)
		}
		if err := (&Plan{System: s}).checkBounds(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, s := range scenario.All() {
		check(s.Name, s.Program, s.Options)
	}
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 2))
		check("random", oracle.Random(rng, 4+rng.IntN(10)), relation.Options{})
	}
}

// TestBoundsRefuse: sums of products that the actual weights, zeros, keep small, but
// others of their ranges would not; and a value that nothing bounds.
func TestBoundsRefuse(t *testing.T) {
	t.Parallel()
	wide := ir.Range{Lo: -1 << 60, Hi: 1 << 60}
	shape := tensor.Shape{1}
	c := tensor.Elementwise(shape)
	node := func(name string) ir.Node {
		return ir.Node{Name: name, Op: ir.NewConst(shape, []int64{0}), Shape: shape, Range: wide}
	}
	s := &relation.System{Program: &ir.Program{Nodes: []ir.Node{node("w"), node("a"), node("b"), node("c"), node("d")}}}
	for _, n := range s.Program.Nodes {
		s.Columns = append(s.Columns, relation.Column{Name: n.Name, Shape: shape, Kind: relation.Virtual})
	}
	s.Columns[0] = relation.Column{Name: "w", Shape: shape, Kind: relation.Const, Range: wide, Data: []int64{0}}
	for out := range relation.ColumnID(4) {
		s.Relations = append(s.Relations, relation.Contract{Node: ir.ID(out + 1), Out: out + 1, A: out, B: 0, Contraction: c})
	}
	if err := (&Plan{System: s}).checkBounds(); err == nil || !strings.Contains(err.Error(), "d: nothing keeps") {
		t.Errorf("five factors of 60 bits: %v", err)
	}
	s.Columns[0].Range = ir.Range{Lo: -128, Hi: 127}
	if err := (&Plan{System: s}).checkBounds(); err != nil {
		t.Errorf("five factors of 8 bits: %v", err)
	}
	s.Relations = s.Relations[:3]
	if err := (&Plan{System: s}).checkBounds(); err == nil || !strings.Contains(err.Error(), "d: nothing keeps") {
		t.Errorf("a value that nothing determines: %v", err)
	}
}
