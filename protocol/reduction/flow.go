// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"fmt"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
)

// A Party supplies the prover's messages: a prover computes them, a verifier reads
// them. Values are as the prover says; Run asserts what must hold of them. Messages of
// sumchecks are absorbed by the Party, all others by Run.
type Party[T any] interface {
	// Fractions runs the tree of fractions for the challenges α and β. It returns
	// the point and the numerator and denominator there.
	Fractions(alpha, beta T) (z []T, p, q T, err error)
	// LevelSum returns the sum of all summands of l.
	LevelSum(l *Level[T]) (T, error)
	// LevelRounds runs the sumcheck of l.
	LevelRounds(l *Level[T], sum T) (point []T, value T, err error)
	// LevelValues returns what the operands of the summands are at point, in the order
	// of l.Operands.
	LevelValues(l *Level[T], point []T) ([]T, error)
	// OpeningRounds runs the sumcheck of o.
	OpeningRounds(o *Opening[T], sum T) (point []T, value T, err error)
	// Columns returns the values of all columns at point: the mask, those of the proof,
	// those of the model.
	Columns(point []T) ([]T, error)
}

// A Statement is what is claimed of the program's inputs and outputs.
type Statement[T any] struct {
	// Evaluate returns E, the polynomial of the statement's words at z.
	Evaluate func(z T) T
	// Commitments are those of the committed tensors, and Committed the words that those
	// which are hashes are commitments to, both in the order of the statement. That they
	// are is the caller's to check. Run absorbs the commitments, which fixes the words
	// before any challenge: in a wrap they are the prover's, and the seed knows only those
	// that the statement claims. The others are commitments to columns, which the seed
	// fixes: nothing is left to be shown here, and that they are is the caller's to check.
	Commitments []T
	Committed   [][]T
}

// A Result is the evaluation that is left to be proved.
type Result[T any] struct {
	// Point is where the columns are evaluated, Rho combines them: Value is the sum of
	// ρᵏ·fₖ(Point) over the mask, the columns of the proof and those of the model.
	Point      []T
	Rho, Value T
}

// flow is one run.
type flow[T any] struct {
	*Plan
	f     arith.Field[T]
	space *weight.Space[T]
	t     *transcript.Transcript[T]
	party Party[T]

	// target is what the sum of all functionals must be.
	target T
	// virtual are the functionals on columns of the system, committed those on
	// committed tensors.
	virtual   [][]weight.Weights[T]
	committed [][]weight.Weights[T]
	// z is the point of the memberships; zeros hold there, too.
	z     []T
	theta T
	power T // of theta: the coefficient of the next claim
}

// Run runs the reduction. t has absorbed what commits to all columns and to the claimed
// statement. A field that remembers failed assertions must be asked for them.
func Run[T any](p *Plan, f arith.Field[T], t *transcript.Transcript[T], statement Statement[T], party Party[T]) (*Result[T], error) {
	w := &flow[T]{Plan: p, f: f, space: weight.NewSpace(f), t: t, party: party,
		target:    arith.Int(f, 0),
		virtual:   make([][]weight.Weights[T], len(p.System.Columns)),
		committed: make([][]weight.Weights[T], len(p.Tensors)),
	}
	if len(statement.Commitments) > 0 {
		t.Absorb("commitments", statement.Commitments...)
	}
	if err := w.fractions(); err != nil {
		return nil, err
	}
	words, err := w.words(statement)
	if err != nil {
		return nil, err
	}
	sums := append(w.zeroRelations(), words...)
	depth := p.Depth()
	for at := 0; ; at++ {
		if err := w.move(at); err != nil {
			return nil, err
		}
		if at > 0 {
			sums = nil
		}
		if err := w.level(at, sums); err != nil {
			return nil, err
		}
		if at == depth {
			break
		}
	}
	return w.open()
}

// next returns the coefficient of the next claim: a power of θ.
func (w *flow[T]) next() T {
	c := w.power
	w.power = w.f.Mul(w.power, w.theta)
	return c
}

