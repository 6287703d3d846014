// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A children is the level below the nodes that a layer sums over.
type children interface {
	// units returns the live units, of children.
	units() units
	// load sets v[0] to v[7] to p₀, p₁, q₀, q₁ of n nodes x = 2t and then of the nodes
	// x = 2t+1, for t from first on. If lookups, every p is −1 and none is set.
	load(w *worker, first, n int) (lookups bool)
}

// load implements children; its vectors are in the order of their indices.
func (n *level) load(w *worker, first, count int) bool {
	v := &w.v
	deal(v[0][:count], v[1][:count], v[4][:count], v[5][:count], n.p[4*first:4*(first+count)])
	deal(v[2][:count], v[3][:count], v[6][:count], v[7][:count], n.q[4*first:4*(first+count)])
	return false
}

func (n *level) units() units { return n.live }

func (l *leaves) load(w *worker, first, n int) bool {
	v := &w.v
	lookups := l.fill(w.ints[:4*n], w.leaves[:4*n], 4*first)
	deal(v[2][:n], v[3][:n], v[6][:n], v[7][:n], w.leaves[:4*n])
	if !lookups {
		w.small.deal(v[0][:n], v[1][:n], v[4][:n], v[5][:n], w.ints[:4*n])
	}
	return lookups
}

// A table holds p₀, p₁ + λ·q₁, q₀ and q₁ of 2^vars nodes, some variables being bound;
// outside of its units they are those of 0/1 and not set.
type table struct {
	vars           int
	p0, p1, q0, q1 fr.Vector
	live           units
}

// tableIn returns a table in the memory of a level of 2^(vars+1) nodes.
func tableIn(n level, vars int, live units) table {
	half := 1 << vars
	return table{vars, n.p[:half], n.p[half:], n.q[:half], n.q[half:], live}
}

// fillUp sets what is outside of all units.
func (t *table) fillUp(lambda *fr.Element) {
	one := fr.One()
	t.live.dead(t.vars, func(from, to int) {
		for i := from; i < to; i++ {
			t.p0[i].SetZero()
			t.p1[i] = *lambda
			t.q0[i], t.q1[i] = one, one
		}
	})
	t.live = dense(t.vars)
}

// A layer proves the layer of level l, whose memory and that of the levels above it is
// overwritten.
type layer struct {
	workers []*worker
	levels  []level // up to l
	below   children
	lambda  fr.Element
}

// prove takes the claims p and q at r to claims at the next level, which it returns.
func (y *layer) prove(t *transcript.Transcript[fr.Element], r []fr.Element, p, q fr.Element) (logup.Layer[fr.Element], []fr.Element, fr.Element, fr.Element, error) {
	var out logup.Layer[fr.Element]
	l := len(r)
	y.lambda = t.Challenge(logup.LabelLambda)
	var claim fr.Element
	claim.Mul(&y.lambda, &q).Add(&claim, &p)

	point := make([]fr.Element, 0, l+1)
	point = append(point, fr.Element{}) // τ
	var live table
	zero, lead := y.firstSums(r)
	for j := range l {
		// cⱼ = g(0) + wⱼ·(c₁ + c₂)
		if r[j].IsZero() {
			return out, nil, p, q, errZeroChallenge
		}
		var c1 fr.Element
		c1.Sub(&claim, &zero).Div(&c1, &r[j]).Sub(&c1, &lead)
		t.Absorb(logup.LabelRound, c1, lead)
		s := t.Challenge(logup.LabelRound)
		out.Rounds = append(out.Rounds, sumcheck.Round[fr.Element]{c1, lead})
		point = append(point, s)
		claim.Mul(&lead, &s).Add(&claim, &c1).Mul(&claim, &s).Add(&claim, &zero)
		var weights *eqTable
		if j+1 < l {
			weights = newEqTable(r[j+2:])
		}
		if j == 0 {
			live = y.firstFold(&s, weights)
		} else {
			live = y.fold(live, &s, weights)
		}
		zero, lead = y.total()
	}
	p0, p1, q0, q1 := live.p0[0], live.p1[0], live.q0[0], live.q1[0]
	var lq fr.Element
	p1.Sub(&p1, lq.Mul(&y.lambda, &q1))
	out.P0, out.Q0, out.Q1 = p0, q0, q1
	t.Absorb(logup.LabelChildren, p0, q0, q1)
	if q0.IsZero() {
		return out, nil, p, q, errZeroChallenge
	}
	tau := t.Challenge(logup.LabelTau)
	point[0] = tau
	return out, point, line(p0, p1, tau), line(q0, q1, tau), nil
}

// line is the line through (0, a) and (1, b) at x.
func line(a, b, x fr.Element) fr.Element {
	b.Sub(&b, &a).Mul(&b, &x)
	return *b.Add(&b, &a)
}

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
