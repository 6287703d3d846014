// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestWidths checks at the limits of each width that a vector is as narrow as
// possible and holds its bounds.
func TestWidths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lo, hi int64
		bytes  int
	}{
		{0, 0, 1}, {-128, 127, 1}, {0, 255, 1}, {-1, 128, 2}, {-129, 0, 2}, {0, 256, 2}, {0, 1 << 15, 2}, {0, 65535, 2},
		{-1, 65535, 4}, {0, 65536, 4}, {-1 << 15, 1 << 15, 4}, {-1 << 31, 1<<31 - 1, 4},
		{0, 1 << 31, 8}, {-1<<31 - 1, 0, 8}, {0, math.MaxUint32, 8}, {-1 << 60, 1 << 60, 8},
	} {
		v := Make(5, c.lo, c.hi)
		v.Store(1, []int64{c.lo, c.hi, c.hi})
		got := make([]int64, 5)
		v.Load(got, 0, 1)
		want := []int64{0, c.lo, c.hi, c.hi, 0}
		if v.Bytes() != c.bytes || v.Len() != 5 || !slices.Equal(got, want) || v.At(2) != c.hi {
			t.Errorf("[%d, %d]: %d bytes, want %d; elements %v, want %v", c.lo, c.hi, v.Bytes(), c.bytes, got, want)
		}
	}
}

// TestStrides compares strided reads with single ones.
func TestStrides(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 0))
		v := extreme(rng, 40).Vector
		n, stride := rng.IntN(10), rng.IntN(9)-4
		at := 0
		if stride < 0 {
			at = 39
		}
		got, sums, most := make([]int64, n), make([]int64, n), make([]int64, n)
		fill(sums, 7)
		v.Load(got, at, stride)
		v.MulAdd(sums, -3, at, stride)
		v.Max(most, at, stride)
		for k := range n {
			if x := v.At(at + k*stride); got[k] != x || sums[k] != 7-3*x || most[k] != max(0, x) {
				t.Fatalf("seed %d: element %d at stride %d: %d, %d, %d for %d", seed, k, stride, got[k], sums[k], most[k], x)
			}
		}
	}
}

// TestLanes checks that words give back their lanes at the limits of each width,
// and that a sum one beyond makes room for itself.
func TestLanes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lo, hi int64
		count  int
	}{
		{0, 0, 3}, {-1 << 20, 1<<20 - 1, 3}, {-1<<20 - 1, 0, 2}, {0, 1 << 20, 2},
		{-1 << 31, 1<<31 - 1, 2}, {0, 1 << 31, 1}, {-1<<31 - 1, 0, 1}, {-1 << 60, 1 << 60, 1},
	} {
		count, bits := lanes(c.lo, c.hi)
		if count != c.count || count*bits > 64 {
			t.Errorf("[%d, %d]: %d lanes of %d bits, want %d", c.lo, c.hi, count, bits, c.count)
		}
		for k := range 1 << count {
			var word int64
			want := make([]int64, count)
			for i := range want {
				want[i] = c.lo
				if k>>i&1 == 1 {
					want[i] = c.hi
				}
				word += want[i] << (i * bits)
			}
			words, got := []int64{word}, make([]int64, 1)
			for i := range want {
				if take(got, words, bits); got[0] != want[i] {
					t.Errorf("lane %d of %v in %d bits is %d", i, want, bits, got[0])
				}
			}
		}
	}
}

// TestDot compares with exact arithmetic modulo 2⁶⁴.
func TestDot(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		rng := rand.New(rand.NewPCG(uint64(n), 0))
		x, y := make([]int64, n), make([]int64, n)
		want := new(big.Int)
		for i := range x {
			x[i], y[i] = int64(rng.Uint64()), int64(rng.Uint64())
			want.Add(want, new(big.Int).Mul(big.NewInt(x[i]), big.NewInt(y[i])))
		}
		low := want.And(want, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
		if got := dot(x, y); uint64(got) != low {
			t.Errorf("%d products: %d, want %d", n, got, int64(low))
		}
	}
}
