// SPDX-License-Identifier: Apache-2.0

package msm_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/msm"
)

// points returns n points. Every eighth repeats the first, its negative, or infinity.
func points(n int, hostile bool) []curve.G1Affine {
	_, _, g, _ := curve.Generators()
	scalars := make([]fr.Element, n)
	for i := range scalars {
		scalars[i].SetUint64(uint64(i)*0x9e3779b97f4a7c15 + 1)
	}
	out := curve.BatchScalarMultiplicationG1(&g, scalars)
	for i := 0; hostile && i < n; i++ {
		switch i % 8 {
		case 1, 2:
			out[i] = out[0]
		case 3, 5:
			out[i].Neg(&out[0])
		case 6:
			out[i].SetInfinity()
		}
	}
	return out
}

func equal[I accel.Int](t *testing.T, what string, p []curve.G1Affine, x []I) {
	t.Helper()
	got, err := msm.Small(p, x)
	if err != nil {
		t.Fatal(err)
	}
	scalars := make([]fr.Element, len(x))
	for i, v := range x {
		scalars[i].SetInt64(int64(v))
	}
	var want curve.G1Affine
	if _, err := want.MultiExp(p[:len(x)], scalars, ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	if !got.Equal(&want) {
		t.Errorf("%T %s, %d integers: the sum is not that of MultiExp", x, what, len(x))
	}
}

func testWidth[I accel.Int](t *testing.T, lo, hi int64) {
	rnd := rand.New(rand.NewPCG(1, uint64(hi)))
	for _, hostile := range []bool{false, true} {
		p := points(1<<14+37, hostile)
		for _, n := range []int{0, 1, 2, 3, 100, 1000, len(p)} {
			x := make([]I, n)
			for what, fill := range map[string]func(i int) int64{
				"zero":    func(int) int64 { return 0 },
				"lowest":  func(int) int64 { return lo },
				"highest": func(int) int64 { return hi },
				"−1":      func(int) int64 { return -1 },
				"random":  func(int) int64 { return int64(rnd.Uint64()) },
				"edges": func(int) int64 {
					return []int64{0x7f, 0x80, 0xff, 0x7fff, 0x8000, lo, hi, -0x80, -0x81}[rnd.IntN(9)]
				},
				"sparse": func(i int) int64 {
					if i%97 == 5 {
						return int64(rnd.Uint64())
					}
					return 0
				},
			} {
				for i := range x {
					x[i] = I(fill(i))
				}
				if n < 1000 || what == "edges" || what == "random" || what == "lowest" && hostile {
					equal(t, what, p, x)
				}
			}
		}
	}
}

func TestSmall(t *testing.T) {
	t.Parallel()
	t.Run("int8", func(t *testing.T) { testWidth[int8](t, math.MinInt8, math.MaxInt8) })
	t.Run("int16", func(t *testing.T) { testWidth[int16](t, math.MinInt16, math.MaxInt16) })
	t.Run("int32", func(t *testing.T) { testWidth[int32](t, math.MinInt32, math.MaxInt32) })
	t.Run("int64", func(t *testing.T) { testWidth[int64](t, math.MinInt64, math.MaxInt64) })
}

func TestSmallRefusesTooFewPoints(t *testing.T) {
	t.Parallel()
	if _, err := msm.Small(points(3, false), make([]int8, 4)); err == nil {
		t.Error("4 integers for 3 points accepted")
	}
}

func bench[I accel.Int](b *testing.B) {
	p := points(1<<18, false)
	x := make([]I, len(p))
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range x {
		x[i] = I(rnd.Uint64())
	}
	for b.Loop() {
		if _, err := msm.Small(p, x); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(p)), "ns/point")
}

func BenchmarkSmall(b *testing.B) {
	b.Run("int8", bench[int8])
	b.Run("int16", bench[int16])
	b.Run("int32", bench[int32])
}
