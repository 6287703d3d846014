// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/zkml-go/zkml/tensor"
)

// cell evaluates an access at an index vector, straight from the definition.
func cell(a tensor.Access, index []int, o Operand) int64 {
	for _, g := range a.Guards {
		p := g.Offset
		for l, c := range g.Coefs {
			p += c * index[l]
		}
		if p < 0 || p >= g.Extent {
			return o.Fill
		}
	}
	at := a.Base
	for l, s := range a.Strides {
		at += s * index[l]
	}
	return o.Vector.At(at)
}

// define computes a nest by its definition: combine takes the result so far and
// the elements that the body reads.
func define(n tensor.Nest, start int64, combine func(acc int64, x []int64) int64, operands ...Operand) []int64 {
	out := make([]int64, tensor.Shape(n.Extents[:n.Outer]).Size())
	fill(out, start)
	index := make([]int, len(n.Extents))
	x := make([]int64, len(operands))
	for range tensor.Shape(n.Extents).Size() {
		at := 0
		for l := range n.Outer {
			at = at*n.Extents[l] + index[l]
		}
		for i, o := range operands {
			x[i] = cell(n.Reads[i], index, o)
		}
		out[at] = combine(out[at], x)
		for l := len(index) - 1; l >= 0; l-- {
			if index[l]++; index[l] < n.Extents[l] {
				break
			}
			index[l] = 0
		}
	}
	return out
}

func sum(acc int64, x []int64) int64     { return acc + x[0]*x[1] }
func largest(acc int64, x []int64) int64 { return max(acc, x[0]) }

// collect gathers a result and checks that it is handed over once, in chunks.
func collect(t *testing.T, size int, run func(emit Emit)) []int64 {
	t.Helper()
	out, times := make([]int64, size), make([]int, size)
	var mu sync.Mutex
	run(func(_, at int, x []int64) {
		mu.Lock()
		defer mu.Unlock()
		if len(x) == 0 || len(x) > Chunk {
			t.Errorf("a chunk of %d elements", len(x))
		}
		copy(out[at:], x)
		for i := range x {
			times[at+i]++
			x[i] = -1 // allowed
		}
	})
	for i, n := range times {
		if n != 1 {
			t.Fatalf("element %d is handed over %d times", i, n)
		}
	}
	return out
}

// bounds are those of the widths of a vector, and some between.
var bounds = [][2]int64{
	{math.MinInt8, math.MaxInt8}, {0, math.MaxUint8}, {math.MinInt16, math.MaxInt16}, {0, math.MaxUint16},
	{math.MinInt32, math.MaxInt32}, {-1 << 60, 1 << 60}, {-3, 5}, {0, 1},
}

// extreme returns a vector of n elements of random bounds, many at their ends.
func extreme(rng *rand.Rand, n int) Operand {
	b := bounds[rng.IntN(len(bounds))]
	o := Operand{Vector: Make(n, b[0], b[1])}
	pick := func() int64 {
		switch rng.IntN(3) {
		case 0:
			return b[0]
		case 1:
			return b[1]
		}
		return b[0] + int64(rng.Uint64N(uint64(b[1]-b[0])+1))
	}
	data := make([]int64, n)
	for i := range data {
		data[i] = pick()
	}
	o.Vector.Store(0, data)
	if rng.IntN(2) == 0 {
		o.Fill = pick()
	}
	return o
}

// A shape of loops for the generator: how long the labels of each class are.
type loops struct{ batch, rows, cols, inner []int }

// randomNest returns loops over labels in random order in both operands and the
// result, with operands that are read through random views, and the size of what
// the operands read.
func randomNest(rng *rand.Rand, s loops) (tensor.Nest, [2]int) {
	var c tensor.Contraction
	label := func(extents []int, lists ...*[]int) {
		for _, e := range extents {
			l := len(c.Extents)
			c.Extents = append(c.Extents, e)
			for _, list := range lists {
				*list = append(*list, l)
			}
		}
	}
	label(s.batch, &c.A, &c.B, &c.Out)
	label(s.rows, &c.A, &c.Out)
	label(s.cols, &c.B, &c.Out)
	label(s.inner, &c.A, &c.B)
	for _, list := range []*[]int{&c.A, &c.B, &c.Out} {
		if rng.IntN(2) == 0 {
			rng.Shuffle(len(*list), func(i, j int) { (*list)[i], (*list)[j] = (*list)[j], (*list)[i] })
		}
	}
	if rng.IntN(2) == 0 {
		c.A, c.B = c.B, c.A
	}
	n := c.Nest()
	var size [2]int
	for operand, labels := range [][]int{c.A, c.B} {
		shape := make(tensor.Shape, len(labels))
		for i, l := range labels {
			shape[i] = c.Extents[l]
		}
		size[operand] = shape.Size()
		if v := randomView(rng, shape); rng.IntN(3) > 0 && n.Through(operand, v) {
			size[operand] = v.From.Size()
		}
	}
	return n, size
}

