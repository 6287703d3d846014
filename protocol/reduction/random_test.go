// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
)

// TestRandomLies puts an element of the field in a random place of every witness column
// of random programs and continues honestly: every element is bound to a range. An
// element that is 1 more is judged by the relations: the verifier agrees.
func TestRandomLies(t *testing.T) {
	t.Parallel()
	programs := 15
	if testing.Short() {
		programs = 4
	}
	lies, accepted := 0, 0
	for seed := range programs {
		rng := rand.New(rand.NewPCG(uint64(seed), 4))
		p := oracle.Provable(rng, 4+rng.IntN(10))
		m, err := circuits.NewModel(p, relation.Options{TableBits: 4 + rng.IntN(4)})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := reduction.New(m.System, reduction.Options{Vars: 8})
		if err != nil {
			t.Fatal(err)
		}
		inputs := oracle.Inputs(rng, p)
		check := scenario.Checker(m.System)
		for id, c := range m.System.Columns {
			if c.Kind != relation.Witness {
				continue
			}
			at := rng.IntN(c.Shape.Size())
			for _, what := range []string{"+ 1", "random"} {
				r := scenario.NewRun(m, inputs)
				x := &r.Columns()[relation.ColumnID(id)][at]
				if addOne(x); what == "random" {
					x.MustSetRandom()
				}
				want := check(r.Columns())
				if what == "random" && want == nil {
					t.Errorf("program %d: %s[%d] may be anything", seed, c.Name, at)
				}
				lies++
				if want == nil {
					accepted++
				}
				if err := settingOf(plan, r).forge(t, witnessOf(plan, r), nil); (err == nil) != (want == nil) {
					t.Errorf("program %d: %s[%d] %s: verdict %v, that of the relations %v", seed, c.Name, at, what, err, want)
				}
			}
		}
	}
	t.Logf("%d lies, of which %d are true", lies, accepted)
	if accepted == lies || lies == 0 {
		t.Error("no lie is told")
	}
}
