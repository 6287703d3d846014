// SPDX-License-Identifier: Apache-2.0

package weight

import (
	"math/big"

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
// over all axes, row-major. It is no product, but the words of a row are: rows that
// begin at the same place in a word share one sum, so the extension costs about one
// multiplication for every row and one for every word of a few rows.
type words[T any] struct {
	s              *Space[T]
	extents        tensor.Shape
	z              T
	perWord, bytes int
}

// Words returns the weights that turn a tensor of the given shape, whose elements are
// encoded in so many bytes, into the polynomial at z of its words of chunkBytes bytes,
// a multiple of bytes.
func (s *Space[T]) Words(shape tensor.Shape, z T, bytes, chunkBytes int) Weights[T] {
	f := &words[T]{s, shape, z, chunkBytes / bytes, bytes}
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
	powers := arith.Powers(f.s.Field, f.z, len(out)/f.perWord+1)
	for i := range out {
		out[i] = f.s.Field.Mul(powers[i/f.perWord], f.s.Field.Const(place[i%f.perWord]))
	}
	return out
}

func (f *words[T]) Sum() T {
	field, place := f.s.Field, f.places()
	n := f.extents.Size()
	whole := field.Sum(arith.Powers(field, f.z, n/f.perWord))
	var word, rest fr.Element
	for k := range place {
		word.Add(&word, &place[k])
		if k < n%f.perWord {
			rest.Add(&rest, &place[k])
		}
	}
	return field.Add(field.Mul(field.Const(word), whole),
		field.Mul(field.Const(rest), arith.Pow(field, f.z, n/f.perWord)))
}

func (f *words[T]) Eval(at []T) T {
	field := f.s.Field
	last := len(f.extents) - 1
	for last > 0 && f.extents[last] == 1 {
		last--
	}
	length, bits := f.extents[last], mle.Bits(f.extents[last])
	row := f.rows(f.s.table(at[:bits])[:length])
	at = at[bits:]
	// The weights of the rows are the factor of the other axes.
	outer := f.extents[:last].Clone()
	values := make([]T, outer.Size())
	powers := arith.Powers(field, f.z, len(values)*length/f.perWord+1)
	for r := range values {
		values[r] = field.Mul(powers[r*length/f.perWord], row(r*length%f.perWord))
	}
	if last == 0 {
		return values[0]
	}
	return f.s.Explicit(outer, values).Eval(at)
}

// rows returns a function that sums a row with weights e, given where in a word it
// begins: z⁰ stands for that word.
func (f *words[T]) rows(e []T) func(begin int) T {
	field, place := f.s.Field, f.places()
	known := make(map[int]T)
	return func(begin int) T {
		if v, ok := known[begin]; ok {
			return v
		}
		var parts, sums []T
		for k, x := range e {
			parts = append(parts, field.Mul(field.Const(place[(begin+k)%f.perWord]), x))
			if (begin+k+1)%f.perWord == 0 || k == len(e)-1 {
				sums = append(sums, field.Sum(parts))
				parts = nil
			}
		}
		known[begin] = arith.Horner(field, sums, f.z)
		return known[begin]
	}
}
