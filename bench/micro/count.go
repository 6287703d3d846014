// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/utils/cpu"

	"github.com/zkml-go/zkml/bench"
)

const (
	mulWords   = 36  // products of 64 bits in a multiplication
	mulLanes   = 115 // halves of products of 52 bits in one of a vector
	lanes      = 8   // multiplications of a vector that are done at once
	word       = 32  // bytes of a field element
	g1Bytes    = 2 * word
	g2Bytes    = 4 * word
	extension  = 3  // multiplications in one of the quadratic extension, by Karatsuba
	extSquare  = 2  // multiplications in a square of it
	mixedMuls  = 10 // of an affine point and one in extended Jacobian coordinates: 8 and 2 squares (EFD, madd-2008-s)
	fullMuls   = 14 // of two in these coordinates: 12 and 2 squares (EFD, add-2008-s)
	scalarBits = fr.Bits
)

// products returns the work of n multiplications one by one, and of vectors that are
// multiplied by vectors, whose lengths are given.
func products(n float64) bench.Work { return bench.Work{Mul64: n * mulWords} }

// vectorProducts returns the work of multiplying count vectors of n elements: by the
// vector unit, but for a rest of less than eight.
func vectorProducts(count, n float64) bench.Work { return vectorWork(count, n, cpu.SupportAVX512IFMA) }

func vectorWork(count, n float64, ifma bool) bench.Work {
	if !ifma {
		return products(count * n)
	}
	rest := math.Mod(n, lanes)
	return bench.Work{Mul64: count * rest * mulWords, Mul52: count * (n - rest) * mulLanes}
}

// plus adds work.
func plus(all ...bench.Work) (out bench.Work) {
	for _, w := range all {
		out.Mul64 += w.Mul64
		out.Mul52 += w.Mul52
		out.Bytes += w.Bytes
	}
	return out
}

// additions are the costs of adding points.
type additions struct {
	affine      float64 // of two affine points, many sharing an inversion
	mixed, full float64
}

// Adding affine points takes a slope, its square and one more product, and three products
// for the share of an inversion (Montgomery's trick).
var (
	inG1 = additions{affine: 5 + 1, mixed: mixedMuls, full: fullMuls}
	inG2 = additions{affine: 5*extension + extSquare, mixed: 8*extension + 2*extSquare, full: 12*extension + 2*extSquare}
)

// bucketMethod returns the multiplications of a multi-exponentiation of n random scalars of
// the field, as gnark-crypto's MultiExp does it (ecc/bn254/multiexp.go): signed digits of c
// bits, ⌈254/c⌉ of them, 2^(c−1) buckets each. A digit is 0 once in 2ᶜ, and the first point
// of a bucket is copied. Buckets are affine from c = 10 on. Then a running sum of buckets
// from the highest occupied one down, and the sum of running sums.
//
// It is the least over all c: whatever c the library takes, it does as much. The last
// digit, of fewer bits, is left out.
func bucketMethod(n float64, a additions) float64 {
	best := math.Inf(1)
	for c := 4; c <= 16; c++ {
		digits := math.Ceil(scalarBits/float64(c)) - 1
		buckets := math.Exp2(float64(c - 1))
		points := n * (1 - math.Exp2(-float64(c)))
		occupied := buckets * (1 - math.Exp(-points/buckets))
		add := a.affine
		if c < 10 {
			add = a.mixed
		}
		running := buckets * points / (points + 1)
		best = min(best, digits*((points-occupied)*add+occupied*a.mixed+running*a.full))
	}
	return best
}

// smallMethod returns the multiplications of accel/msm for n random integers of a number
// of bytes: every digit of a byte adds each point to one of 128 buckets, unless it is 0. A
// point is added to another or to a sum: one addition less than points in each bucket, of
// each worker.
func smallMethod(n float64, bytes, workers int) float64 {
	return float64(bytes) * max(0, n*255/256-128*float64(workers)) * inG1.affine
}

// transform returns the work of a number-theoretic transform of n = 2ᵏ elements: k stages
// of n/2 butterflies. Stage s has blocks of n/2ˢ, in each of which all but the first
// butterfly multiply by a root of unity, a vector of these at a time; in the last stage
// all roots are 1.
func transform(n int, ifma bool) (out bench.Work) {
	for m := n / 2; m > 1; m /= 2 {
		blocks := float64(n / (2 * m))
		out = plus(out, vectorWork(blocks, float64(m-1), ifma))
	}
	out.Bytes = 2 * word * float64(n)
	return out
}

// poseidonMuls returns the multiplications of a Poseidon2 permutation of a width: x⁵ is
// three, on all lanes in a full round and on one in a partial round. The diagonal matrix of
// partial rounds takes one for each lane but for widths 2 and 3, whose entries are small.
func poseidonMuls(width, full, partial int) float64 {
	diagonal := width
	if width <= 3 {
		diagonal = 0
	}
	return float64(3*width*full + (3+diagonal)*partial)
}
