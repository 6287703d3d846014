// SPDX-License-Identifier: Apache-2.0

package weight_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/tensor"
)

var field = &arith.Native{}

type weights = weight.Weights[fr.Element]

func random(n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i].MustSetRandom()
	}
	return out
}

// expand returns all weights, row-major.
func expand(w weights) []fr.Element {
	out := []fr.Element{w.Coef}
	for _, f := range w.Factors {
		var next []fr.Element
		for _, a := range out {
			for _, b := range f.Values() {
				next = append(next, field.Mul(a, b))
			}
		}
		out = next
	}
	return out
}

func shapeOf(w weights) tensor.Shape {
	out := tensor.Shape{}
	for _, f := range w.Factors {
		out = append(out, f.Extents()...)
	}
	return out
}

// randomWeights covers shape with factors of all kinds.
func randomWeights(s *weight.Space[fr.Element], rng *rand.Rand, shape tensor.Shape) weights {
	w := weights{Coef: random(1)[0]}
	for d := 0; d < len(shape); {
		n := shape[d]
		switch k := rng.IntN(4); {
		case k == 0 && d+1 < len(shape):
			w.Factors = append(w.Factors, s.Explicit(shape[d:d+2], random(n*shape[d+1])))
			d++
		case k == 1:
			w.Factors = append(w.Factors, s.Explicit(shape[d:d+1], random(n)))
		case k == 2:
			w.Factors = append(w.Factors, s.Ones(shape[d:d+1]).Factors...)
		default:
			w.Factors = append(w.Factors, s.Eq(random(mle.Bits(n)), n))
		}
		d++
	}
	return w
}

// TestWords compares the weights with the words of a statement, and their closed forms
// with the sums.
func TestWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	s := weight.NewSpace[fr.Element](field)
	for range 100 {
		shape := randomShape(rng)
		if rng.IntN(3) == 0 {
			shape = append(shape, 1+rng.IntN(70))
		}
		size := []int{1, 2, 4, 7}[rng.IntN(4)]
		z := random(1)[0]
		w := s.Words(shape, z, size, 28)
		n := shape.Size()
		elements := make([]fr.Element, n)
		raw := make([]byte, (n*size+27)/28*28)
		for i := range elements {
			b := make([]byte, size)
			for k := range b {
				b[k] = byte(rng.Uint32())
			}
			copy(raw[i*size:], b)
			elements[i].SetBytes(b)
		}
		chunks := make([]fr.Element, len(raw)/28)
		for j := range chunks {
			chunks[j].SetBytes(raw[28*j : 28*j+28])
		}
		want := arith.Horner(field, chunks, z)
		if to := regrouped(rng, shape); rng.IntN(2) == 0 {
			if to.Size() == 1 {
				to = tensor.Shape{}
			}
			w, shape = s.Regroup(w, to), to
			if !shapeOf(w).Equal(shape) {
				t.Fatalf("words regrouped to %v cover %v", shape, shapeOf(w))
			}
		}
		all := expand(w)
		if got := arith.Dot(field, all, elements); !got.Equal(&want) {
			t.Fatalf("the weights of %v with %d bytes do not make its words", shape, size)
		}
		closed(t, s, w)
	}
}

func randomShape(rng *rand.Rand) tensor.Shape {
	s := make(tensor.Shape, rng.IntN(4))
	for d := range s {
		s[d] = []int{1, 2, 3, 4, 6, 8}[rng.IntN(6)]
	}
	return s
}

// regrouped returns a shape of the same size.
func regrouped(rng *rand.Rand, s tensor.Shape) tensor.Shape {
	out := tensor.Shape{}
	for _, n := range s {
		switch {
		case rng.IntN(3) == 0 && len(out) > 0:
			out[len(out)-1] *= n
		case rng.IntN(3) == 0 && n%2 == 0:
			out = append(out, n/2, 2)
		default:
			out = append(out, n)
		}
		if rng.IntN(4) == 0 {
			out = append(out, 1)
		}
	}
	return out
}

