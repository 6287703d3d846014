// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
)

// A summand is a sum of terms over {0,1}ⁿ.
type summand struct {
	degree int
	terms  []*term
}

// A term is a polynomial in multilinear tables over {0,1}ⁿ.
type term struct {
	tables   [][]fr.Element
	operands int // the tables whose values at the point are sent
	combine  func(values []fr.Element) fr.Element
}

// extend gives a term in fewer variables the given number: it is repeated along those
// that it lacks, times a table that is 1 where they are 0, and 0 elsewhere.
func (t *term) extend(vars int) {
	size := len(t.tables[0])
	outside := make([]fr.Element, 1<<vars)
	for i := range size {
		outside[i].SetOne()
	}
	for k := range t.tables {
		t.tables[k] = slices.Repeat(t.tables[k], 1<<vars/size)
	}
	n, combine := len(t.tables), t.combine
	t.tables = append(t.tables, outside)
	t.combine = func(v []fr.Element) fr.Element { return field.Mul(combine(v[:n]), v[n]) }
}

func (s *summand) clone() *summand {
	out := &summand{degree: s.degree}
	for _, t := range s.terms {
		c := *t
		c.tables = slices.Clone(t.tables)
		out.terms = append(out.terms, &c)
	}
	return out
}

// sum returns the sum over {0,1}ⁿ.
func (s *summand) sum() fr.Element {
	var out fr.Element
	for _, t := range s.terms {
		v := make([]fr.Element, len(t.tables))
		for i := range t.tables[0] {
			for k := range v {
				v[k] = t.tables[k][i]
			}
			out = field.Add(out, t.combine(v))
		}
	}
	return out
}

// Round implements sumcheck.Summand.
func (s *summand) Round() []fr.Element {
	out := make([]fr.Element, s.degree+1)
	for _, t := range s.terms {
		v := make([]fr.Element, len(t.tables))
		for i := range len(t.tables[0]) / 2 {
			for x := range out {
				at := arith.Int(field, int64(x))
				for k, table := range t.tables {
					v[k] = between(table[2*i], table[2*i+1], at)
				}
				out[x] = field.Add(out[x], t.combine(v))
			}
		}
	}
	return out
}

// between returns lo + r·(hi − lo).
func between(lo, hi, r fr.Element) fr.Element {
	return field.Add(lo, field.Mul(r, field.Sub(hi, lo)))
}

// Bind implements sumcheck.Summand.
func (s *summand) Bind(r fr.Element) {
	for _, t := range s.terms {
		for k, old := range t.tables {
			next := make([]fr.Element, len(old)/2)
			for i := range next {
				next[i] = between(old[2*i], old[2*i+1], r)
			}
			t.tables[k] = next
		}
	}
}
