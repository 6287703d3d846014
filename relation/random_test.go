// SPDX-License-Identifier: Apache-2.0

package relation_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// TestRandomPrograms: the honest run of a random program satisfies its relations,
// and no single cell of a witness column can be changed, unless to the run of
// another input.
func TestRandomPrograms(t *testing.T) {
	t.Parallel()
	programs, cells := 600, 60
	if testing.Short() {
		programs, cells = 20, 20
	}
	accepted := 0
	for seed := range programs {
		rng := rand.New(rand.NewPCG(uint64(seed), 1))
		p := oracle.Random(rng, 4+rng.IntN(12))
		sys, err := relation.Build(p, relation.Options{TableBits: 3 + rng.IntN(6)})
		if err != nil {
			t.Fatalf("program %d: %v", seed, err)
		}
		checkDefinitions(t, sys)
		inputs := oracle.Inputs(rng, p)
		trace, err := p.Run(inputs)
		if err != nil {
			t.Fatalf("program %d: %v", seed, err)
		}
		witness := sys.Witness(trace)
		if err := sys.Check(witness); err != nil {
			t.Errorf("program %d: %v", seed, err)
		}
		values, err := sys.Values(witness)
		if err != nil {
			t.Fatal(err)
		}
		for id := range p.Nodes {
			if values[id] != nil && !slices.Equal(values[id], trace[id]) {
				t.Errorf("program %d: %s: executed and interpreted differ: %s", seed, p.Nodes[id].Name, cmp.Diff(trace[id], values[id]))
			}
		}
		columns := inField(witness)
		check := scenario.Checker(sys)
		if err := check(columns); err != nil {
			t.Errorf("program %d: over the field: %v", seed, err)
		}
		ids := slices.Sorted(maps.Keys(columns))
		for range cells {
			id := ids[rng.IntN(len(ids))]
			i := rng.IntN(len(columns[id]))
			old := columns[id][i]
			columns[id][i] = mutated(rng, old)
			err := check(columns)
			if err == nil && !anotherRun(sys, inputs, columns) {
				t.Errorf("program %d: %s[%d] can be %s instead of %s", seed, sys.Columns[id].Name, i, columns[id][i].String(), old.String())
			}
			if err == nil {
				accepted++
			}
			columns[id][i] = old
		}
	}
	if accepted == 0 {
		t.Error("no input was ever changed to one of the same witness: the test does not know what it accepts")
	}
}

func inField(witness map[relation.ColumnID][]int64) map[relation.ColumnID][]fr.Element {
	out := map[relation.ColumnID][]fr.Element{}
	for id, col := range witness {
		out[id] = make([]fr.Element, len(col))
		for i, x := range col {
			out[id][i].SetInt64(x)
		}
	}
	return out
}

// mutated returns another element: a neighbor, 0, the negative, a power of two
// away, or a random one.
func mutated(rng *rand.Rand, x fr.Element) fr.Element {
	for {
		var y fr.Element
		switch rng.IntN(6) {
		case 0:
			y.SetInt64(1)
			y.Add(&y, &x)
		case 1:
			y.SetInt64(-1)
			y.Add(&y, &x)
		case 2: // 0
		case 3:
			y.Neg(&x)
		case 4:
			y.SetInt64(int64(1) << rng.IntN(62))
			if rng.IntN(2) == 0 {
				y.Inverse(&y)
			}
			y.Add(&y, &x)
		default:
			y.SetUint64(rng.Uint64())
			y.Square(&y).Square(&y)
		}
		if !y.Equal(&x) {
			return y
		}
	}
}

// anotherRun reports whether columns are the honest witness of the inputs that
// they hold.
func anotherRun(s *relation.System, inputs [][]int64, columns map[relation.ColumnID][]fr.Element) bool {
	other := make([][]int64, len(inputs))
	for k, id := range s.Program.Inputs {
		for _, x := range columns[relation.ColumnID(id)] {
			n, ok := integer(x)
			if !ok {
				return false
			}
			other[k] = append(other[k], n)
		}
	}
	trace, err := s.Program.Run(other)
	return err == nil && cmp.Equal(inField(s.Witness(trace)), columns)
}

// integer returns x as a small integer, if it is one.
func integer(x fr.Element) (int64, bool) {
	if x.IsUint64() && x.Uint64() <= uint64(ir.Limit) {
		return int64(x.Uint64()), true
	}
	x.Neg(&x)
	return -int64(x.Uint64()), x.IsUint64() && x.Uint64() <= uint64(ir.Limit)
}
