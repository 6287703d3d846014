// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// plant puts random values in all padding and returns how much there is.
func plant(w *reference.Witness) int {
	n := 0
	w.Padding(func(cell *fr.Element) {
		cell.MustSetRandom()
		n++
	})
	return n
}

// TestPadding: whatever a prover commits to where no element is, its proof says the same.
// No claim has a weight there, or the random values would change the sum of the claims.
func TestPadding(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		m := s.Model()
		plan := newPlan(t, m)
		r := s.Honest(m)
		set, w := settingOf(plan, r), witnessOf(plan, r)
		if plant(w) == 0 {
			t.Errorf("%s: no padding", s.Name)
		}
		messages, p := set.prove(t, w, nil)
		if err := set.verify(w, messages); err != nil {
			t.Errorf("%s: a proof over other padding: %v", s.Name, err)
		}
		if !p.Excess.IsZero() {
			t.Errorf("%s: padding has a weight", s.Name)
		}
		for _, name := range []string{"claims another word, Z of the claim", "multiplicity + 1"} {
			r := s.Forge(m, s.Lie(name))
			w := witnessOf(plan, r)
			plant(w)
			if settingOf(plan, r).forge(t, w, nil) == nil {
				t.Errorf("%s: %s, over other padding: accepted", s.Name, name)
			}
		}
	}
}

// TestFaultPaddedOutput gives the words of an output of 6 elements a weight on all 8
// cells: what is planted in the last two is then part of the output.
func TestFaultPaddedOutput(t *testing.T) {
	t.Parallel()
	s := scenario.Get("rescale")
	m := s.Model()
	plan := newPlan(t, m)
	q := slices.IndexFunc(m.System.Columns, func(c relation.Column) bool { return c.Name == "q" })
	enc, err := m.System.Columns[q].Range.Encoding()
	if err != nil || enc.Bytes != 1 {
		t.Fatal("the output is not in bytes:", err)
	}
	r := s.Honest(m)
	// The first byte of the output is 1 more. The byte of cell k is worth 256^(27−k).
	r.Public.Claim = func(words []fr.Element) {
		words[1].Add(&words[1], power256(27))
	}
	w := witnessOf(plan, r)
	var offset fr.Element
	offset.SetInt64(enc.Offset)
	output := tensorOf(plan, func(c *reduction.Tensor) bool { return c.Column == relation.ColumnID(q) })
	w.Cell(output, 6).Sub(power256(6), &offset) // 256²⁷ = 256⁶·256²¹
	w.Cell(output, 7).Neg(&offset)
	if settingOf(plan, r).forge(t, w, nil) == nil {
		t.Error("an output forged through padding is accepted")
	}

	faulty := *plan
	system := *plan.System
	system.Columns = slices.Clone(system.Columns)
	system.Columns[q].Shape = tensor.Shape{8}
	faulty.System = &system
	reshape(&faulty, output, tensor.Shape{8})
	if err := settingOf(&faulty, r).forge(t, w, nil); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
}

// TestFaultPaddedTable gives the rows of a table of 121 rows weights up to 128: a prover
// that plants multiplicities there has a larger table.
func TestFaultPaddedTable(t *testing.T) {
	t.Parallel()
	s := scenario.Get("divide")
	m := s.Model()
	plan := newPlan(t, m)
	lie := s.Lie("a[1] just above its range")
	r := s.Forge(m, lie)
	table := slices.IndexFunc(m.System.Tables, func(c relation.Table) bool { return c.Len() == 121 && len(c.Columns) == 1 })
	if table < 0 {
		t.Fatal("no table has 121 rows")
	}
	if settingOf(plan, r).forge(t, witnessOf(plan, r), nil) == nil {
		t.Error("an element beyond its range is accepted")
	}

	// The faulty verifier's table goes on as its closed form does.
	faulty := *plan
	system := *plan.System
	system.Tables = slices.Clone(system.Tables)
	rows := slices.Clone(system.Tables[table].Columns[0])
	for len(rows) < 128 {
		rows = append(rows, rows[len(rows)-1]+1)
	}
	system.Tables[table].Columns = [][]int64{rows}
	faulty.System = &system
	faulty.Tree.Regions = slices.Clone(faulty.Tree.Regions)
	for i := range faulty.Tree.Regions {
		if reg := &faulty.Tree.Regions[i]; reg.Member < 0 && int(reg.Table) == table {
			reg.Shape = tensor.Shape{128}
			reg.Cubes = slices.Clone(reg.Cubes)
			reg.Cubes[0].Len = 128
		}
	}
	counts := scenario.Multiplicities(&system, r.Columns())
	w := reference.NewWitness(plan, r.Values(), slices.Concat(counts[:table], [][]fr.Element{counts[table][:121]}, counts[table+1:]))
	w.Plan, w.Counts = &faulty, counts
	planted := tensorOf(plan, func(c *reduction.Tensor) bool {
		return c.Column < 0 && c.TableColumn < 0 && int(c.Table) == table
	})
	reshape(&faulty, planted, tensor.Shape{128})
	for i := 121; i < 128; i++ {
		*w.Cell(planted, i) = counts[table][i]
	}
	if err := settingOf(&faulty, r).forge(t, w, nil); err != nil {
		t.Errorf("the planted fault was not exploited: %v", err)
	}
	w.Plan = plan
	if settingOf(plan, r).forge(t, w, nil) == nil {
		t.Error("multiplicities in padding are accepted")
	}
}

// reshape gives the only block of a tensor another shape.
func reshape(p *reduction.Plan, tensor int, shape tensor.Shape) {
	p.Layout.Blocks = slices.Clone(p.Layout.Blocks)
	for i := range p.Layout.Blocks {
		if b := &p.Layout.Blocks[i]; b.Tensor == tensor {
			b.Shape = shape
		}
	}
}

// power256 returns 256ⁿ.
func power256(n int64) *fr.Element {
	var x fr.Element
	x.SetInt64(256)
	out := fr.One()
	for range n {
		out.Mul(&out, &x)
	}
	return &out
}

// tensorOf returns the number of the first committed tensor of a kind.
func tensorOf(p *reduction.Plan, is func(*reduction.Tensor) bool) int {
	return slices.IndexFunc(p.Tensors, func(c reduction.Tensor) bool { return is(&c) })
}
