// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

// TestConcat compares WalkConcat with the definition: the element at index i of
// the result is that of the argument whose stretch of the axis holds i.
func TestConcat(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 3))
		s := randomShape(rng, 1+rng.IntN(3))
		axis := rng.IntN(len(s))
		var shapes []tensor.Shape
		total := 0
		for range 1 + rng.IntN(3) {
			a := s.Clone()
			a[axis] = 1 + rng.IntN(3)
			total += a[axis]
			shapes = append(shapes, a)
		}
		got, err := tensor.Concat(axis, shapes)
		want := s.Clone()
		want[axis] = total
		if err != nil || !got.Equal(want) {
			t.Fatalf("seed %d: Concat of %v along %d: %v, %v; want %v", seed, shapes, axis, got, err, want)
		}
		var walked, defined [][2]int // argument and element
		tensor.WalkConcat(axis, shapes, func(arg, from, to int) {
			for i := from; i < to; i++ {
				walked = append(walked, [2]int{arg, i})
			}
		})
		each(want, func(index []int) {
			at, arg := index[axis], 0
			for at >= shapes[arg][axis] {
				at, arg = at-shapes[arg][axis], arg+1
			}
			flat := 0
			for d, i := range index {
				if d == axis {
					i = at
				}
				flat = flat*shapes[arg][d] + i
			}
			defined = append(defined, [2]int{arg, flat})
		})
		if d := cmp.Diff(defined, walked); d != "" {
			t.Fatalf("seed %d: %v along %d (-want +got):\n%s", seed, shapes, axis, d)
		}
	}
}

func TestRefusedConcat(t *testing.T) {
	t.Parallel()
	two, three := tensor.Shape{2, 2}, tensor.Shape{3, 2}
	for name, c := range map[string]struct {
		axis   int
		shapes []tensor.Shape
	}{
		"nothing": {0, nil}, "axis": {2, []tensor.Shape{two}}, "negative": {-1, []tensor.Shape{two}},
		"extents": {1, []tensor.Shape{two, three}}, "ranks": {0, []tensor.Shape{two, {2}}},
	} {
		if s, err := tensor.Concat(c.axis, c.shapes); err == nil {
			t.Errorf("%s: %v", name, s)
		}
	}
}

// TestReduce compares the groups with the definition: drop the reduced indices.
func TestReduce(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 4))
		s := randomShape(rng, 1+rng.IntN(3))
		axes := rng.Perm(len(s))[:rng.IntN(len(s)+1)]
		kept, group, err := tensor.Reduce(s, axes)
		if err != nil {
			t.Fatal(err)
		}
		var shape tensor.Shape
		for d, extent := range s {
			if !slices.Contains(axes, d) {
				shape = append(shape, extent)
			}
		}
		var want []int32
		each(s, func(index []int) {
			flat := 0
			for d, i := range index {
				if !slices.Contains(axes, d) {
					flat = flat*s[d] + i
				}
			}
			want = append(want, int32(flat))
		})
		if d := cmp.Diff(want, group); d != "" || !kept.Equal(shape) {
			t.Fatalf("seed %d: %v without %v: %v (-want +got):\n%s", seed, s, axes, kept, d)
		}
	}
	for _, axes := range [][]int{{2}, {-1}, {0, 0}} {
		if _, _, err := tensor.Reduce(tensor.Shape{2, 3}, axes); err == nil {
			t.Errorf("Reduce accepts axes %v of two", axes)
		}
	}
}
