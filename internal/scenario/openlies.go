// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/statement"
)

// openLies fit every scenario: the relations hold, but the statement is of other
// words or the multiplicities are not those of the queries.
var openLies = []Forged{
	{"claims another word, Z of the run", func(r *Run) {
		r.Public.Claim = lastWordPlusOne
	}},
	{"claims another word, Z of the claim", func(r *Run) {
		r.Public.Claim = lastWordPlusOne
		r.Public.ZOfClaim = true
	}},
	{"claims other lengths, Z of the run", func(r *Run) {
		r.Public.Claim = func(words []fr.Element) { addOne(&words[0]) }
	}},
	{"D of another statement", func(r *Run) {
		r.Public.Final = func(d, _, _ *fr.Element, _ []fr.Element) { addOne(d) }
	}},
	{"Z of the prover's choice", func(r *Run) {
		r.Public.Final = func(_, z, e *fr.Element, words []fr.Element) {
			addOne(z)
			*e = statement.Evaluate(words, *z)
		}
	}},
	{"Z is 0", func(r *Run) {
		r.Public.Final = func(_, z, e *fr.Element, words []fr.Element) {
			z.SetZero()
			*e = statement.Evaluate(words, *z)
		}
	}},
	{"E + 1", func(r *Run) {
		r.Public.Final = func(_, _, e *fr.Element, _ []fr.Element) { addOne(e) }
	}},
	{"multiplicity + 1", func(r *Run) {
		used, _ := twoRows(r)
		addOne(used)
	}},
	{"multiplicity − 1", func(r *Run) {
		used, _ := twoRows(r)
		subOne(used)
	}},
	{"multiplicity in another row", func(r *Run) {
		used, other := twoRows(r)
		subOne(used)
		addOne(other)
	}},
	{"no multiplicities", func(r *Run) {
		for _, counts := range r.Counts() {
			clear(counts)
		}
	}},
}

func lastWordPlusOne(words []fr.Element) { addOne(&words[len(words)-1]) }

// twoRows returns the multiplicities of two rows of one table; the first is not 0.
func twoRows(r *Run) (used, other *fr.Element) {
	for _, counts := range r.Counts() {
		for i := range counts {
			if len(counts) > 1 && !counts[i].IsZero() {
				return &counts[i], &counts[(i+1)%len(counts)]
			}
		}
	}
	panic("zkml: internal error: no table is looked up")
}

func addOne(x *fr.Element) {
	one := fr.One()
	x.Add(x, &one)
}

func subOne(x *fr.Element) {
	one := fr.One()
	x.Sub(x, &one)
}
