// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// edges are the integers at which an int64 is about to wrap.
var edges = []int64{0, 1, -1, 2, 1 << 31, 1 << 32, -1 << 32, 1 << 60, -1 << 60, 1<<62 + 1, math.MaxInt64, math.MinInt64 + 1, math.MinInt64}

// TestWide compares with math/big.
func TestWide(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func() int64 {
		if rng.IntN(2) == 0 {
			return edges[rng.IntN(len(edges))]
		}
		return int64(rng.Uint64()) >> rng.IntN(64)
	}
	for range 2000 {
		var sum wide
		want := new(big.Int)
		for range rng.IntN(4) {
			x, y := pick()/2, pick()/2
			sum = sum.plus(x, y)
			want.Add(want, new(big.Int).Mul(big.NewInt(x), big.NewInt(y)))
		}
		got := new(big.Int).SetUint64(sum.hi)
		if sum.hi>>63 == 1 {
			got.Sub(got, new(big.Int).Lsh(big.NewInt(1), 64))
		}
		got.Lsh(got, 64).Add(got, new(big.Int).SetUint64(sum.lo))
		if got.Cmp(want) != 0 {
			t.Fatalf("sum is %v, want %v", got, want)
		}
		if x, ok := sum.int64(); ok != want.IsInt64() || ok && x != want.Int64() {
			t.Fatalf("%v as an int64: %d, %v", want, x, ok)
		}
		h, m, l := sum.split()
		back := new(big.Int).Lsh(big.NewInt(h), 32)
		back.Add(back, big.NewInt(m)).Lsh(back, 32).Add(back, big.NewInt(l))
		if back.Cmp(want) != 0 || min(m, l) < 0 || max(m, l) >= 1<<32 {
			t.Fatalf("%v splits into %d, %d and %d", want, h, m, l)
		}
	}
}

// TestIntegersDoNotWrap: a result that int64 does not hold is never one that a
// relation accepts.
func TestIntegersDoNotWrap(t *testing.T) {
	t.Parallel()
	for _, a := range edges {
		for _, b := range edges {
			got := integers{}.Mul(a, b)
			want := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
			if want.Sign() == 0 && got != 0 {
				t.Errorf("%d·%d = %d", a, b, got)
			}
			if want.Sign() != 0 && got != beyond && (!want.IsInt64() || got != want.Int64()) {
				t.Errorf("%d·%d = %d, want %v or beyond", a, b, got, want)
			}
			sum := integers{}.Combine(a, []Term[int64]{{3, b}})
			want.Add(big.NewInt(a), new(big.Int).Mul(big.NewInt(3), big.NewInt(b)))
			if sum != beyond && (!want.IsInt64() || sum != want.Int64()) {
				t.Errorf("%d + 3·%d = %d, want %v or beyond", a, b, sum, want)
			}
		}
	}
	for _, terms := range [][]Term[int64]{
		{{1, beyond}, {1, math.MaxInt64}, {1, 1}}, // 0, were beyond a number
		{{3, 1 << 40}, {-1, beyond}},
	} {
		if got := (integers{}).Combine(0, terms); got != beyond {
			t.Errorf("a sum with a term beyond is %d", got)
		}
	}
	for _, x := range []int64{1, -1, 1 << 40, beyond} {
		if got := (integers{}).Mul(beyond, x); got != beyond {
			t.Errorf("beyond·%d = %d", x, got)
		}
	}
}
