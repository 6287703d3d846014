// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/internal/affine"
	"github.com/zkml-go/zkml/internal/parallel"
)

// A matrix has the terms of one side of all constraints, by wire: those of wire w are
// terms[start[w]:start[w+1]].
type matrix struct {
	start []int
	terms []term
}

// A term is a coefficient, by its index, in a row.
type term struct{ row, coefficient uint32 }

// matrices returns the matrices of a constraint system.
func matrices(r1cs *cs.R1CS) (m [3]matrix) {
	wires := r1cs.NbInternalVariables + r1cs.GetNbPublicVariables() + r1cs.GetNbSecretVariables()
	each := func(do func(side, row int, t constraint.Term)) {
		rows := r1cs.GetR1CIterator()
		row := 0
		for c := rows.Next(); c != nil; c = rows.Next() {
			for side, terms := range [...]constraint.LinearExpression{c.L, c.R, c.O} {
				for _, t := range terms {
					do(side, row, t)
				}
			}
			row++
		}
	}
	for side := range m {
		m[side].start = make([]int, wires+1)
	}
	each(func(side, _ int, t constraint.Term) { m[side].start[t.WireID()+1]++ })
	var next [3][]int
	for side := range m {
		s := m[side].start
		for w := range wires {
			s[w+1] += s[w]
		}
		next[side] = append([]int{}, s...)
		m[side].terms = make([]term, s[wires])
	}
	each(func(side, row int, t constraint.Term) {
		at := &next[side][t.WireID()]
		m[side].terms[*at] = term{uint32(row), t.CID}
		*at++
	})
	return m
}

// A digit is ±2^place.
type digit struct {
	place    uint8
	negative bool
}

// digitsOf returns the digits of coefficients in non-adjacent form. Those of small numbers and of their
// negatives are few.
func digitsOf(coefficients []fr.Element) [][]digit {
	out := make([][]digit, len(coefficients))
	for i := range coefficients {
		var n, m big.Int
		coefficients[i].BigInt(&n)
		negative := m.Sub(fr.Modulus(), &n).CmpAbs(&n) < 0
		if negative {
			n.Set(&m)
		}
		for place := 0; n.Sign() > 0; place++ {
			if n.Bit(0) == 1 {
				d := digit{uint8(place), negative}
				if n.Bit(1) == 1 { // 3 = 4 − 1
					d.negative = !negative
					n.Add(&n, big.NewInt(1))
				}
				out[i] = append(out[i], d)
			}
			n.Rsh(&n, 1)
		}
	}
	return out
}

// A source is a matrix and the points that its rows stand for.
type source[F any] struct {
	matrix *matrix
	points []affine.Point[F]
}

// combine returns for every wire the sum, over the terms of all sources, of coefficient times point. It
// hands on wires in blocks, to several threads.
//
// Digits at the same place are added up first, by halves, all wires' at a time; then the places, from the
// highest, with a doubling between two.
func combine[F comparable, P affine.Field[F]](digits [][]digit, sources ...source[F]) []affine.Point[F] {
	wires := len(sources[0].matrix.start) - 1
	out := make([]affine.Point[F], wires)
	blocks := []int{0}
	size := 0
	for w := range wires {
		for _, s := range sources {
			for _, t := range s.matrix.of(w) {
				size += len(digits[t.coefficient])
			}
		}
		if size >= blockDigits || w == wires-1 {
			blocks, size = append(blocks, w+1), 0
		}
	}
	workers := make([]combiner[F, P], parallel.Workers())
	parallel.For(len(blocks)-1, len(workers), func(worker, task int) {
		c := &workers[worker]
		c.digits, c.sources = digits, sources
		c.block(out, blocks[task], blocks[task+1])
	})
	return out
}

// blockDigits is how many points a block has about.
const blockDigits = 1 << 15

func (m *matrix) of(wire int) []term { return m.terms[m.start[wire]:m.start[wire+1]] }

// A combiner sums up blocks.
type combiner[F comparable, P affine.Field[F]] struct {
	digits  [][]digit
	sources []source[F]
	adder   affine.Adder[F, P]
	points  []affine.Point[F]
	places  []place
	wires   []wireSum
}

// A place has the points of all digits at one place of one wire: points[from:from+count].
type place struct{ place, from, count int }

// A wireSum has the places of a wire that are not yet in its sum, from the highest: places[next:end].
type wireSum struct{ wire, next, end int }

func (c *combiner[F, P]) block(out []affine.Point[F], from, to int) {
	c.points, c.places, c.wires = c.points[:0], c.places[:0], c.wires[:0]
	top := -1
	for w := from; w < to; w++ {
		if first := len(c.places); c.collect(w) {
			c.wires = append(c.wires, wireSum{w, first, len(c.places)})
			top = max(top, c.places[first].place)
		}
	}
	for again := true; again; {
		again = false
		for i := range c.places {
			p := &c.places[i]
			half := p.count / 2
			for j := range half {
				c.adder.Add(&c.points[p.from+j], &c.points[p.from+p.count-1-j])
			}
			p.count -= half
			again = again || p.count > 1
		}
		c.adder.Flush()
	}
	for at := top; at >= 0; at-- {
		for i := range c.wires {
			c.adder.Double(&out[c.wires[i].wire]) // nothing yet, where all places are lower
		}
		c.adder.Flush()
		for i := range c.wires {
			w := &c.wires[i]
			if w.next < w.end && c.places[w.next].place == at {
				c.adder.Add(&out[w.wire], &c.points[c.places[w.next].from])
				w.next++
			}
		}
		c.adder.Flush()
	}
}

// collect collects the points of a wire and reports whether there are any.
func (c *combiner[F, P]) collect(wire int) bool {
	var counts [256]int
	for _, s := range c.sources {
		for _, t := range s.matrix.of(wire) {
			for _, d := range c.digits[t.coefficient] {
				counts[d.place]++
			}
		}
	}
	before, total := len(c.places), len(c.points)
	var at [256]int
	for p := len(counts) - 1; p >= 0; p-- {
		if n := counts[p]; n > 0 {
			c.places = append(c.places, place{p, total, n})
			at[p] = total
			total += n
		}
	}
	c.points = slices.Grow(c.points, total-len(c.points))[:total]
	for _, s := range c.sources {
		for _, t := range s.matrix.of(wire) {
			for _, d := range c.digits[t.coefficient] {
				p := &c.points[at[d.place]]
				if *p = s.points[t.row]; d.negative {
					P(&p.Y).Neg(&p.Y)
				}
				at[d.place]++
			}
		}
	}
	return len(c.places) > before
}
