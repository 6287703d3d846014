// SPDX-License-Identifier: Apache-2.0

package logup

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
)

// For tests of package logup_test, whose forgers are in a package that imports this one.

// A Nodes is the summand of a layer.
type Nodes struct{ nodes }

// NewNodes returns the summand over the children p and q of the nodes of a level.
func NewNodes(w []fr.Element, lambda fr.Element, p, q []fr.Element) *Nodes {
	n := &Nodes{nodes{f: &arith.Native{}, w: w, lambda: lambda}}
	n.p0, n.p1 = halves(p)
	n.q0, n.q1 = halves(q)
	return n
}

// Children returns p₀, q₀ and q₁ once all variables are bound.
func (n *Nodes) Children() (p0, q0, q1 fr.Element) { return n.p0[0], n.q0[0], n.q1[0] }

// Levels returns the levels of the tree with these leaves, the root first.
func Levels(p, q []fr.Element) (ps, qs [][]fr.Element) {
	ps, qs = [][]fr.Element{p}, [][]fr.Element{q}
	for len(p) > 1 {
		p, q = parents(&arith.Native{}, p, q)
		ps, qs = append([][]fr.Element{p}, ps...), append([][]fr.Element{q}, qs...)
	}
	return ps, qs
}

// RandomLeaves are those of an honest proof.
var RandomLeaves = leaves
