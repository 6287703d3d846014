// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// TestOwnColumns: nothing but the tensor is in its column. The third committed tensor of
// the scenario is a multiple of the first: it is no column, so it is hashed.
func TestOwnColumns(t *testing.T) {
	t.Parallel()
	s := scenario.Get("statement")
	system := s.Model().System
	for _, vars := range []int{8, 9, 12} {
		p, err := reduction.New(system, reduction.Options{Vars: vars, OwnWords: 1})
		if err != nil {
			t.Fatal(err)
		}
		tensors, err := reduction.CommittedTensors(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(tensors) != 3 || !tensors[0].Own || !tensors[1].Own || tensors[2].Own || len(p.Layout.Own) != 2 {
			t.Fatalf("%d variables: %+v, own %v", vars, tensors, p.Layout.Own)
		}
		for k, own := range p.Layout.Own {
			if got := p.Tensors[own].Column; got != tensors[k].Column {
				t.Errorf("column %d holds %s", k, p.Tensors[own].Name)
			}
			found := 0
			for _, b := range p.Layout.Blocks {
				if b.Column != p.Layout.Model+k {
					continue
				}
				found++
				if b.Tensor != own || b.Offset != 0 || !b.Shape.Equal(p.Tensors[own].Shape) {
					t.Errorf("column %d: %+v", k, b)
				}
			}
			if found != 1 {
				t.Errorf("%d tensors in column %d", found, k)
			}
		}
	}
	p, err := reduction.New(system, reduction.Options{Vars: 8})
	if err != nil || len(p.Layout.Own) > 0 {
		t.Errorf("small tensors have columns of their own: %v %v", p.Layout.Own, err)
	}
}

// TestOwnBySize: a committed image has a column of its own where it fits into one.
func TestOwnBySize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pixels, vars int
		own          bool
	}{
		{511 * 28, 14, false}, {511*28 + 1, 14, true}, {511*28 + 1, 13, false}, {150528, 0, true}, {150528, 18, true}, {150528, 17, false},
	} {
		p := &ir.Program{}
		x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{c.pixels}, Declared: ir.Range{Hi: 255}, Scale: 1, Visibility: ir.Committed})
		if err != nil {
			t.Fatal(err)
		}
		p.Outputs = []ir.Output{{Name: "y", ID: x, Scale: 1, Visibility: ir.Private}}
		system, err := relation.Build(p, relation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := reduction.New(system, reduction.Options{Vars: c.vars})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(plan.Layout.Own) == 1; got != c.own {
			t.Errorf("%d pixels, columns of 2^%d: own column %v, want %v", c.pixels, plan.Layout.Vars, got, c.own)
		}
	}
}

// TestOwnByWords: what hashing a tensor would cost counts its words, not its elements. Padding
// makes a column for this one large.
func TestOwnByWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most int64
		own  bool
	}{{255, false}, {65535, true}} {
		p := &ir.Program{}
		x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{33, 33, 33}, Declared: ir.Range{Hi: c.most}, Scale: 1, Visibility: ir.Committed})
		if err != nil {
			t.Fatal(err)
		}
		p.Outputs = []ir.Output{{Name: "y", ID: x, Scale: 1, Visibility: ir.Private}}
		system, err := relation.Build(p, relation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := reduction.New(system, reduction.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(plan.Layout.Own) == 1; got != c.own {
			t.Errorf("elements up to %d, columns of 2^%d: own column %v, want %v", c.most, plan.Layout.Vars, got, c.own)
		}
	}
}

// TestOwnLies tells the lies of the scenario where two committed tensors have columns of
// their own. That their commitments are those of the columns is not the reduction's to
// check.
func TestOwnLies(t *testing.T) {
	t.Parallel()
	s := scenario.Get("statement")
	m := s.Model()
	plan, err := reduction.New(m.System, reduction.Options{Vars: 8, OwnWords: 1})
	if err != nil {
		t.Fatal(err)
	}
	set := func(r *scenario.Run) *setting {
		out := settingOf(plan, r)
		out.statement.Committed = [][]fr.Element{out.statement.Committed[2]}
		return out
	}
	honest := s.Honest(m)
	if err := set(honest).forge(t, witnessOf(plan, honest), nil); err != nil {
		t.Fatal("honest run:", err)
	}
	for _, lie := range s.Lies() {
		if notHere[lie.Name] {
			continue
		}
		r := s.Forge(m, lie)
		if set(r).forge(t, witnessOf(plan, r), nil) == nil {
			t.Errorf("%s: accepted", lie.Name)
		}
		if values, ok := r.Told(); ok && r.Relations {
			if set(r).balance(t, reference.NewWitness(plan, values, nil)) == nil {
				t.Errorf("%s, of virtual columns: accepted", lie.Name)
			}
		}
	}
}
