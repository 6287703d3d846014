// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/tensor"
)

// TestRegions: every element of a region has a leaf of its own, in the cube that has its
// index along the axis, and cubes are aligned and no more than they save.
func TestRegions(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(17, 18))
	cuts := 0
	for range 300 {
		r := Region{Shape: make(tensor.Shape, rng.IntN(4))}
		for d := range r.Shape {
			r.Shape[d] = 1 + rng.IntN(20)
		}
		cost := 1 << rng.IntN(8)
		r.cut(cost)
		end := 0
		for k := range r.Cubes {
			c := &r.Cubes[k]
			if c.From&(1<<mle.Bits(c.Len)-1) != 0 || k > 0 && c.Vars > r.Cubes[k-1].Vars {
				t.Errorf("%v: cube %d of 2^%d leaves begins at %d", r.Shape, k, c.Vars, c.From)
			}
			c.Offset = end
			end += 1 << c.Vars
		}
		if end+cost*len(r.Cubes) > cost+1<<weight.Bits(r.Shape) {
			t.Errorf("%v: %d cubes that cost %d have %d leaves", r.Shape, len(r.Cubes), cost, end)
		}
		cuts += len(r.Cubes) - 1
		seen := map[int]bool{}
		for i := range r.Shape.Size() {
			at := r.Leaf(i)
			if at < 0 || at >= end || seen[at] {
				t.Fatalf("%v: element %d is leaf %d", r.Shape, i, at)
			}
			seen[at] = true
		}
	}
	if cuts < 100 {
		t.Errorf("only %d cuts", cuts)
	}
}

// TestBlocks: every element of a tensor is in one block and at one place, blocks begin at
// multiples of their sizes and are no larger than a column, and blocks that cost nothing
// leave no padding.
func TestBlocks(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(13, 14))
	cuts := 0
	for range 200 {
		shape := make(tensor.Shape, rng.IntN(4))
		for d := range shape {
			shape[d] = 1 + rng.IntN(20)
		}
		vars := 1 + rng.IntN(8)
		for _, cost := range []int{1, 10, whole} {
			seen := make([]int, shape.Size())
			blocks := cut(shape, vars, cost)
			padded := 0
			for _, b := range blocks {
				if b.Vars != weight.Bits(b.Shape) || b.Vars > vars {
					t.Fatalf("a block of shape %v in 2^%d elements", b.Shape, b.Vars)
				}
				padded += 1 << b.Vars
				for d, n := range b.Shape {
					if b.From[d]&(1<<mle.Bits(n)-1) != 0 {
						t.Errorf("%v: a block of %v begins at %v", shape, b.Shape, b.From)
					}
				}
				places := map[int]bool{}
				for i := range seen {
					if at, ok := b.Place(i, shape); ok {
						seen[i]++
						if places[at] || at >= 1<<b.Vars {
							t.Fatalf("%v: two elements of a block are at %d", shape, at)
						}
						places[at] = true
					}
				}
			}
			for i, n := range seen {
				if n != 1 {
					t.Fatalf("%v: element %d is in %d blocks", shape, i, n)
				}
			}
			if cost*len(blocks)+padded > cost+1<<weight.Bits(shape) && weight.Bits(shape) <= vars {
				t.Errorf("%v: %d blocks that cost %d take %d elements", shape, len(blocks), cost, padded)
			}
			if cost == whole && weight.Bits(shape) <= vars && len(blocks) != 1 {
				t.Errorf("%v: %d blocks that could be one", shape, len(blocks))
			}
			cuts += len(blocks) - 1
		}
	}
	if cuts < 1000 {
		t.Errorf("only %d cuts", cuts)
	}
}