// randomView returns a view with the given index space, of a source with up to
// three axes, that steps by small amounts in either direction and pads.
func randomView(rng *rand.Rand, axes tensor.Shape) tensor.View {
	v := tensor.View{Axes: axes, To: axes}
	for range rng.IntN(4) {
		f := tensor.Affine{Offset: rng.IntN(3) - 1}
		extent := 1 + rng.IntN(4)
		for a, e := range axes {
			if rng.IntN(3) == 0 {
				c := rng.IntN(5) - 2
				f.Terms = append(f.Terms, tensor.Term{Axis: a, Coef: c})
				if rng.IntN(2) == 0 { // else much of it is padding
					extent += max(c*(e-1), 0)
				}
			}
		}
		if rng.IntN(2) == 0 && len(f.Terms) == 1 && f.Terms[0].Coef > 0 {
			f.Offset = 0 // no padding
		}
		v.From, v.Index = append(v.From, extent), append(v.Index, f)
	}
	return v
}

// shapes exercise every method and the limits of blocks.
var shapes = []loops{
	{},
	{inner: []int{700}},
	{rows: []int{3}, inner: []int{5, 3}},
	{rows: []int{40, 30}, inner: []int{3, 3}},
	{batch: []int{7}, rows: []int{9, 8}, inner: []int{3, 3}},
	{batch: []int{600}},
	{batch: []int{5, 4}, rows: []int{3}, cols: []int{2}},
	{rows: []int{2}, cols: []int{4}, inner: []int{8}},
	{rows: []int{7}, cols: []int{9, 5}, inner: []int{4, 3, 3}},
	{batch: []int{3}, rows: []int{5}, cols: []int{6}, inner: []int{11}},
	{rows: []int{100}, cols: []int{19}, inner: []int{9}},
	{rows: []int{5}, cols: []int{300}, inner: []int{10}},
	{rows: []int{3, 2}, cols: []int{4, 5}, inner: []int{2, 260}},
	{rows: []int{5}, cols: []int{9, 70}, inner: []int{10}},
	{batch: []int{2}, rows: []int{34}, cols: []int{17}, inner: []int{31}},
}

// TestContraction compares every method with the definition, on elements at the
// limits of all widths and on any number of threads.
func TestContraction(t *testing.T) {
	t.Parallel()
	rounds := 60
	if testing.Short() {
		rounds = 12
	}
	methods, packed := map[string]int{}, map[int]int{}
	for i, s := range shapes {
		for seed := range uint64(rounds) {
			rng := rand.New(rand.NewPCG(seed, uint64(i)))
			n, size := randomNest(rng, s)
			a, b := extreme(rng, size[0]), extreme(rng, size[1])
			want := define(n, 0, sum, a, b) // sums that wrap: methods agree on them too
			c := NewContraction(n, slices.Min(want), slices.Max(want))
			tries := []method{c.method, sweep, dots}
			if len(c.inner) == 0 {
				tries = tries[:2]
			}
			methods[c.Method()]++
			if c.method == matrix {
				packed[c.lanes]++
			}
			for _, m := range tries {
				c.method = m
				machine := NewMachine(1 + rng.IntN(4))
				got := collect(t, len(want), func(emit Emit) { c.Run(machine, a, b, emit) })
				if !slices.Equal(got, want) {
					t.Fatalf("shape %d, seed %d: %v, %d lanes of %+v: %s", i, seed, m, c.lanes, n, difference(got, want))
				}
			}
		}
	}
	for _, m := range []method{sweep, dots, matrix} {
		if methods[m.String()] < rounds {
			t.Errorf("%d contractions by %v: the test does not cover it", methods[m.String()], m)
		}
	}
	for lanes := 1; lanes <= 3; lanes++ {
		if packed[lanes] < rounds/6 {
			t.Errorf("%d contractions with %d lanes: the test does not cover them", packed[lanes], lanes)
		}
	}
}

func difference(got, want []int64) string {
	for i := range want {
		if got[i] != want[i] {
			return fmt.Sprintf("element %d of %d is %d, want %d", i, len(want), got[i], want[i])
		}
	}
	return "lengths differ"
}

