// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/weight"
)

// An Opening is the last sumcheck, over the index of a column:
//
//	∑_x ∑_claims w(x_lo)·[x_hi = Block]·f(x)
//
// where f is the column of the claim's block, x_lo are the variables of the block, and
// x_hi, the others, say where it lies.
type Opening[T any] struct {
	Claims []OpeningClaim[T]
}

// An OpeningClaim is a functional on a block.
type OpeningClaim[T any] struct {
	Block   *Block
	Weights weight.Weights[T]
}

// OpeningDegree is the degree of the summand in each variable.
const OpeningDegree = 2

// open reduces the functionals on committed tensors to the columns at one point.
func (w *flow[T]) open() (*Result[T], error) {
	f := w.f
	o := &Opening[T]{}
	for i := range w.Layout.Blocks {
		b := &w.Layout.Blocks[i]
		for _, v := range w.committed[b.Tensor] {
			if v, ok := w.space.Cut(v, b.From, b.Shape); ok {
				o.Claims = append(o.Claims, OpeningClaim[T]{b, v})
			}
		}
	}
	point, value, err := w.party.OpeningRounds(o, w.target)
	if err != nil {
		return nil, err
	}
	columns, err := w.party.Columns(point)
	if err != nil {
		return nil, err
	}
	w.t.Absorb("columns", columns...)
	rho := w.t.Challenge("columns")

	// columns begins with the mask and ends with the model. Claims of the same factors
	// on one column are told apart by their coefficients and by the variables above their
	// blocks.
	type key struct {
		factors *weight.Product[T]
		column  int
	}
	coefs := map[key]T{}
	var keys []key
	for _, c := range o.Claims {
		b := c.Block
		k := key{w.space.Product(c.Weights), w.Layout.Index(b.Column)}
		coef := f.Mul(c.Weights.Coef, w.space.EqIndex(point[b.Vars:], b.Offset>>b.Vars))
		if sum, ok := coefs[k]; ok {
			coef = f.Add(sum, coef)
		} else {
			keys = append(keys, k)
		}
		coefs[k] = coef
	}
	values := map[*weight.Product[T]]T{}
	var products []*weight.Product[T]
	for _, k := range keys {
		v := f.Mul(coefs[k], columns[k.column])
		if sum, ok := values[k.factors]; ok {
			v = f.Add(sum, v)
		} else {
			products = append(products, k.factors)
		}
		values[k.factors] = v
	}
	var terms []T
	for _, p := range products {
		terms = append(terms, f.Mul(p.Eval(point), values[p]))
	}
	f.AssertEqual(value, f.Sum(terms), "the columns at the point of the opening")
	return &Result[T]{Point: point, Rho: rho, Value: arith.Horner(f, columns, rho)}, nil
}

// Index returns the place of a column in the order of the opening: the mask, the
// columns of the proof, those of the model.
func (l *Layout) Index(column int) int {
	if column < l.Model {
		return 1 + l.Witness + column
	}
	return 1 + column - l.Model
}

// NumColumns returns the number of columns that are opened, the mask included.
func (l *Layout) NumColumns() int { return 1 + l.Witness + l.Model }
