// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// TestRandomPrograms: the circuit of a random program accepts the honest run as
// Claim and Assign state it, and agrees with the checker about runs in which one
// cell is changed.
func TestRandomPrograms(t *testing.T) {
	t.Parallel()
	programs := 80
	if testing.Short() {
		programs = 10
	}
	for seed := range programs {
		rng := rand.New(rand.NewPCG(uint64(seed), 2))
		p := oracle.Random(rng, 4+rng.IntN(10))
		hideWide(p)
		m, err := circuits.NewModel(p, relation.Options{TableBits: 4 + rng.IntN(4)})
		if err != nil {
			t.Fatalf("program %d: %v", seed, err)
		}
		inputs := oracle.Inputs(rng, p)
		trace, err := p.Run(inputs)
		if err != nil {
			t.Fatalf("program %d: %v", seed, err)
		}
		r := scenario.NewRun(m, inputs)
		claim, err := m.Claim(trace, r.Salts)
		if err != nil {
			t.Fatalf("program %d: %v", seed, err)
		}
		if got, want := claim.Words(), r.Words(); !slices.Equal(got, want) {
			t.Errorf("program %d: the words of the claim are %v, want %v", seed, got, want)
		}
		a, err := m.Assign(trace, claim, r.Salts, fr.NewElement(5))
		if err != nil {
			t.Fatalf("program %d: %v", seed, err)
		}
		judge := engine(m)
		if err := judge(a); err != nil {
			t.Errorf("program %d: %v", seed, err)
		}

		ids := slices.Sorted(maps.Keys(r.Columns()))
		col := r.Columns()[ids[rng.IntN(len(ids))]]
		x := &col[rng.IntN(len(col))]
		one := fr.One()
		if rng.IntN(2) == 0 {
			one.Neg(&one)
		}
		x.Add(x, &one)
		holds := scenario.Check(m.System, r.Columns()) == nil
		if got := judge(r.Circuit()) == nil; got != holds {
			t.Errorf("program %d: a changed run: accepted by the circuit %v, by the checker %v", seed, got, holds)
		}
	}
}

// hideWide makes the tensors private whose elements have no encoding.
func hideWide(p *ir.Program) {
	for _, id := range p.Inputs {
		in := p.Input(id)
		if _, err := in.Declared.Encoding(); err != nil {
			in.Visibility = ir.Private
			p.Nodes[id].Op = in
		}
	}
	for i, o := range p.Outputs {
		if _, err := p.Nodes[o.ID].Range.Encoding(); err != nil {
			p.Outputs[i].Visibility = ir.Private
		}
	}
}
