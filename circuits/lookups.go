// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/permutation/poseidon2"

	"github.com/zkml-go/zkml/relation"
)

// lookups is the one membership argument of a circuit, for all its tables: the
// logarithmic derivative of [Haböck22]. For each table with rows tᵢ and queries
// f_q, both compressed to x + γ·y,
//
//	∑_q 1/(α − f_q) = ∑ᵢ mᵢ/(α − tᵢ)
//
// The prover commits to every witness column and to the multiplicities mᵢ before
// α and γ exist, through gnark's single commitment.
//
// Every query is fixed by this commitment. relation.Interpret builds it from
// cells of witness columns with Int, Combine and Mul, and an Interpreter has no
// other way to make a value: no hint can enter. The cells are committed wires plus
// a constant, so a query is a polynomial in committed wires; a product that needs
// a wire of its own has a constraint that determines it. Salts, D, Z and E enter
// no query, and what depends on α, the inverses, enters none either: they need no
// commitment. A table that nothing looks up has no queries and no multiplicities.
//
// Soundness: as rational functions in α, both sides agree only if every f_q is
// some tᵢ, because the number of queries is below the field's characteristic, so
// that the residue of a query's pole is not 0; for fixed elements a random α
// exposes a difference with probability 1 − (#queries + #rows)/r, and a random γ
// merges two distinct pairs with probability at most (#queries·#rows)/r. γ must be
// neither known before the commitment nor a power of α, or distinct pairs would
// share poles; both come from one Poseidon2 permutation of the commitment's
// challenge. Multiplicities need no range: they are coefficients of partial
// fractions, which are unique.
//
// The commitment hides: gnark masks it with a random wire for Groth16 and blinds
// it for PLONK.
//
// [Haböck22]: https://eprint.iacr.org/2022/1530
type lookups struct {
	tables  []relation.Table
	counts  [][]frontend.Variable
	queries [][][]frontend.Variable
}

func newLookups(tables []relation.Table, counts [][]frontend.Variable) *lookups {
	return &lookups{tables: tables, counts: counts, queries: make([][][]frontend.Variable, len(tables))}
}

// add records a query; tuple is copied.
func (l *lookups) add(t relation.TableID, tuple []frontend.Variable) {
	l.queries[t] = append(l.queries[t], slices.Clone(tuple))
}

// prove states the argument. committed holds the cells of the witness columns, of
// which queries are made.
func (l *lookups) prove(api frontend.API, committed []frontend.Variable) error {
	for _, m := range l.counts {
		committed = append(committed, m...)
	}
	if len(committed) == 0 {
		return errors.New("a circuit without witness elements")
	}
	committer, ok := api.Compiler().(frontend.Committer)
	if !ok {
		return fmt.Errorf("%T cannot commit", api.Compiler())
	}
	challenge, err := committer.Commit(committed...)
	if err != nil {
		return err
	}
	alpha, gamma, err := expand(api, challenge)
	if err != nil {
		return err
	}
	for t := range l.tables {
		l.balance(api, &l.tables[t], l.counts[t], l.queries[t], alpha, gamma)
	}
	return nil
}

// expand derives two independent challenges from one.
func expand(api frontend.API, challenge frontend.Variable) (alpha, gamma frontend.Variable, err error) {
	p, err := poseidon2.NewPoseidon2FromParameters(api, 3, 8, 56)
	if err != nil {
		return nil, nil, err
	}
	state := []frontend.Variable{challenge, 0, lookupDomain}
	if err := p.Permutation(state); err != nil {
		return nil, nil, err
	}
	return state[0], state[1], nil
}

// lookupDomain separates this use of the permutation.
const lookupDomain = 0x6c6f6f6b7570 // "lookup"

// balance states the identity of one table.
func (l *lookups) balance(api frontend.API, t *relation.Table, counts []frontend.Variable, queries [][]frontend.Variable, alpha, gamma frontend.Variable) {
	if len(queries) == 0 {
		for _, m := range counts {
			api.AssertIsEqual(m, 0) // no query: nothing to count
		}
		return
	}
	sum := []frontend.Variable{0, 0}
	for _, q := range queries {
		f := q[0]
		if len(q) == 2 {
			f = api.Add(f, api.Mul(gamma, q[1]))
		}
		sum = append(sum, api.Inverse(api.Sub(alpha, f)))
	}
	for i := range t.Len() {
		row := frontend.Variable(t.Columns[0][i])
		if len(t.Columns) == 2 {
			row = api.Add(row, api.Mul(gamma, t.Columns[1][i]))
		}
		// α − tᵢ is 0 with probability #rows/r only, over the choice of α.
		sum = append(sum, api.Neg(api.DivUnchecked(counts[i], api.Sub(alpha, row))))
	}
	api.AssertIsEqual(api.Add(sum[0], sum[1], sum[2:]...), 0)
}