func same(a, b []fr.Element) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Equal(&b[i]) {
			return false
		}
	}
	return true
}

func TestRegroup(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := weight.NewSpace[fr.Element](field)
	for range 500 {
		from := randomShape(rng)
		w := randomWeights(s, rng, from)
		to := regrouped(rng, from)
		got := s.Regroup(w, to)
		if !shapeOf(got).Equal(to) || !same(expand(got), expand(w)) {
			t.Fatalf("weights on %v regrouped to %v cover %v or differ", from, to, shapeOf(got))
		}
	}
}

// TestEval compares the closed forms with the extension of the padded weights.
func TestEval(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	s := weight.NewSpace[fr.Element](field)
	for range 200 {
		shape := randomShape(rng)
		w := randomWeights(s, rng, shape)
		all := expand(w)
		at := random(weight.Bits(shape))
		// The padded index of element i has the bits of its last index lowest.
		var want, sum fr.Element
		for i, x := range all {
			padded, shift := 0, 0
			for d, rest := len(shape)-1, i; d >= 0; d-- {
				padded |= rest % shape[d] << shift
				rest /= shape[d]
				shift += mle.Bits(shape[d])
			}
			e := mle.EqIndex(field, at, padded)
			want.Add(&want, e.Mul(&e, &x))
			sum.Add(&sum, &x)
		}
		if got := s.Eval(w, at); !got.Equal(&want) {
			t.Fatalf("the extension of weights on %v differs", shape)
		}
		if got := s.Sum(w); !got.Equal(&sum) {
			t.Fatalf("the sum of weights on %v differs", shape)
		}
		x := random(len(all))
		want = arith.Dot(field, all, x)
		if got := s.Dot(w, x); !got.Equal(&want) {
			t.Fatalf("the product with weights on %v differs", shape)
		}
	}
}

// randomView returns a view of a tensor of shape source: slices, steps of either sign,
// windows, diagonals, repeated and constant axes, and padding.
func randomView(rng *rand.Rand, source tensor.Shape) tensor.View {
	v := tensor.View{From: regrouped(rng, source)}
	v.Axes = randomShape(rng)
	for range v.From {
		a := tensor.Affine{Offset: rng.IntN(4) - 1}
		for axis := range v.Axes {
			if rng.IntN(2) == 0 {
				a.Terms = append(a.Terms, tensor.Term{Axis: axis, Coef: rng.IntN(4) - 1})
			}
		}
		v.Index = append(v.Index, a)
	}
	v.To = regrouped(rng, v.Axes)
	return v
}

// closed compares the closed forms of w with those of all its weights.
func closed(t *testing.T, s *weight.Space[fr.Element], w weights) {
	t.Helper()
	shape := shapeOf(w)
	explicit := weights{Coef: fr.One(), Factors: []weight.Factor[fr.Element]{s.Explicit(shape, expand(w))}}
	if len(shape) == 0 {
		explicit = weights{Coef: expand(w)[0]}
	}
	at := random(weight.Bits(shape))
	if a, b := s.Eval(w, at), s.Eval(explicit, at); !a.Equal(&b) {
		t.Fatalf("the extension of weights on %v is not that of their list", shape)
	}
	if a, b := s.Sum(w), s.Sum(explicit); !a.Equal(&b) {
		t.Fatalf("the sum of weights on %v is not that of their list", shape)
	}
}

func TestPush(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	s := weight.NewSpace[fr.Element](field)
	for range 1000 {
		source := randomShape(rng)
		v := randomView(rng, source)
		w := randomWeights(s, rng, v.To)
		got := s.Push(w, v, source)
		want := make([]fr.Element, source.Size())
		all := expand(w)
		for i, j := range v.Table() {
			if j != tensor.Padding {
				want[j].Add(&want[j], &all[i])
			}
		}
		if !shapeOf(got).Equal(source) || !same(expand(got), want) {
			t.Fatalf("weights on the view %+v of %v are pushed to others", v, source)
		}
		closed(t, s, got)
	}
}

