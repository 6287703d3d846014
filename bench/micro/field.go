// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// block is how many field operations are done at a time: their operands stay in the first
// cache, and no operation waits for another.
const block = 128

// An arithmetic is the operations of a field on its elements E.
type arithmetic[E comparable] struct {
	name    string
	random  func(n int) []E
	mul     func(z, x, y *E)
	inverse func(z, x *E)
	invert  func([]E) []E // a batch
	one     func(*E) bool
	big     func(*E) *big.Int
	modulus *big.Int
}

func field() []kernel {
	scalars := arithmetic[fr.Element]{"fr", func(n int) []fr.Element { return elements(seeded(1), n) },
		func(z, x, y *fr.Element) { z.Mul(x, y) }, func(z, x *fr.Element) { z.Inverse(x) }, fr.BatchInvert, (*fr.Element).IsOne,
		func(x *fr.Element) *big.Int { return x.BigInt(new(big.Int)) }, fr.Modulus()}
	base := arithmetic[fp.Element]{"fp", func(n int) []fp.Element { return coordinates(seeded(2), n) },
		func(z, x, y *fp.Element) { z.Mul(x, y) }, func(z, x *fp.Element) { z.Inverse(x) }, fp.BatchInvert, (*fp.Element).IsOne,
		func(x *fp.Element) *big.Int { return x.BigInt(new(big.Int)) }, fp.Modulus()}
	return append(scalars.kernels(), base.kernels()...)
}

func (a *arithmetic[E]) kernels() []kernel {
	name := func(op string) string { return bench.With(bench.With("Field", "field", a.name), "op", op) }
	return []kernel{
		{name: name("mul"), prepare: a.multiply},
		{name: name("inverse"), prepare: a.invertOne},
		{name: name("batch-inverse"), sizes: []int{10, 16}, prepare: a.invertMany},
	}
}

// multiply does one multiplication at a time, independent ones in turn.
func (a *arithmetic[E]) multiply(accel.Device, int) (*measure.Operation, error) {
	x, y, z := a.random(block), a.random(2 * block)[block:], make([]E, block)
	w := products(1)
	w.Single = true
	done := 0
	return &measure.Operation{Elements: 1, Work: w,
		Warm: func(n int) error {
			for i := range n {
				k := i % block
				a.mul(&z[k], &x[k], &y[k])
			}
			done = min(n, block)
			return nil
		},
		Check: func() error {
			var want big.Int
			for i := range done {
				want.Mul(a.big(&x[i]), a.big(&y[i]))
				if want.Mod(&want, a.modulus).Cmp(a.big(&z[i])) != 0 {
					return measure.Wrong("not the product")
				}
			}
			return nil
		}}, nil
}

// invertOne is not counted: the algorithm (Pornin, ePrint 2020/972) works on approximations
// of words, in loops whose number depends on the input.
func (a *arithmetic[E]) invertOne(accel.Device, int) (*measure.Operation, error) {
	x, z := a.random(block), make([]E, block)
	done := 0
	return &measure.Operation{Elements: 1,
		Warm: func(n int) error {
			for i := range n {
				a.inverse(&z[i%block], &x[i%block])
			}
			done = min(n, block)
			return nil
		},
		Check: func() error { return a.inverses(x[:done], z[:done]) },
	}, nil
}

// invertMany takes three multiplications for an element (Montgomery's trick) and one
// inversion, which is not counted.
func (a *arithmetic[E]) invertMany(_ accel.Device, n int) (*measure.Operation, error) {
	x := a.random(n)
	var z []E
	w := products(3 * float64(n-1))
	w.Single, w.Bytes = true, 2*word*float64(n)
	return &measure.Operation{Elements: n, Work: w,
		Warm:  repeat(func() error { z = a.invert(x); return nil }),
		Check: func() error { return a.inverses(x, z) },
	}, nil
}

func (a *arithmetic[E]) inverses(x, z []E) error {
	for i := range x {
		var p E
		if a.mul(&p, &x[i], &z[i]); !a.one(&p) {
			return measure.Wrong("not an inverse")
		}
	}
	return nil
}
