// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"math/big"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/tensor"
)

// A words factor weighs the elements of a tensor, written as bytes in words, so that
// the weighted sum is the polynomial of its words:
//
//	w[i] = z^⌊i/perWord⌋ · 256^(bytes·(perWord−1−i mod perWord))
//
// over all axes, row-major. It is no product. Its extension is a sum over the bits of the
// index (see a wordSum), and costs a few multiplications for every variable and every
// place in a word that an index can have.
type words[T any] struct {
	s              *Space[T]
	extents        tensor.Shape
	z              T
	perWord, bytes int
	// start is how many elements of the same words come before.
	start int
}

// Words returns the weights that turn a tensor of the given shape, whose elements are
// encoded in so many bytes, into the polynomial at z of its words of chunkBytes bytes,
// a multiple of bytes.
func (s *Space[T]) Words(shape tensor.Shape, z T, bytes, chunkBytes int) Weights[T] {
	f := &words[T]{s, shape, z, chunkBytes / bytes, bytes, 0}
	w := Weights[T]{Coef: arith.Int(s.Field, 1)}
	if len(shape) == 0 {
		w.Coef = s.Field.Const(f.place(0))
		return w
	}
	w.Factors = []Factor[T]{f}
	return w
}

func (f *words[T]) Extents() tensor.Shape { return f.extents }

// place returns the weight of element k of a word, relative to the word.
func (f *words[T]) place(k int) fr.Element {
	var x fr.Element
	x.SetBigInt(new(big.Int).Lsh(big.NewInt(1), uint(8*f.bytes*(f.perWord-1-k))))
	return x
}

func (f *words[T]) places() []fr.Element {
	out := make([]fr.Element, f.perWord)
	for k := range out {
		out[k] = f.place(k)
	}
	return out
}

func (f *words[T]) Values() []T {
	place := f.places()
	out := make([]T, f.extents.Size())
	powers := arith.Powers(f.s.Field, f.z, (f.start+len(out))/f.perWord+1)
	for i := range out {
		k := f.start + i
		out[i] = f.s.Field.Mul(powers[k/f.perWord], f.s.Field.Const(place[k%f.perWord]))
	}
	return out
}

func (f *words[T]) Sum() T {
	return f.s.Field.Sub(f.sumBelow(f.start+f.extents.Size()), f.sumBelow(f.start))
}

// sumBelow returns the sum of the first n weights.
func (f *words[T]) sumBelow(n int) T {
	field, place := f.s.Field, f.places()
	if n == 0 {
		return arith.Int(field, 0)
	}
	var word, rest fr.Element
	for k := range place {
		word.Add(&word, &place[k])
		if k < n%f.perWord {
			rest.Add(&rest, &place[k])
		}
	}
	whole, next := geometric(field, f.z, n/f.perWord)
	return field.Add(field.Mul(field.Const(word), whole), field.Mul(field.Const(rest), next))
}

// geometric returns ∑_{i<n} zⁱ and zⁿ.
func geometric[T any](f arith.Field[T], z T, n int) (sum, power T) {
	sum, power = arith.Int(f, 0), arith.Int(f, 1)
	for k := bits.Len(uint(n)) - 1; k >= 0; k-- {
		sum = f.Add(sum, f.Mul(sum, power))
		power = f.Mul(power, power)
		if n>>k&1 == 1 {
			sum = f.Add(sum, power)
			power = f.Mul(power, z)
		}
	}
	return sum, power
}

// Eval sums over one axis after the other. What a word's element at place s weighs is
// known; the sum over an axis of stride S that begins at place s is, with n elements,
//
//	F′(s) = ∑_{j<n} eq(u, j)·z^⌊(s+j·S)/perWord⌋·F((s+j·S) mod perWord)
//
// for the sum F over the axes inside.
func (f *words[T]) Eval(at []T) T {
	place := f.places()
	sum := func(s int) T { return f.s.Field.Const(place[s]) }
	powers := &powers[T]{f: f.s.Field, known: map[int]T{0: arith.Int(f.s.Field, 1), 1: f.z}}
	stride := 1
	for d := len(f.extents) - 1; d >= 0; d-- {
		n := f.extents[d]
		if n == 1 {
			continue
		}
		b := mle.Bits(n)
		axis := &wordSum[T]{f: f.s.Field, powers: powers, point: at[:b], n: n, stride: stride, perWord: f.perWord, inner: sum,
			below: map[[2]int]T{}, at: map[[2]int]T{}}
		sum = func(s int) T { return axis.sumBelow(0, s) }
		at = at[b:]
		stride *= n
	}
	return f.s.Field.Mul(powers.of(f.start/f.perWord), sum(f.start%f.perWord))
}

// A wordSum is F′ for one axis. It goes through the bits of j from the lowest: bit k adds
// 2ᵏ·S to the index, which moves it by some words, a power of z, and to another place of
// the last one. What is left are the sums over the bits from k on, for every place that
// the bits below can lead to.
type wordSum[T any] struct {
	f                  arith.Field[T]
	powers             *powers[T]
	point              []T
	n, stride, perWord int
	inner              func(s int) T
	below, at          map[[2]int]T
}

// sumBelow returns the sum over all h < n>>k of the bits from k on, with place s before.
func (w *wordSum[T]) sumBelow(k, s int) T {
	key := [2]int{k, s}
	if v, ok := w.below[key]; ok {
		return v
	}
	var v T
	switch {
	case w.n>>k == 0:
		v = arith.Int(w.f, 0)
	case k == len(w.point):
		v = w.inner(s) // h = 0
	default:
		words, next := w.step(k, s)
		// Bit k is 0 or 1 and the rest below, or it is 0, that of n is 1 and the rest
		// is that of n.
		zero := w.sumBelow(k+1, s)
		if w.n>>k&1 == 1 {
			zero = w.f.Add(zero, w.sumAt(k+1, s))
		}
		v = w.f.Mul(arith.OneMinus(w.f, w.point[k]), zero)
		if w.n>>(k+1) > 0 {
			v = w.f.Add(v, w.f.Mul(w.f.Mul(w.point[k], w.powers.of(words)), w.sumBelow(k+1, next)))
		}
	}
	w.below[key] = v
	return v
}

// sumAt returns the summand h = n>>k.
func (w *wordSum[T]) sumAt(k, s int) T {
	key := [2]int{k, s}
	if v, ok := w.at[key]; ok {
		return v
	}
	var v T
	switch {
	case k == len(w.point):
		v = w.inner(s) // h = 0
	case w.n>>k&1 == 1:
		words, next := w.step(k, s)
		v = w.f.Mul(w.f.Mul(w.point[k], w.powers.of(words)), w.sumAt(k+1, next))
	default:
		v = w.f.Mul(arith.OneMinus(w.f, w.point[k]), w.sumAt(k+1, s))
	}
	w.at[key] = v
	return v
}

// step returns by how many words bit k moves an index at place s, and to which place.
func (w *wordSum[T]) step(k, s int) (words, next int) {
	i := s + w.stride<<k
	return i / w.perWord, i % w.perWord
}

// powers are powers of z.
type powers[T any] struct {
	f     arith.Field[T]
	known map[int]T
}

func (p *powers[T]) of(n int) T {
	if v, ok := p.known[n]; ok {
		return v
	}
	half := p.of(n / 2)
	v := p.f.Mul(half, half)
	if n%2 == 1 {
		v = p.f.Mul(v, p.known[1])
	}
	p.known[n] = v
	return v
}
