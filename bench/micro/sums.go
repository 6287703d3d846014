// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/prover/mac"
)

// rowLength is the stride of rows.
const rowLength = 64

// sums are the inner loops of sumcheck rounds over packed integers, by one thread each:
// inner products with weights, sums of weighted rows, and the weights themselves.
func sums() []kernel {
	name := func(k string) string { return bench.With("Sumcheck", "kernel", k) }
	sizes := []int{12, 16, 20}
	return []kernel{
		{name: name("dot-int8"), sizes: sizes, prepare: prepareDot},
		{name: name("rows-int8"), sizes: sizes, prepare: prepareRows},
		{name: name("eq"), sizes: sizes, prepare: prepareEq},
	}
}

// macWork counts four products of words for each integer, but for the one value in 256
// that stands for 0.
func macWork(n int) bench.Work {
	return bench.Work{Mul64: 4 * float64(n) * 255 / 256, Single: true}
}

func prepareDot(_ accel.Device, n int) (*measure.Operation, error) {
	x, w := integers[int8](seeded(13), n), elements(seeded(14), n)
	total := total(w)
	var got fr.Element
	work := macWork(n)
	work.Bytes = float64(n * (1 + word))
	return &measure.Operation{Elements: n, Work: work,
		Warm: repeat(func() error { got = mac.Dot([]int8(x), math.MinInt8, w, &total); return nil }),
		Check: func() error {
			want := inner(n, func(i int) fr.Element { return small(x[i]) }, w)
			if !got.Equal(&want) {
				return measure.Wrong("not the inner product")
			}
			return nil
		}}, nil
}

func prepareRows(_ accel.Device, n int) (*measure.Operation, error) {
	length := min(rowLength, n)
	x, w := integers[int8](seeded(13), n), elements(seeded(14), n/length)
	total := total(w)
	out := make([]fr.Element, length)
	work := macWork(n)
	work.Bytes = float64(n + word*len(w))
	return &measure.Operation{Elements: n, Work: work,
		Warm: repeat(func() error { mac.Rows(out, []int8(x), length, math.MinInt8, w, &total); return nil }),
		Check: func() error {
			for j := range out {
				want := inner(len(w), func(i int) fr.Element { return small(x[i*length+j]) }, w)
				if !out[j].Equal(&want) {
					return measure.Wrong("not the sum of rows")
				}
			}
			return nil
		}}, nil
}

// prepareEq is the table of eq at a point: a multiplication for each element but the first
// two.
func prepareEq(_ accel.Device, n int) (*measure.Operation, error) {
	vars := mle.Bits(n)
	point := elements(seeded(15), vars)
	var table []fr.Element
	work := products(float64(n - 2))
	work.Single, work.Bytes = true, float64(n*word)
	return &measure.Operation{Elements: n, Work: work,
		Warm: repeat(func() error { table = mle.EqTable(&arith.Native{}, point); return nil }),
		Check: func() error {
			for _, i := range []int{0, 1, n / 3, n - 1} {
				if want := mle.EqIndex(&arith.Native{}, point, i); !table[i].Equal(&want) {
					return measure.Wrong("not eq")
				}
			}
			return nil
		}}, nil
}

func small(x int8) (out fr.Element) {
	out.SetInt64(int64(x))
	return out
}

func total(w []fr.Element) (sum fr.Element) {
	for i := range w {
		sum.Add(&sum, &w[i])
	}
	return sum
}
