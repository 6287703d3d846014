// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/tensor"
)

// TestBoundSums compares the bound by signed sums with the interval arithmetic of
// its definition, and checks when it may be used.
func TestBoundSums(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 0))
		var rows tensor.Contraction
		for l := range rng.IntN(4) {
			rows.Extents = append(rows.Extents, 1+rng.IntN(4))
			rows.A = append(rows.A, l)
		}
		for _, l := range rng.Perm(len(rows.A)) {
			if rng.IntN(2) == 0 {
				rows.Out = append(rows.Out, l)
			}
		}
		w := make([]int64, tensor.Shape(rows.Extents).Size())
		for i := range w {
			w[i] = rng.Int64N(21) - 10
		}
		lo := rng.Int64N(20) - 12
		x := Range{lo, lo + rng.Int64N(15)}
		var want Range
		rows.Walk(func(out int, idx, _ []int32) {
			var row Range
			for _, k := range idx {
				row.Lo += min(w[k]*x.Lo, w[k]*x.Hi)
				row.Hi += max(w[k]*x.Lo, w[k]*x.Hi)
			}
			if out == 0 {
				want = row
			}
			want = want.Union(row)
		})
		if got, ok := boundSums(rows, x, Pack(w)); !ok || got != want {
			t.Fatalf("seed %d: %+v of weights %v by %v: %v, %v; want %v", seed, rows, w, x, got, ok, want)
		}
	}
	rows := tensor.Contraction{Extents: []int{2}, A: []int{0}}
	for _, c := range []struct {
		x  Range
		w  []int64
		ok bool
	}{
		{Range{0, Limit / 2}, []int64{1, 1}, true},
		{Range{0, Limit/2 + 1}, []int64{1, -1}, false}, // a partial sum may leave the limit
		{Range{-Limit, 0}, []int64{0, 0}, true},
		{Range{-1, 1}, []int64{-1 << 63, 0}, false},
	} {
		if _, ok := boundSums(rows, c.x, Pack(c.w)); ok != c.ok {
			t.Errorf("%v times %v: %v, want %v", c.w, c.x, ok, c.ok)
		}
	}
}
