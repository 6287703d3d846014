// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"math/rand/v2"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// source returns the random numbers of a case: the same whenever it runs.
func source(seed uint64, salt int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(salt)))
}

func random(rnd *rand.Rand) (x fr.Element) {
	var b [2 * fr.Bytes]byte
	for i := range b {
		b[i] = byte(rnd.Uint32())
	}
	x.SetBytes(b[:])
	return x
}

func randoms(rnd *rand.Rand, n int) []fr.Element {
	x := make([]fr.Element, n)
	for i := range x {
		x[i] = random(rnd)
	}
	return x
}

// repeated is what most scalars or points are, where most are equal.
var repeated = random(source(0, 99))

// A fill is how scalars are distributed.
type fill struct {
	name string
	at   func(rnd *rand.Rand, i, n int) fr.Element
}

func small(v int64) (x fr.Element) {
	x.SetInt64(v)
	return x
}

// fills are distributions of field elements. All but the first put many points in few
// buckets, as scalars of neural networks do.
var fills = []fill{
	{"random", func(rnd *rand.Rand, _, _ int) fr.Element { return random(rnd) }},
	{"all zero", func(*rand.Rand, int, int) fr.Element { return small(0) }},
	{"all one", func(*rand.Rand, int, int) fr.Element { return small(1) }},
	{"all −1", func(*rand.Rand, int, int) fr.Element { return small(-1) }},
	{"one not zero", func(rnd *rand.Rand, i, n int) fr.Element {
		if i == n*2/3 {
			return random(rnd)
		}
		return small(0)
	}},
	{"99 % equal", func(rnd *rand.Rand, i, _ int) fr.Element {
		if i%100 == 13 {
			return random(rnd)
		}
		return repeated
	}},
	{"small and negative", func(rnd *rand.Rand, _, _ int) fr.Element { return small(rnd.Int64N(256) - 128) }},
	{"zeros and ones", func(rnd *rand.Rand, _, _ int) fr.Element { return small(rnd.Int64N(2)) }},
	{"edges", func(rnd *rand.Rand, _, _ int) fr.Element { return edge(rnd) }},
}

// edge returns ±2ᵏ, ±2ᵏ−1 or ±(r−1)/2: the digits of these are extreme for windows of any
// width.
func edge(rnd *rand.Rand) (x fr.Element) {
	one := fr.One()
	if k := rnd.IntN(fr.Bits + 1); k == fr.Bits {
		x.Neg(&one).Halve()
	} else {
		x.SetOne()
		for range k {
			x.Double(&x)
		}
	}
	switch rnd.IntN(3) {
	case 0:
		x.Sub(&x, &one)
	case 1:
		x.Neg(&x)
	}
	return x
}

func (f fill) elements(rnd *rand.Rand, n int) []fr.Element {
	x := make([]fr.Element, n)
	for i := range x {
		x[i] = f.at(rnd, i, n)
	}
	return x
}

// A given is scalars in the form that a device takes, and what they stand for.
type given struct {
	name string
	x    accel.Scalars
	e    []fr.Element
}

func elements(name string, e []fr.Element) given { return given{name, accel.Elements(e), e} }

func ints[I accel.Int](name string, x []I) given {
	e := make([]fr.Element, len(x))
	for i, v := range x {
		e[i].SetInt64(int64(v))
	}
	return given{name, accel.Ints[I](x), e}
}

// widths returns integers of a width: the extremes, and between.
func widths[I accel.Int](name string, rnd *rand.Rand, n int) []given {
	bits := 8 * unsafe.Sizeof(I(0))
	low := int64(-1) << (bits - 1)
	edges := []int64{low, low + 1, -low - 1, -low - 2, -1, 0, 1, -128, -129, 127, 128, 255, 256}
	of := func(what string, at func(i int) int64) given {
		x := make([]I, n)
		for i := range x {
			x[i] = I(at(i))
		}
		return ints(name+", "+what, x)
	}
	return []given{
		of("random", func(int) int64 { return int64(rnd.Uint64()) }),
		of("all the least", func(int) int64 { return low }),
		of("all the greatest", func(int) int64 { return -low - 1 }),
		of("all −1", func(int) int64 { return -1 }),
		of("all zero", func(int) int64 { return 0 }),
		of("edges", func(int) int64 { return edges[rnd.IntN(len(edges))] }),
		of("one not zero", func(i int) int64 {
			if i == n/2 {
				return low
			}
			return 0
		}),
	}
}

// kinds returns integers of all four widths, the narrowest first and equally many of each.
func kinds(rnd *rand.Rand, n int) []given {
	var out []given
	out = append(out, widths[int8]("int8", rnd, n)...)
	out = append(out, widths[int16]("int16", rnd, n)...)
	out = append(out, widths[int32]("int32", rnd, n)...)
	return append(out, widths[int64]("int64", rnd, n)...)
}
