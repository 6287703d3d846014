// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

// naiveTable evaluates the index functions of v at every index.
func naiveTable(v tensor.View) []int32 {
	out := make([]int32, 0, v.Axes.Size())
	index := make([]int, len(v.Axes))
	for range v.Axes.Size() {
		flat, inside := 0, true
		for d, f := range v.Index {
			j := f.Offset
			for _, t := range f.Terms {
				j += t.Coef * index[t.Axis]
			}
			inside = inside && 0 <= j && j < v.From[d]
			flat = flat*v.From[d] + j
		}
		if !inside {
			flat = tensor.Padding
		}
		out = append(out, int32(flat))
		for axis := len(index) - 1; axis >= 0; axis-- {
			if index[axis]++; index[axis] < v.Axes[axis] {
				break
			}
			index[axis] = 0
		}
	}
	return out
}

func randomShape(rng *rand.Rand, rank int) tensor.Shape {
	s := make(tensor.Shape, rank)
	for i := range s {
		s[i] = 1 + rng.IntN(5)
	}
	return s
}

// TestTableIsTheDefinition compares the table and Gather with the definition, over
// views with steps of either sign, axes that several positions share, and padding.
func TestTableIsTheDefinition(t *testing.T) {
	t.Parallel()
	padded, whole := 0, 0
	for seed := range uint64(5000) {
		rng := rand.New(rand.NewPCG(seed, 0))
		v := tensor.View{From: randomShape(rng, rng.IntN(4)), Axes: randomShape(rng, rng.IntN(4))}
		v.To, v.Index = v.Axes, make([]tensor.Affine, len(v.From))
		for d := range v.Index {
			v.Index[d].Offset = rng.IntN(5) - 1
			for range rng.IntN(3) {
				if len(v.Axes) > 0 {
					term := tensor.Term{Axis: rng.IntN(len(v.Axes)), Coef: rng.IntN(6) - 2}
					v.Index[d].Terms = append(v.Index[d].Terms, term)
				}
			}
		}
		if err := v.Check(v.From.Size()); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		want := naiveTable(v)
		if diff := cmp.Diff(want, v.Table()); diff != "" {
			t.Fatalf("seed %d: %+v (-want +got):\n%s", seed, v, diff)
		}
		// Gather moves what the table names.
		src := make([]int, v.From.Size())
		for i := range src {
			src[i] = i
		}
		for i, x := range tensor.Gather(v, src, tensor.Padding) {
			if x != int(want[i]) {
				t.Fatalf("seed %d: %+v: element %d gathered is %d, want %d", seed, v, i, x, want[i])
			}
		}
		pads := false
		for _, j := range want {
			pads = pads || j == tensor.Padding
		}
		if pads {
			padded++
		} else {
			whole++
		}
		// Pads bounds each term on its own, so it is exact unless two share an axis.
		if pads && !v.Pads() || !pads && v.Pads() && !sharesAxis(v) {
			t.Fatalf("seed %d: %+v: Pads is %v, the table says %v", seed, v, v.Pads(), pads)
		}
	}
	if padded < 1000 || whole < 500 {
		t.Errorf("%d views with padding and %d without: the test does not cover both", padded, whole)
	}
}

// sharesAxis reports whether an index function has two terms of one axis.
func sharesAxis(v tensor.View) bool {
	for _, f := range v.Index {
		seen := map[int]bool{}
		for _, t := range f.Terms {
			if seen[t.Axis] {
				return true
			}
			seen[t.Axis] = true
		}
	}
	return false
}
