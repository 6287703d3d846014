// SPDX-License-Identifier: Apache-2.0

package fraction

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// firstSums sums the first round. Node 2t itself is the value at 0.
func (y *layer) firstSums(r []fr.Element) (zero, lead fr.Element) {
	l := len(r)
	up := &y.levels[l]
	weights := newEqTable(r[1:])
	live := y.below.units().halved(l + 1)
	each(y.workers, live, func(w *worker, id int) {
		weights.segments(id<<live.log/2, 1<<live.log/2, func(first int, in fr.Vector, out *fr.Element) {
			n := len(in)
			even, odd, h := w.v[8][:n], w.v[9][:n], w.v[0][:n]
			split(even, odd, up.p[2*first:2*(first+n)])
			a := in.InnerProduct(even)
			split(even, odd, up.q[2*first:2*(first+n)])
			b := in.InnerProduct(even)
			b.Mul(&b, &y.lambda).Add(&b, &a)

			lookups := y.below.load(w, first, n)
			v := &w.v
			from := 0
			if lookups { // p is constant, and so has no leading coefficient
				from = 2
			}
			for k := from; k < 4; k++ {
				d := v[k+4][:n]
				d.Sub(d, v[k][:n])
			}
			p0, p1, q0, q1 := v[4][:n], v[5][:n], v[6][:n], v[7][:n]
			var c fr.Element
			if lookups {
				h.Mul(q0, q1)
				c = in.InnerProduct(h)
				c.Mul(&c, &y.lambda)
			} else {
				h.ScalarMul(q1, &y.lambda)
				p1.Add(p1, h)
				c = inner(in, p0, p1, q0, q1, h, even)
			}
			w.sums.add(in, out, &b, &c)
		})
	})
	return y.total()
}

// inner returns ∑ in·(p₀q₁ + q₀p₁), and overwrites h and tmp.
func inner(in, p0, p1, q0, q1, h, tmp fr.Vector) fr.Element {
	h.Mul(p0, q1)
	tmp.Mul(q0, p1)
	h.Add(h, tmp)
	return in.InnerProduct(h)
}

// firstFold binds the first variable and, if weights is not nil, sums the next round.
func (y *layer) firstFold(s *fr.Element, weights *eqTable) table {
	l := len(y.levels) - 1
	live := y.below.units().halved(l + 1).halved(l)
	dst := tableIn(y.levels[l], l-1, live)
	each(y.workers, live, func(w *worker, id int) {
		start, end := id<<live.log, (id+1)<<live.log
		for first := start; first < end; first += segment {
			n := min(segment, end-first)
			lookups := y.below.load(w, first, n)
			v := &w.v
			to := [4]fr.Vector{dst.p0[first : first+n], dst.p1[first : first+n], dst.q0[first : first+n], dst.q1[first : first+n]}
			from := 0
			if lookups {
				minus := w.small.at(-1)
				for i := range to[0] {
					to[0][i], to[1][i] = minus, minus
				}
				from = 2
			}
			for k := from; k < 4; k++ {
				foldInto(to[k], v[k][:n], v[k+4][:n], s)
			}
			h := v[8][:n]
			h.ScalarMul(to[3], &y.lambda)
			to[1].Add(to[1], h)
		}
		if weights != nil {
			y.sumUnit(w, &dst, weights, start, end)
		}
	})
	return dst
}

// foldInto sets dst to even + s·(odd−even), and overwrites odd.
func foldInto(dst, even, odd fr.Vector, s *fr.Element) {
	odd.Sub(odd, even)
	odd.ScalarMul(odd, s)
	dst.Add(even, odd)
}

// fold binds the next variable and, if weights is not nil, sums the next round.
func (y *layer) fold(src table, s *fr.Element, weights *eqTable) table {
	if !src.live.all(src.vars) && src.live.log-1 < minLog {
		src.fillUp(&y.lambda)
	}
	live := src.live.halved(src.vars)
	dst := tableIn(y.levels[src.vars], src.vars-1, live)
	each(y.workers, live, func(w *worker, id int) {
		start, end := id<<live.log, (id+1)<<live.log
		for first := start; first < end; first += segment {
			n := min(segment, end-first)
			even, odd := w.v[0][:n], w.v[1][:n]
			for _, t := range [...]struct{ dst, src fr.Vector }{{dst.p0, src.p0}, {dst.p1, src.p1}, {dst.q0, src.q0}, {dst.q1, src.q1}} {
				split(even, odd, t.src[2*first:2*(first+n)])
				foldInto(t.dst[first:first+n], even, odd, s)
			}
		}
		if weights != nil {
			y.sumUnit(w, &dst, weights, start, end)
		}
	})
	return dst
}

// sumUnit sums a round over the entries of a table from start to end.
func (y *layer) sumUnit(w *worker, t *table, weights *eqTable, start, end int) {
	weights.segments(start/2, (end-start)/2, func(first int, in fr.Vector, out *fr.Element) {
		n := len(in)
		v := &w.v
		for k, src := range [...]fr.Vector{t.p0, t.p1, t.q0, t.q1} {
			split(v[k][:n], v[k+4][:n], src[2*first:2*(first+n)])
		}
		zero := inner(in, v[0][:n], v[1][:n], v[2][:n], v[3][:n], v[8][:n], v[9][:n])
		for k := range 4 {
			d := v[k+4][:n]
			d.Sub(d, v[k][:n])
		}
		lead := inner(in, v[4][:n], v[5][:n], v[6][:n], v[7][:n], v[8][:n], v[9][:n])
		w.sums.add(in, out, &zero, &lead)
	})
}
