// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

// cell evaluates an access at an index vector, straight from the definition.
func cell(a tensor.Access, index []int) int {
	for _, g := range a.Guards {
		p := g.Offset
		for l, c := range g.Coefs {
			p += c * index[l]
		}
		if p < 0 || p >= g.Extent {
			return tensor.Padding
		}
	}
	at := a.Base
	for l, s := range a.Strides {
		at += s * index[l]
	}
	return at
}

// bodies lists what the body of n sees: the result element and the cells, sorted.
func bodies(n tensor.Nest) []product {
	var out []product
	each(n.Extents, func(index []int) {
		p := product{Out: 0, A: cell(n.Reads[0], index)}
		for l := range n.Outer {
			p.Out = p.Out*n.Extents[l] + index[l]
		}
		if len(n.Reads) > 1 {
			p.B = cell(n.Reads[1], index)
		}
		out = append(out, p)
	})
	return sorted(out)
}

// reindex returns a random view whose result has shape to, and the number of
// elements of its source.
func reindex(rng *rand.Rand, to tensor.Shape) (tensor.View, int) {
	v := tensor.View{From: randomShape(rng, rng.IntN(4)), Axes: regrouped(rng, to), To: to}
	v.Index = make([]tensor.Affine, len(v.From))
	for d := range v.Index {
		v.Index[d].Offset = rng.IntN(4) - 1
		for range rng.IntN(3) {
			if len(v.Axes) > 0 {
				v.Index[d].Terms = append(v.Index[d].Terms, tensor.Term{Axis: rng.IntN(len(v.Axes)), Coef: rng.IntN(5) - 2})
			}
		}
	}
	return v, v.From.Size()
}

// regrouped returns a shape of the same size: neighbours joined, axes split, ones
// put in, or now and then the axes in another order, which has no refinement.
func regrouped(rng *rand.Rand, s tensor.Shape) tensor.Shape {
	out := tensor.Shape{}
	for _, extent := range s {
		if rng.IntN(4) == 0 {
			out = append(out, 1)
		}
		switch k := len(out) - 1; {
		case k >= 0 && rng.IntN(3) == 0:
			out[k] *= extent
		case extent == 4 && rng.IntN(2) == 0:
			out = append(out, 2, 2)
		default:
			out = append(out, extent)
		}
	}
	if rng.IntN(3) == 0 {
		rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

// TestNestOfContraction compares the loops of a contraction of views, before and
// after they are simplified, with the definitions of both.
func TestNestOfContraction(t *testing.T) {
	t.Parallel()
	read, refused, simpler := 0, 0, 0
	for seed := range uint64(3000) {
		rng := rand.New(rand.NewPCG(seed, 5))
		c := randomContraction(rng)
		want := naiveProducts(c)
		n := c.Nest()
		for operand, labels := range [][]int{c.A, c.B} {
			shape := make(tensor.Shape, len(labels))
			for i, l := range labels {
				shape[i] = c.Extents[l]
			}
			v, size := reindex(rng, shape)
			if err := v.Check(size); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			if rng.IntN(4) == 0 {
				continue // this operand is read as it lies
			}
			if !n.Through(operand, v) {
				refused++
				continue
			}
			read++
			table := v.Table()
			for i := range want {
				if operand == 0 {
					want[i].A = int(table[want[i].A])
				} else {
					want[i].B = int(table[want[i].B])
				}
			}
			if n.Through(operand, v) {
				t.Fatalf("seed %d: operand %d reads through two views", seed, operand)
			}
		}
		sorted(want)
		if d := cmp.Diff(want, bodies(n)); d != "" {
			t.Fatalf("seed %d: %+v (-want +got):\n%s", seed, n, d)
		}
		s := n.Simplify()
		if d := cmp.Diff(want, bodies(s)); d != "" {
			t.Fatalf("seed %d: %+v simplified to %+v (-want +got):\n%s", seed, n, s, d)
		}
		if len(s.Extents) < len(n.Extents) && !slices.Contains(n.Extents, 1) {
			simpler++
		}
	}
	if read < 1000 || refused < 100 || simpler < 100 {
		t.Errorf("%d operands read through views, %d not, %d nests simplified: the test does not cover all", read, refused, simpler)
	}
}

// TestNestOfReduction compares the loops of a reduction with Reduce.
func TestNestOfReduction(t *testing.T) {
	t.Parallel()
	for seed := range uint64(500) {
		rng := rand.New(rand.NewPCG(seed, 6))
		s := randomShape(rng, rng.IntN(4))
		axes := rng.Perm(len(s))[:rng.IntN(len(s)+1)]
		_, group, err := tensor.Reduce(s, axes)
		if err != nil {
			t.Fatal(err)
		}
		n := tensor.ReduceNest(s, axes)
		v, _ := reindex(rng, s)
		table := tensor.Identity(s).Table()
		if n.Through(0, v) {
			table = v.Table()
		}
		var want []product
		for i, g := range group {
			want = append(want, product{Out: int(g), A: int(table[i])})
		}
		sorted(want)
		for _, n := range []tensor.Nest{n, n.Simplify()} {
			if d := cmp.Diff(want, bodies(n)); d != "" {
				t.Fatalf("seed %d: %v over %v: %+v (-want +got):\n%s", seed, s, axes, n, d)
			}
		}
	}
}

// TestNestOfView compares the loops of a view with its table, in order.
func TestNestOfView(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1000) {
		rng := rand.New(rand.NewPCG(seed, 7))
		v, _ := reindex(rng, randomShape(rng, rng.IntN(4)))
		for _, n := range []tensor.Nest{v.Nest(), v.Nest().Simplify()} {
			var got []int32
			each(n.Extents, func(index []int) { got = append(got, int32(cell(n.Reads[0], index))) })
			if d := cmp.Diff(v.Table(), got); d != "" || n.Outer != len(n.Extents) {
				t.Fatalf("seed %d: %+v: %+v (-want +got):\n%s", seed, v, n, d)
			}
		}
	}
}

// TestSimplify states what becomes of the loops of a convolution: a padded one
// keeps its axes, a 1×1 one is a matrix product.
func TestSimplify(t *testing.T) {
	t.Parallel()
	conv := func(kernel, before int) tensor.Nest {
		x := tensor.Shape{1, 5, 8, 8}
		w := tensor.Window{Kernel: kernel, Stride: 1, Dilation: 1, Before: before, Count: 8}
		v, err := tensor.Windows(x, []tensor.Window{w, w})
		if err != nil {
			t.Fatal(err)
		}
		// batch, channels in and out, positions, kernel
		c := tensor.Contraction{Extents: []int{1, 5, 7, 8, 8, kernel, kernel},
			A: []int{0, 1, 3, 4, 5, 6}, B: []int{2, 1, 5, 6}, Out: []int{0, 2, 3, 4}}
		n := c.Nest()
		if !n.Through(0, v) {
			t.Fatal("a convolution does not read through its windows")
		}
		return n.Simplify()
	}
	for _, c := range []struct {
		kernel, before int
		extents        []int
		outer, guards  int
	}{{1, 0, []int{7, 64, 5}, 2, 0}, {3, 1, []int{7, 8, 8, 5, 3, 3}, 3, 2}} {
		n := conv(c.kernel, c.before)
		if d := cmp.Diff(c.extents, n.Extents); d != "" || n.Outer != c.outer || len(n.Reads[0].Guards) != c.guards {
			t.Errorf("kernel %d: %+v (-want +got):\n%s", c.kernel, n, d)
		}
	}
}
