// SPDX-License-Identifier: Apache-2.0

// Package affine adds many pairs of points of G1 or G2 at a time, in affine coordinates with one inversion
// for all: an addition takes half the time of one in projective coordinates.
package affine

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// A Point is one of a curve y² = x³ + b. The point at infinity is the zero value. Points convert from and
// to curve.G1Affine, with F = fp.Element, and curve.G2Affine, with F = curve.E2.
type Point[F any] struct{ X, Y F }

// G1 and G2 are the fields of coordinates.
type (
	G1 = fp.Element
	G2 = curve.E2
)

// A Field is what the coordinates of points are in.
type Field[F any] interface {
	*F
	Add(a, b *F) *F
	Sub(a, b *F) *F
	Mul(a, b *F) *F
	Double(a *F) *F
	Square(a *F) *F
	Neg(a *F) *F
	Inverse(a *F) *F
	IsZero() bool
}

// IsInfinity reports whether p is the point at infinity.
func IsInfinity[F comparable](p *Point[F]) bool { return *p == Point[F]{} }

// An Adder collects additions p += q to different points p, which Flush makes. It flushes by itself once
// there are many. The zero value is ready for use.
type Adder[F comparable, P Field[F]] struct {
	lines []line[F]
	run   []F // products of the denominators of the lines up to each
	// What methods of F write to is on the heap: there it is allocated once.
	inverse, slope, x F
}

// A line is the chord through a point and another, or the tangent.
type line[F any] struct {
	p        *Point[F]
	num, den F // of the slope
	sum      F // of the two x
}

// maxLines is how many additions share an inversion: enough that it costs little, few enough for a cache.
const maxLines = 256

// Add makes p += q, now or at the next flush. Until then p must not be used.
func (a *Adder[F, P]) Add(p, q *Point[F]) { a.add(p, q, false) }

// Sub makes p −= q, as Add does.
func (a *Adder[F, P]) Sub(p, q *Point[F]) { a.add(p, q, true) }

func (a *Adder[F, P]) add(p, q *Point[F], negative bool) {
	switch {
	case IsInfinity(q):
		return
	case IsInfinity(p):
		if *p = *q; negative {
			P(&p.Y).Neg(&p.Y)
		}
		return
	case p.X == q.X: // then y is the same or the negative, and not 0
		if (p.Y == q.Y) == negative {
			*p = Point[F]{}
		} else {
			a.Double(p)
		}
		return
	}
	l := a.line(p)
	P(&l.den).Sub(&q.X, &p.X)
	P(&l.sum).Add(&q.X, &p.X)
	if negative {
		P(&l.num).Add(&q.Y, &p.Y)
		P(&l.num).Neg(&l.num)
	} else {
		P(&l.num).Sub(&q.Y, &p.Y)
	}
	a.push(l)
}

// Double makes p += p, now or at the next flush. No point has order 2.
func (a *Adder[F, P]) Double(p *Point[F]) {
	if IsInfinity(p) {
		return
	}
	l := a.line(p)
	P(&l.sum).Square(&p.X)
	P(&l.num).Double(&l.sum)
	P(&l.num).Add(&l.num, &l.sum)
	P(&l.den).Double(&p.Y)
	P(&l.sum).Double(&p.X)
	a.push(l)
}

// line returns a new line, which push takes.
func (a *Adder[F, P]) line(p *Point[F]) *line[F] {
	if a.lines == nil {
		a.lines, a.run = make([]line[F], 0, maxLines), make([]F, 0, maxLines)
	}
	a.lines = a.lines[:len(a.lines)+1]
	l := &a.lines[len(a.lines)-1]
	l.p = p
	return l
}

func (a *Adder[F, P]) push(l *line[F]) {
	n := len(a.run)
	a.run = append(a.run, l.den)
	if n > 0 {
		P(&a.run[n]).Mul(&l.den, &a.run[n-1])
	}
	if n+1 == maxLines {
		a.Flush()
	}
}

// Flush makes what was collected.
func (a *Adder[F, P]) Flush() {
	if len(a.run) == 0 {
		return
	}
	inverse, slope, x := P(&a.inverse), P(&a.slope), P(&a.x)
	inverse.Inverse(&a.run[len(a.run)-1])
	for i := len(a.lines) - 1; i >= 0; i-- {
		l := &a.lines[i]
		if i > 0 {
			slope.Mul(inverse, &a.run[i-1])
			inverse.Mul(inverse, &l.den)
		} else {
			*slope = *inverse
		}
		slope.Mul(slope, &l.num)
		x.Square(slope)
		x.Sub(x, &l.sum)
		p := l.p
		P(&p.X).Sub(&p.X, x)
		P(&p.X).Mul(&p.X, slope)
		P(&p.Y).Sub(&p.X, &p.Y)
		p.X = a.x
	}
	a.lines, a.run = a.lines[:0], a.run[:0]
}