func TestPull(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	s := weight.NewSpace[fr.Element](field)
	for range 500 {
		source := randomShape(rng)
		start, count, step := make([]int, len(source)), make([]int, len(source)), make([]int, len(source))
		for d, n := range source {
			step[d] = 1
			start[d] = rng.IntN(n)
			count[d] = 1 + rng.IntN(n-start[d])
		}
		v, err := tensor.Slice(source, start, count, step)
		if err != nil {
			t.Fatal(err)
		}
		w := randomWeights(s, rng, source)
		got, err := s.Pull(w, v)
		if err != nil {
			t.Fatal(err)
		}
		if !shapeOf(got).Equal(v.To) || !same(expand(got), tensor.Gather(v, expand(w), fr.Element{})) {
			t.Fatalf("weights on %v pulled to the slice %v from %v differ", source, count, start)
		}
		closed(t, s, got)
	}
}

// TestCut compares the weights on parts of tensors, with all kinds of factors, with what
// they are on the whole; parts begin anywhere, or as blocks do.
func TestCut(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	s := weight.NewSpace[fr.Element](field)
	for range 1000 {
		shape := randomShape(rng)
		w := randomWeights(s, rng, shape)
		switch rng.IntN(3) {
		case 0:
			shape = append(shape, 1+rng.IntN(40))
			w = s.Words(shape, random(1)[0], []int{1, 2, 4, 7}[rng.IntN(4)], 28)
		case 1: // the lowest digits of an index
			n := 1 + rng.IntN(5)
			shape = append(shape, 8*n)
			joined := s.Regroup(weights{Coef: fr.One(), Factors: []weight.Factor[fr.Element]{
				s.Explicit(tensor.Shape{n}, random(n)), s.Eq(random(3), 8)}}, tensor.Shape{8 * n})
			w.Factors = append(w.Factors, joined.Factors...)
		}
		from, part := make([]int, len(shape)), make(tensor.Shape, len(shape))
		start, step := make([]int, len(shape)), make([]int, len(shape))
		for d, n := range shape {
			from[d] = rng.IntN(n)
			part[d] = 1 + rng.IntN(n-from[d])
			if size := 1 << mle.Bits(part[d]); rng.IntN(2) == 0 {
				from[d] = from[d] / size * size
			}
			start[d], step[d] = from[d], 1
		}
		v, err := tensor.Slice(shape, start, part, step)
		if err != nil {
			t.Fatal(err)
		}
		want := tensor.Gather(v, expand(w), fr.Element{})
		got, ok := s.Cut(w, from, part)
		if !ok {
			got = s.Times(fr.Element{}, s.Ones(part))
		}
		if !shapeOf(got).Equal(part) || !same(expand(got), want) {
			t.Fatalf("weights on %v from %v of %v differ", part, from, shape)
		}
		closed(t, s, got)
	}
}

