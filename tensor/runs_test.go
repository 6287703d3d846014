// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

// product is one term of a contraction: two elements that meet in a result.
type product struct{ Out, A, B int }

// naiveProducts enumerates the index space of c, straight from the definition.
func naiveProducts(c tensor.Contraction) []product {
	flat := func(labels, index []int) int {
		at := 0
		for _, l := range labels {
			at = at*c.Extents[l] + index[l]
		}
		return at
	}
	var out []product
	index := make([]int, len(c.Extents))
	for range tensor.Shape(c.Extents).Size() {
		out = append(out, product{flat(c.Out, index), flat(c.A, index), flat(c.B, index)})
		for l := len(index) - 1; l >= 0; l-- {
			if index[l]++; index[l] < c.Extents[l] {
				break
			}
			index[l] = 0
		}
	}
	return out
}

func sorted(p []product) []product {
	slices.SortFunc(p, func(x, y product) int {
		for _, d := range []int{x.Out - y.Out, x.A - y.A, x.B - y.B} {
			if d != 0 {
				return d
			}
		}
		return 0
	})
	return p
}

// randomContraction returns a contraction whose labels are spread at random.
func randomContraction(rng *rand.Rand) tensor.Contraction {
	c := tensor.Contraction{A: []int{}, B: []int{}, Out: []int{}}
	for l := range 1 + rng.IntN(5) {
		c.Extents = append(c.Extents, 1+rng.IntN(4))
		where := 1 + rng.IntN(3) // 1: a, 2: b, 3: both
		if where&1 != 0 {
			c.A = slices.Insert(c.A, rng.IntN(len(c.A)+1), l)
		}
		if where&2 != 0 {
			c.B = slices.Insert(c.B, rng.IntN(len(c.B)+1), l)
		}
		if rng.IntN(2) == 0 {
			c.Out = slices.Insert(c.Out, rng.IntN(len(c.Out)+1), l)
		}
	}
	return c
}

// TestRunsAreTheProducts compares the fast enumerations with the definition.
func TestRunsAreTheProducts(t *testing.T) {
	t.Parallel()
	long := 0
	for seed := range uint64(2000) {
		c := randomContraction(rand.New(rand.NewPCG(seed, 0)))
		want := sorted(naiveProducts(c))
		runs := c.Runs()
		if runs.Length > 4 {
			long++
		}
		var got []product
		last := 0
		runs.Walk(func(out, a, b int) {
			if out < last {
				t.Fatalf("seed %d: result element %d after %d", seed, out, last)
			}
			last = out
			for k := range runs.Length {
				got = append(got, product{out, a + k*runs.StrideA, b + k*runs.StrideB})
			}
		})
		if diff := cmp.Diff(want, sorted(got)); diff != "" {
			t.Fatalf("seed %d: %+v: runs (-want +got):\n%s", seed, c, diff)
		}
		got = nil
		c.Walk(func(out int, a, b []int32) {
			for k := range a {
				got = append(got, product{out, int(a[k]), int(b[k])})
			}
		})
		if diff := cmp.Diff(want, sorted(got)); diff != "" {
			t.Fatalf("seed %d: %+v: walk (-want +got):\n%s", seed, c, diff)
		}
	}
	if long == 0 {
		t.Error("no contraction had a run that joins two labels")
	}
}

// TestConvolutionRunsAreWholeWindows pins what the inner loop relies on: the
// products of a window and a filter are contiguous.
func TestConvolutionRunsAreWholeWindows(t *testing.T) {
	t.Parallel()
	// Positions 0 and 1, kernel 2 and 3, batch 4, output channel 5, input channel 6.
	conv := tensor.Contraction{Extents: []int{10, 10, 5, 5, 1, 16, 6}, A: []int{4, 6, 0, 1, 2, 3}, B: []int{5, 6, 2, 3}, Out: []int{4, 5, 0, 1}}
	matrix := tensor.Contraction{Extents: []int{1, 120, 400}, A: []int{0, 2}, B: []int{1, 2}, Out: []int{0, 1}}
	for name, c := range map[string]struct {
		c    tensor.Contraction
		want [3]int
	}{"convolution": {conv, [3]int{25, 1, 1}}, "matrix": {matrix, [3]int{400, 1, 1}}} {
		r := c.c.Runs()
		if got := [3]int{r.Length, r.StrideA, r.StrideB}; got != c.want {
			t.Errorf("%s: length and strides %v, want %v", name, got, c.want)
		}
	}
}