// fractions runs the tree and states what its two values are.
func (w *flow[T]) fractions() error {
	c := w.t.Challenges("fingerprint", 2)
	alpha, beta := c[0], c[1]
	z, p, q, err := w.party.Fractions(alpha, beta)
	if err != nil {
		return err
	}
	w.z = z
	// Zero relations over domains of more elements than the tree has leaves need a
	// longer point.
	vars := 0
	for _, i := range w.zeros {
		vars = max(vars, weight.Bits(w.System.Relations[i].(relation.Zero).Domain))
	}
	if more := vars - len(z); more > 0 {
		w.z = append(z[:len(z):len(z)], w.t.Challenges("point", more)...)
	}
	w.theta = w.t.Challenge("claims")
	w.power = w.theta

	f := w.f
	one := arith.Int(f, 1)
	forQ := w.next()
	// p(z) = ∑_tables eq·⟨eq, m⟩ − ∑_queries eq·⟨eq, 1⟩
	// q(z) = 1 + ∑_R eq·⟨eq, α − 1 − φ_R⟩
	w.target = f.Add(p, f.Mul(forQ, f.Sub(q, one)))
	minusQ := f.Sub(arith.Int(f, 0), forQ)
	// Sums of eq over regions, over the queries, and over the leaves of every table.
	queries := arith.Int(f, 0)
	leaves := make([]T, len(w.System.Tables))
	for i := range leaves {
		leaves[i] = arith.Int(f, 0)
	}
	for i := range w.Tree.Regions {
		r := &w.Tree.Regions[i]
		at := w.regionAt(r, z)
		sum := w.space.Sum(at)
		leaves[r.Table] = f.Add(leaves[r.Table], sum)
		if r.Member >= 0 {
			queries = f.Add(queries, sum)
		} else {
			w.add(&w.committed[w.multiplicities[r.Table]], at)
		}
		weights := w.space.Times(minusQ, at)
		if r.Member < 0 {
			for k := range w.System.Tables[r.Table].Columns {
				w.tableColumn(r.Table, k, weights)
				weights = w.space.Times(beta, weights)
			}
			continue
		}
		for k, e := range w.System.Relations[r.Member].(relation.Member).Tuple {
			if k > 0 {
				weights = w.space.Times(beta, weights)
			}
			w.expr(weights, e)
		}
	}
	w.target = f.Add(w.target, queries)
	// α − 1 − β²·table is the same at every leaf of a table's regions.
	constants := arith.Int(f, 0)
	beta2 := f.Mul(beta, beta)
	for t, sum := range leaves {
		constant := f.Sub(f.Sub(alpha, one), arith.Scale(f, int64(t)+1, beta2))
		constants = f.Add(constants, f.Mul(constant, sum))
	}
	w.target = f.Sub(w.target, f.Mul(forQ, constants))
	return nil
}

// words states that the polynomial of the statement's words is that of the program's
// tensors: at once, or, for those that the plan says, as a summand of the first level.
func (w *flow[T]) words(s Statement[T]) ([]*Sum[T], error) {
	f := w.f
	z := w.t.Challenge("words")
	c := w.next()
	value := s.Evaluate(z)
	layout, err := w.statement()
	if err != nil {
		return nil, err
	}
	if hashed := layout.commitments - len(w.Layout.Own); len(s.Commitments) != layout.commitments || len(s.Committed) != hashed {
		return nil, fmt.Errorf("%d commitments and words of %d tensors, want %d and %d", len(s.Commitments), len(s.Committed), layout.commitments, hashed)
	}
	hashed := s.Committed
	value = f.Sub(value, f.Const(layout.lengths))
	for k, h := range s.Commitments {
		value = f.Sub(value, f.Mul(arith.Pow(f, z, layout.firstCommitment+k), h))
	}
	w.target = f.Add(w.target, f.Mul(c, value))
	var out []*Sum[T]
	for _, t := range layout.tensors {
		if t.own {
			continue
		}
		shape := w.System.Columns[t.column].Shape
		weights := w.space.Words(shape, z, t.bytes, layout.chunk)
		coef := f.Mul(c, arith.Pow(f, z, t.word))
		if t.commitment >= 0 {
			// The words of a committed tensor are the prover's, fixed by its
			// commitment before z is drawn.
			coef = w.next()
			words := hashed[0]
			hashed = hashed[1:]
			if len(words) != t.numWords {
				return nil, fmt.Errorf("%d words of a committed tensor, want %d", len(words), t.numWords)
			}
			w.target = f.Add(w.target, f.Mul(coef, arith.Horner(f, words, z)))
		}
		weights.Coef = f.Mul(weights.Coef, coef)
		w.expr(weights, relation.Int(t.offset))
		if cell := (relation.Cell{Column: t.column}); w.spelled[t.column] {
			out = append(out, newSum(shape, cell, weights))
		} else {
			w.expr(weights, cell)
		}
	}
	return out, nil
}

// zeroRelations states the zero relations without a pivot: linear ones at once, the
// others as summands of the first level.
func (w *flow[T]) zeroRelations() []*Sum[T] {
	var out []*Sum[T]
	for _, i := range w.zeros {
		r := w.System.Relations[i].(relation.Zero)
		at := w.space.At(w.z[:weight.Bits(r.Domain)], r.Domain)
		at.Coef = w.next()
		if Degree(r.Expr) <= 1 {
			w.expr(at, r.Expr)
			continue
		}
		out = append(out, newSum(r.Domain, r.Expr, at))
	}
	return out
}
