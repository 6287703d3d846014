// SPDX-License-Identifier: Apache-2.0

package msm

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// pairs is the number of additions that share an inversion.
const pairs = 1024

// A tree adds up the points of each bucket, none at infinity: bucket d is
// points[start[d]:][:size[d]].
type tree struct {
	points      []curve.G1Affine
	start, size [half]int

	pending                int
	left                   [pairs]int32 // the pair is at left and left+1
	bucket                 [pairs]uint8
	numerator, denominator [pairs]fp.Element // the slope of the line through the pair
	prefix                 [pairs]fp.Element
	vertical               [pairs]bool // the pair sums to infinity
	sums                   [half]int   // that were written in this round
}

// reduce leaves at most one point in each bucket, its sum.
func (t *tree) reduce() {
	for again := true; again; {
		again = false
		clear(t.sums[:])
		for d := range half {
			for i := 0; i+1 < t.size[d]; i += 2 {
				t.push(d, t.start[d]+i)
			}
		}
		t.flush()
		for d := range half {
			if t.size[d]%2 == 1 {
				t.points[t.start[d]+t.sums[d]] = t.points[t.start[d]+t.size[d]-1]
				t.sums[d]++
			}
			t.size[d] = t.sums[d]
			again = again || t.size[d] > 1
		}
	}
}

// push adds the pair at left of bucket d to the pending ones.
func (t *tree) push(d, left int) {
	k := t.pending
	p, q := &t.points[left], &t.points[left+1]
	t.left[k], t.bucket[k], t.vertical[k] = int32(left), uint8(d), false
	t.denominator[k].Sub(&q.X, &p.X)
	t.numerator[k].Sub(&q.Y, &p.Y)
	if t.denominator[k].IsZero() {
		if t.numerator[k].IsZero() {
			// The tangent: 3x²/2y. No point of odd order has y = 0.
			t.numerator[k].Square(&p.X)
			var x2 fp.Element
			x2.Double(&t.numerator[k])
			t.numerator[k].Add(&t.numerator[k], &x2)
			t.denominator[k].Double(&p.Y)
		} else {
			t.vertical[k] = true
			t.denominator[k].SetOne()
		}
	}
	if k == 0 {
		t.prefix[k] = t.denominator[k]
	} else {
		t.prefix[k].Mul(&t.prefix[k-1], &t.denominator[k])
	}
	if t.pending++; t.pending == pairs {
		t.flush()
	}
}

// flush computes the pending sums. The sum of a pair is written at or before its left
// point, and pairs are in order: no point is overwritten before it was read.
func (t *tree) flush() {
	n := t.pending
	t.pending = 0
	if n == 0 {
		return
	}
	var inverse, slope fp.Element
	inverse.Inverse(&t.prefix[n-1])
	for k := n - 1; k >= 0; k-- {
		if k > 0 {
			slope.Mul(&inverse, &t.prefix[k-1])
		} else {
			slope = inverse
		}
		inverse.Mul(&inverse, &t.denominator[k])
		t.numerator[k].Mul(&t.numerator[k], &slope)
	}
	for k := range n {
		if t.vertical[k] {
			continue
		}
		d := t.bucket[k]
		p, q := &t.points[t.left[k]], &t.points[t.left[k]+1]
		l := &t.numerator[k]
		var x, y fp.Element
		x.Square(l)
		x.Sub(&x, &p.X)
		x.Sub(&x, &q.X)
		y.Sub(&p.X, &x)
		y.Mul(&y, l)
		y.Sub(&y, &p.Y)
		out := &t.points[t.start[d]+t.sums[d]]
		out.X, out.Y = x, y
		t.sums[d]++
	}
}
