// SPDX-License-Identifier: Apache-2.0

package msm

import (
	"fmt"
	"unsafe"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

const (
	digitBits = 8
	half      = 1 << (digitBits - 1) // digits are in [−half, half]
	blockSize = 1 << 14              // points that are sorted at once: they stay in the second cache
)

// Small returns ∑ xᵢ·Pᵢ over points, of which there are at least as many as integers.
// Points may repeat, be each other's negatives, and be at infinity.
//
// An integer of w bytes is w signed digits, ∑ dₖ·256ᵏ. For each k the points of a block are
// sorted by |dₖ|, negated if dₖ < 0, and the points of each |dₖ| are added in pairs, the
// divisions of many pairs sharing one inversion. The sum is ∑ₖ 256ᵏ·∑_d d·(sum of bucket d).
func Small[I accel.Int](points []curve.G1Affine, x []I) (curve.G1Affine, error) {
	if len(points) < len(x) {
		return curve.G1Affine{}, fmt.Errorf("%d integers for %d points", len(x), len(points))
	}
	blocks := (len(x) + blockSize - 1) / blockSize
	workers := max(1, min(parallel.Workers(), blocks))
	all := make([]*buckets[I], workers)
	parallel.For(blocks, workers, func(w, block int) {
		if all[w] == nil {
			all[w] = new(buckets[I])
			all[w].init(min(blockSize, len(x)))
		}
		from, to := block*blockSize, min((block+1)*blockSize, len(x))
		all[w].add(points[from:to], x[from:to])
	})
	sums := make([]curve.G1Jac, workers)
	parallel.For(workers, workers, func(_, w int) {
		if all[w] != nil {
			sums[w] = all[w].sum()
		}
	})
	for _, s := range sums[1:] {
		sums[0].AddAssign(&s)
	}
	var out curve.G1Affine
	out.FromJacobian(&sums[0])
	return out, nil
}

// buckets is the sums by digit of the points seen so far.
type buckets[I accel.Int] struct {
	held   [8][half]curve.G1Affine // infinity if empty
	rest   []int64                 // what is left of the integers after the digits so far
	digits []int16
	tree
}

func (b *buckets[I]) init(n int) {
	b.rest = make([]int64, n)
	b.digits = make([]int16, n)
	b.points = make([]curve.G1Affine, n+half)
}

// windows is the number of digits of an I.
func windows[I accel.Int]() int {
	var i I
	return int(unsafe.Sizeof(i))
}

// add adds a block.
func (b *buckets[I]) add(points []curve.G1Affine, x []I) {
	rest, digits := b.rest[:len(x)], b.digits[:len(x)]
	for i, v := range x {
		rest[i] = int64(v)
	}
	last := windows[I]() - 1
	for k := range last + 1 {
		some := false
		for i, v := range rest {
			d := int64(int8(v))
			carry := int64(0)
			if d < 0 {
				carry = 1
			}
			rest[i] = v>>digitBits + carry
			if k == last {
				d = v // at most half, by its width
			}
			if points[i].IsInfinity() {
				d = 0
			}
			digits[i] = int16(d)
			some = some || d != 0
		}
		if some {
			b.window(&b.held[k], points, digits)
		}
	}
}

// window adds points to the buckets of their digits.
func (b *buckets[I]) window(held *[half]curve.G1Affine, points []curve.G1Affine, digits []int16) {
	var count [half + 1]int
	for _, d := range digits {
		count[max(d, -d)]++
	}
	at := 0
	for d := range half {
		b.start[d], b.size[d] = at, 0
		if !held[d].IsInfinity() {
			b.points[at] = held[d]
			b.size[d] = 1
		}
		at += b.size[d] + count[d+1]
	}
	for i, d := range digits {
		if d == 0 {
			continue
		}
		k := max(d, -d) - 1
		p := &b.points[b.start[k]+b.size[k]]
		b.size[k]++
		*p = points[i]
		if d < 0 {
			p.Y.Neg(&p.Y)
		}
	}
	b.reduce()
	for d := range half {
		held[d] = curve.G1Affine{}
		if b.size[d] > 0 {
			held[d] = b.points[b.start[d]]
		}
	}
}

// sum returns ∑ₖ 256ᵏ·∑_d d·held[k][d−1].
func (b *buckets[I]) sum() curve.G1Jac {
	var sum curve.G1Jac
	for k := windows[I]() - 1; k >= 0; k-- {
		for range digitBits {
			sum.DoubleAssign()
		}
		var above, all curve.G1Jac
		for d := half - 1; d >= 0; d-- {
			above.AddMixed(&b.held[k][d])
			all.AddAssign(&above)
		}
		sum.AddAssign(&all)
	}
	return sum
}
