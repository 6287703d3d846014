// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"context"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A level is the nodes of a level of the tree, those outside of its units undefined. It has no
// memory above its last unit, unless it may be filled up.
type level struct {
	p, q fr.Vector
	live units
}

// build returns the levels below the leaves: level l has 2ˡ nodes, down to l = 1; those
// below bottom are memory only.
func build(ctx context.Context, l *leaves, bottom int, workers []*worker) ([]level, error) {
	levels := make([]level, l.vars)
	for m := l.vars - 1; m >= 1; m-- {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		up := &levels[m]
		if m < bottom {
			up.allocate(1 << m)
			continue
		}
		if m == l.vars-1 {
			up.live = l.units().halved(l.vars)
			up.allocate(up.live.extent(m))
			each(workers, up.live, func(w *worker, id int) { w.addLeaves(up, l, id) })
			continue
		}
		below := &levels[m+1]
		if below.live.toFill() {
			below.fillUp(m + 1)
		}
		up.live = below.live.halved(m + 1)
		up.allocate(up.live.extent(m))
		each(workers, up.live, func(w *worker, id int) { w.addNodes(up, below, id) })
	}
	return levels, nil
}

func (n *level) allocate(size int) { n.p, n.q = make(fr.Vector, size), make(fr.Vector, size) }

// units returns the live units of the leaves.
func (l *leaves) units() units {
	if l.vars <= leafLog {
		return dense(l.vars)
	}
	return l.live(leafLog)
}

// fillUp sets the nodes outside of all units, which are sums of nothing.
func (n *level) fillUp(vars int) {
	one := fr.One()
	n.live.dead(vars, func(from, to int) {
		for i := from; i < to; i++ {
			n.p[i].SetZero()
			n.q[i] = one
		}
	})
	n.live = dense(vars)
}

// addLeaves computes a unit of the level above the leaves.
func (w *worker) addLeaves(up *level, l *leaves, id int) {
	for from, end := id<<up.live.log, (id+1)<<up.live.log; from < end; from += segment {
		n := min(segment, end-from)
		p, q := up.p[from:from+n], up.q[from:from+n]
		p0, p1, q0, q1 := w.v[0][:n], w.v[1][:n], w.v[2][:n], w.v[3][:n]
		lookups := l.fill(w.ints[:2*n], w.leaves[:2*n], 2*from)
		split(q0, q1, w.leaves[:2*n])
		q.Mul(q0, q1)
		if lookups { // −1/q₀ − 1/q₁
			p0.Add(q0, q1)
			for i := range p {
				p[i].Neg(&p0[i])
			}
			continue
		}
		w.small.split(p0, p1, w.ints[:2*n])
		p0.Mul(p0, q1)
		p1.Mul(p1, q0)
		p.Add(p0, p1)
	}
}

// addNodes computes a unit of a level from the level below.
func (w *worker) addNodes(up, below *level, id int) {
	for from, end := id<<up.live.log, (id+1)<<up.live.log; from < end; from += segment {
		n := min(segment, end-from)
		p, q := up.p[from:from+n], up.q[from:from+n]
		p0, p1, q0, q1 := w.v[0][:n], w.v[1][:n], w.v[2][:n], w.v[3][:n]
		split(p0, p1, below.p[2*from:2*(from+n)])
		split(q0, q1, below.q[2*from:2*(from+n)])
		q.Mul(q0, q1)
		p0.Mul(p0, q1)
		p1.Mul(p1, q0)
		p.Add(p0, p1)
	}
}