// TestPushKeepsProducts pins the cases that large models rely on: eq factors stay eq
// factors, so that their extensions cost a few multiplications.
func TestPushKeepsProducts(t *testing.T) {
	s := weight.NewSpace[fr.Element](field)
	p := random(12)
	x := tensor.Shape{3, 64, 16}
	w := s.At(p, x)
	transposed, err := tensor.Transpose(tensor.Shape{16, 3, 64}, []int{1, 2, 0})
	if err != nil {
		t.Fatal(err)
	}
	got := s.Push(w, transposed, tensor.Shape{16, 3, 64})
	for k, from := range []int{2, 0, 1} {
		if got.Factors[k] != w.Factors[from] {
			t.Errorf("axis %d of a transposed tensor does not keep its factor", k)
		}
	}
	// The third of four heads of 16, and back.
	head, err := tensor.Slice(tensor.Shape{5, 64}, []int{0, 32}, []int{5, 16}, []int{1, 1})
	if err != nil {
		t.Fatal(err)
	}
	part := s.At(p, tensor.Shape{5, 16})
	if got := s.Push(part, head, tensor.Shape{5, 64}); !eqFactor(got.Factors[1]) {
		t.Error("the weights of an aligned slice are a list")
	}
	if got, err := s.Pull(s.At(p, tensor.Shape{5, 64}), head); err != nil || !eqFactor(got.Factors[1]) {
		t.Error("the weights on an aligned slice are a list", err)
	}
	merged := s.Regroup(w, tensor.Shape{3, 1024})
	if len(merged.Factors) != 2 || !weight.Equal(s.Regroup(s.Regroup(w, tensor.Shape{3, 1024}), tensor.Shape{3, 1024}), merged) {
		t.Error("axes that are powers of two do not join")
	}
	if back := s.Regroup(merged, tensor.Shape{3 * 64, 16}); len(back.Factors) != 2 {
		t.Error("a joined factor does not split")
	}
	// Five heads of 16 for each of three, as one axis: a list of 15, and back.
	heads := s.Regroup(s.At(p[:9], tensor.Shape{3, 5, 16}), tensor.Shape{240})
	if name := fmt.Sprintf("%T", heads.Factors[0]); !strings.HasPrefix(name, "*weight.digits[") {
		t.Errorf("the weights of heads are %s", name)
	}
	if part, ok := s.Cut(heads, []int{128}, tensor.Shape{96}); !ok || part.Factors[0] == heads.Factors[0] ||
		!strings.HasPrefix(fmt.Sprintf("%T", part.Factors[0]), "*weight.digits[") {
		t.Error("the weights of some heads are a list")
	}
	if part, ok := s.Cut(s.At(p[:10], tensor.Shape{768}), []int{512}, tensor.Shape{256}); !ok || !eqFactor(part.Factors[0]) {
		t.Error("the weights of a block of an axis are a list")
	}
	if back := s.Regroup(heads, tensor.Shape{15, 16}); len(back.Factors) != 2 || !eqFactor(back.Factors[1]) {
		t.Error("the lowest digits do not split")
	}
	if back := s.Regroup(s.At(p[:8], tensor.Shape{240}), tensor.Shape{3, 5, 16}); len(back.Factors) != 2 || !eqFactor(back.Factors[1]) {
		t.Error("the lowest digits of an eq factor do not split")
	}
}

// TestEqIndex compares with the product over the bits.
func TestEqIndex(t *testing.T) {
	s := weight.NewSpace[fr.Element](field)
	p := random(6)
	for i := range 64 {
		for k := range len(p) {
			if got, want := s.EqIndex(p[k:], i>>k), mle.EqIndex(field, p[k:], i>>k); !got.Equal(&want) {
				t.Errorf("eq at %d from variable %d differs", i>>k, k)
			}
		}
	}
}

// TestProduct: equal factors are one product, whose extension is that of the weights.
func TestProduct(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	s := weight.NewSpace[fr.Element](field)
	for range 100 {
		shape := randomShape(rng)
		w := randomWeights(s, rng, shape)
		other := weights{Coef: random(1)[0], Factors: append([]weight.Factor[fr.Element](nil), w.Factors...)}
		p := s.Product(w)
		if s.Product(other) != p {
			t.Fatal("equal factors are two products")
		}
		for range 2 {
			at := random(weight.Bits(shape))
			want := s.Eval(weights{Coef: fr.One(), Factors: w.Factors}, at)
			for range 2 {
				if got := p.Eval(at); !got.Equal(&want) {
					t.Fatalf("the extension of a product of weights on %v differs", shape)
				}
			}
		}
		if len(shape) > 0 {
			other.Factors[0] = s.Explicit(w.Factors[0].Extents(), w.Factors[0].Values())
			if s.Product(other) == p {
				t.Fatal("other factors are the same product")
			}
		}
	}
}

// eqFactor reports whether the extension of f costs a few multiplications: only an eq
// factor names no list of weights.
func eqFactor(f weight.Factor[fr.Element]) bool {
	return strings.HasPrefix(fmt.Sprintf("%T", f), "*weight.eq[")
}
