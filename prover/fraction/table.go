// SPDX-License-Identifier: Apache-2.0

package fraction

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// A children is the level below the nodes that a layer sums over.
type children interface {
	// units returns the live units, of children.
	units() units
	// load sets v[0] to v[7] to p₀, p₁, q₀, q₁ of n nodes x = 2t and then of the nodes
	// x = 2t+1, for t from first on. If lookups, every p is −1 and none is set.
	load(w *worker, first, n int) (lookups bool)
}

func (n *level) units() units { return n.live }

// load implements children: those of node x are 2x and 2x+1.
func (n *level) load(w *worker, first, count int) bool {
	v := &w.v
	deal(v[0][:count], v[1][:count], v[4][:count], v[5][:count], n.p[4*first:4*(first+count)])
	deal(v[2][:count], v[3][:count], v[6][:count], v[7][:count], n.q[4*first:4*(first+count)])
	return false
}

// load implements children.
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
	half := len(n.p) / 2 // 2^vars, or where the last unit ends
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
