// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Roots of unity that are not 1, one by one: butterfly i of a block of 2m multiplies by the
// i-th power of a root of order 2m.
func TestTransform(t *testing.T) {
	t.Parallel()
	for k := 1; k <= 12; k++ {
		n, muls := 1<<k, 0
		for m := 1; m < n; m *= 2 {
			for i := range n / 2 {
				if i%m != 0 {
					muls++
				}
			}
		}
		if got := transform(n, false); got.Mul64 != float64(muls*mulWords) || got.Mul52 != 0 {
			t.Errorf("2^%d: %+v, want %d multiplications", k, got, muls)
		}
		// By vectors, each multiplication is of one kind or the other.
		got := transform(n, true)
		if sum := got.Mul64/mulWords + got.Mul52/mulLanes; math.Abs(sum-float64(muls)) > 1e-6 {
			t.Errorf("2^%d by vectors: %v multiplications, want %d", k, sum, muls)
		}
	}
}

func TestVectorWork(t *testing.T) {
	t.Parallel()
	if got := vectorWork(3, 21, true); got.Mul64 != 3*5*mulWords || got.Mul52 != 3*16*mulLanes {
		t.Errorf("three vectors of 21: %+v", got)
	}
}

// additionsOf counts the additions of a window of random digits, one point after the other.
func additionsOf(rng *rand.Rand, n, c int) (toBuckets, mixed, full int) {
	buckets := make([]bool, 1<<(c-1))
	for range n {
		d := rng.IntN(1<<c) - 1<<(c-1) // −2^(c−1) to 2^(c−1) − 1
		switch k := max(d, -d) - 1; {
		case d == 0:
		case buckets[k]:
			toBuckets++
		default:
			buckets[k] = true
		}
	}
	started := false
	for k := len(buckets) - 1; k >= 0; k-- {
		if buckets[k] {
			if started {
				mixed++
			}
			started = true
		}
		if started {
			full++
		}
	}
	return toBuckets, mixed, full
}

// The count is no more than what any choice of c does, up to 2 % of chance, and for small
// numbers up to a few additions.
func TestBucketMethod(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, k := range []int{1, 4, 8, 10, 12, 14, 16} {
		n := 1 << k
		count := bucketMethod(float64(n), inG1)
		least := math.Inf(1)
		for c := 4; c <= 16; c++ {
			add, mixed, full := additionsOf(rng, n, c)
			cost := inG1.affine
			if c < 10 {
				cost = inG1.mixed
			}
			// Every digit but the last has c bits.
			digits := (scalarBits+c-1)/c - 1
			did := float64(digits) * (float64(add)*cost + float64(mixed)*inG1.mixed + float64(full)*inG1.full)
			least = min(least, did)
			if count > did*1.02+float64(digits)*4*inG1.full {
				t.Errorf("2^%d points, digits of %d bits: counted %.0f, done %.0f", k, c, count, did)
			}
		}
		if k >= 10 && count < 0.9*least {
			t.Errorf("2^%d points: counted %.0f, the least is %.0f", k, count, least)
		}
	}
}

// Each byte of a small integer is one digit.
func TestSmallMethod(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 100, 1 << 14, 1 << 17} {
		for _, bytes := range []int{1, 2} {
			done := 0
			for range bytes {
				add, _, _ := additionsOf(rng, n, 8)
				done += add
			}
			if got := smallMethod(float64(n), bytes, 1) / inG1.affine; got > float64(done)*1.01+10 || n > 1000 && got < float64(done)*0.98 {
				t.Errorf("%d integers of %d bytes: counted %.0f additions, done %d", n, bytes, got, done)
			}
		}
	}
	if got := smallMethod(10, 1, 8); got != 0 {
		t.Errorf("%v multiplications of ten integers by eight workers, of which each may have its own buckets", got)
	}
}

func TestPoseidonMuls(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		width, full, partial int
		want                 float64
	}{
		{3, 8, 56, 8*3*3 + 56*3},
		{4, 8, 56, 8*4*3 + 56*(3+4)},
		{16, 8, 57, 8*16*3 + 57*(3+16)},
	} {
		if got := poseidonMuls(c.width, c.full, c.partial); got != c.want {
			t.Errorf("width %d: %v, want %v", c.width, got, c.want)
		}
	}
}

// A tree of n lookups takes n/2 multiplications above its leaves and 3·n/2 in all other
// nodes; layers of n/4 pairs take 12 for each pair where they are lookups, and 16·n/4 in
// all others together: nine for each leaf.
func TestFractionWork(t *testing.T) {
	t.Parallel()
	const vars = 20
	w := fractionWork(vars, false)
	if each := w.Mul64 / mulWords / (1 << vars); math.Abs(each-9) > 0.01 {
		t.Errorf("%v multiplications for each leaf, want 9", each)
	}
	if v := fractionWork(vars, true); v.Mul64 != 0 || math.Abs(v.Mul52/mulLanes-w.Mul64/mulWords) > 1 {
		t.Errorf("by vectors %+v, one by one %+v", v, w)
	}
}
