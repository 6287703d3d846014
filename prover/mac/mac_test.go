// SPDX-License-Identifier: Apache-2.0

package mac_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/prover/mac"
)

func weights(n int) (w []fr.Element, total fr.Element) {
	w = make([]fr.Element, n)
	for i := range w {
		w[i].MustSetRandom()
		if i%3 == 0 {
			w[i].SetInt64(-1) // the largest words
		}
		total.Add(&total, &w[i])
	}
	return w, total
}

// naive is the definition.
func naive[I mac.Int](x []I, stride int, w []fr.Element, j int) fr.Element {
	var out, v fr.Element
	for i := range w {
		v.SetInt64(int64(x[i*stride+j]))
		v.Mul(&v, &w[i])
		out.Add(&out, &v)
	}
	return out
}

func check[I mac.Int](t *testing.T, name string, lo int64, next func(*rand.Rand) I) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 5, 300} {
		w, total := weights(n)
		x := make([]I, n)
		for i := range x {
			x[i] = next(rng)
		}
		want := naive(x, 1, w, 0)
		if got := mac.Dot(x, lo, w, &total); !got.Equal(&want) {
			t.Errorf("%s: the product of %d elements differs", name, n)
		}
		for _, stride := range []int{1, 3, 130} {
			x := make([]I, n*stride)
			for i := range x {
				x[i] = next(rng)
			}
			out := make([]fr.Element, stride)
			mac.Rows(out, x, stride, lo, w, &total)
			for j := range out {
				if want := naive(x, stride, w, j); !out[j].Equal(&want) {
					t.Fatalf("%s: sum %d of %d elements differs", name, j, n)
				}
			}
		}
	}
}

func TestSums(t *testing.T) {
	check(t, "int8", -128, func(r *rand.Rand) int8 { return int8(r.Uint32()) })
	check(t, "least int8", -128, func(r *rand.Rand) int8 { return -128 })
	check(t, "int16", math.MinInt16, func(r *rand.Rand) int16 { return int16(r.Uint32()) })
	check(t, "int32", math.MinInt32, func(r *rand.Rand) int32 { return int32(r.Uint32()) })
	check(t, "int64", -1<<61, func(r *rand.Rand) int64 { return r.Int64N(1<<62) - 1<<61 })
	check(t, "positive", 0, func(r *rand.Rand) int64 { return r.Int64N(1 << 12) })
	check(t, "above", 1000, func(r *rand.Rand) int64 { return 1000 + r.Int64N(1<<12) })
}

func BenchmarkDot(b *testing.B) {
	w, total := weights(1 << 12)
	x := make([]int8, 1<<12)
	for i := range x {
		x[i] = int8(rand.Uint32())
	}
	for b.Loop() {
		mac.Dot(x, -128, w, &total)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(1<<12), "ns/product")
}

func BenchmarkRows(b *testing.B) {
	w, total := weights(64)
	x := make([]int8, 1<<12)
	for i := range x {
		x[i] = int8(rand.Uint32())
	}
	out := make([]fr.Element, 64)
	for b.Loop() {
		mac.Rows(out, x, 64, -128, w, &total)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(1<<12), "ns/product")
}

// Scaled columns add up to what they add up to one product at a time.
func TestAddScaled(t *testing.T) {
	t.Parallel()
	var w [2]fr.Element
	for i := range w {
		w[i].MustSetRandom()
	}
	x := []int8{-128, -1, 0, 1, 127}
	y := []int64{math.MinInt64, -1, 0, 7, math.MaxInt64}
	s := make(mac.Sums, len(x))
	for range 100 {
		mac.AddScaled(s, x, &w[0])
		mac.AddScaled(s, y, &w[1])
	}
	got := make([]fr.Element, len(x))
	s.Elements(got)
	for i := range x {
		var a, b, want fr.Element
		a.SetInt64(int64(x[i]))
		b.SetInt64(y[i])
		a.Mul(&a, &w[0])
		b.Mul(&b, &w[1])
		want.SetUint64(100)
		want.Mul(&want, a.Add(&a, &b))
		if !got[i].Equal(&want) {
			t.Errorf("element %d: got %v, want %v", i, &got[i], &want)
		}
	}
	s.Elements(got)
	if !got[0].IsZero() {
		t.Error("the sums were not cleared")
	}
}