// TestMatrixMethod checks that products of matrices are recognized, however they
// lie and whichever comes first.
func TestMatrixMethod(t *testing.T) {
	t.Parallel()
	for _, a := range [][]int{{0, 1}, {1, 0}} {
		for _, b := range [][]int{{1, 2}, {2, 1}} {
			for _, out := range [][]int{{0, 2}, {2, 0}} {
				for _, c := range []tensor.Contraction{{A: a, B: b}, {A: b, B: a}} {
					c.Extents, c.Out = []int{20, 30, 40}, out
					if m := NewContraction(c.Nest(), 0, 1).Method(); m != "matrix" {
						t.Errorf("%+v: %s", c, m)
					}
				}
			}
		}
	}
}

// TestMaximum compares both methods with the definition, and copies with views.
func TestMaximum(t *testing.T) {
	t.Parallel()
	methods := map[string]int{}
	for i, s := range []tensor.Shape{{}, {700}, {3, 4, 2}, {30, 5, 9}, {2, 3, 300}, {1, 600, 2}} {
		for seed := range uint64(300) {
			rng := rand.New(rand.NewPCG(seed, uint64(i)))
			axes := rng.Perm(len(s))[:rng.IntN(len(s)+1)]
			n := tensor.ReduceNest(s, axes)
			size := s.Size()
			if v := randomView(rng, s); rng.IntN(2) == 0 && n.Through(0, v) {
				size = v.From.Size()
			}
			a := extreme(rng, size)
			want := define(n, math.MinInt64, largest, a)
			c := NewMaximum(n)
			methods[c.Method()]++
			for _, m := range []method{c.method, sweep, dots} {
				if m == dots && len(c.inner) == 0 {
					continue
				}
				c.method = m
				machine := NewMachine(1 + rng.IntN(3))
				got := collect(t, len(want), func(emit Emit) { c.Run(machine, a, emit) })
				if !slices.Equal(got, want) {
					t.Fatalf("shape %v, seed %d: %v of %+v: %s", s, seed, m, n, difference(got, want))
				}
			}
		}
	}
	if methods["sweep"] < 30 || methods["dots"] < 30 {
		t.Errorf("methods %v: the test does not cover both", methods)
	}
}

// TestSource reads views in pieces of random length.
func TestSource(t *testing.T) {
	t.Parallel()
	plain := 0
	for seed := range uint64(400) {
		rng := rand.New(rand.NewPCG(seed, 1))
		v := randomView(rng, tensor.Shape{1 + rng.IntN(4), 1 + rng.IntN(5), 1 + rng.IntN(300)})
		if seed%4 == 0 {
			v = tensor.Identity(v.Axes)
		}
		n := v.Nest()
		a := extreme(rng, v.From.Size())
		want := define(n, 0, func(_ int64, x []int64) int64 { return x[0] }, a)
		s := NewSource(n)
		load := s.Bind(a)
		got := make([]int64, len(want))
		for at := 0; at < len(got); {
			k := min(1+rng.IntN(400), len(got)-at)
			load(got[at:at+k], at)
			at += k
		}
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: %+v: %s", seed, n, difference(got, want))
		}
		same := a.Vector.Len() == len(want)
		for i := range min(len(want), a.Vector.Len()) {
			same = same && a.Vector.At(i) == want[i]
		}
		if s.Plain(a.Vector.Len()) {
			plain++
			if !same {
				t.Fatalf("seed %d: %+v is called plain", seed, n)
			}
		}
	}
	if plain < 100 {
		t.Errorf("%d plain sources: identities are not recognized", plain)
	}
}

// TestMaximumOfPadding takes maxima over windows that leave the source at either
// end only after their first element, with padding above everything else.
func TestMaximumOfPadding(t *testing.T) {
	t.Parallel()
	for _, coef := range []int{-1, 1} {
		v := tensor.View{From: tensor.Shape{6}, Axes: tensor.Shape{6, 3}, To: tensor.Shape{6, 3},
			Index: []tensor.Affine{{Terms: []tensor.Term{{Axis: 0, Coef: 1}, {Axis: 1, Coef: coef}}}}}
		n := tensor.ReduceNest(v.To, []int{1})
		if !n.Through(0, v) {
			t.Fatal("the maximum does not read through its windows")
		}
		o := Operand{Vector: Wrap([]int64{1, 2, 3, 4, 5, 6}), Fill: 9}
		want := define(n, math.MinInt64, largest, o)
		for _, m := range []method{sweep, dots} {
			c := NewMaximum(n)
			c.method = m
			if got := collect(t, 6, func(emit Emit) { c.Run(NewMachine(1), o, emit) }); !slices.Equal(got, want) {
				t.Errorf("coefficient %d, %v: %v, want %v", coef, m, got, want)
			}
		}
	}
}
