// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"slices"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// A Level is a batch of summands over {0,1}^Rounds whose sum is one claim: products of
// the operands of contractions, and weighted sums of expressions. A summand in fewer
// variables is one in all of them that is 0 unless the others are.
type Level[T any] struct {
	Products []*Product[T]
	Sums     []*Sum[T]
	Rounds   int
	Degree   int
}

// A Product is the summand of a functional on the result of a contraction:
//
//	∑_x Coef·w(x)·A′(x)·B′(x)
//
// over the index x of the Bound labels, those that both operands have: A′ is the sum of
// the first operand over its other labels with weights FreeA, B′ likewise. The last
// bound label has the lowest bits of x.
type Product[T any] struct {
	Relation relation.Contract
	Coef     T
	Bound    []int
	Vars     int
	// Weights are the factors of w.
	Weights      []Factor[T]
	FreeA, FreeB []Factor[T]
}

// A Factor is weights over some labels of a contraction.
type Factor[T any] struct {
	Labels  []int
	Weights weight.Factor[T]
}

// A Sum is the summand Weights(x)·Expr(x), over the index x of Domain: that of a zero
// relation that is not linear, or of the words of a virtual tensor.
type Sum[T any] struct {
	Domain  tensor.Shape
	Expr    relation.Expr
	Weights weight.Weights[T]
	Vars    int
	// Atoms are the linear parts of the expression.
	Atoms []relation.Expr
}

func newSum[T any](domain tensor.Shape, e relation.Expr, w weight.Weights[T]) *Sum[T] {
	return &Sum[T]{Domain: domain, Expr: e, Weights: w, Vars: weight.Bits(domain), Atoms: atoms(e, nil)}
}

// NumValues returns the number of operands of all summands: two for a product, the
// atoms of a sum.
func (l *Level[T]) NumValues() int {
	n := 2 * len(l.Products)
	for _, s := range l.Sums {
		n += len(s.Atoms)
	}
	return n
}

// level proves the functionals on the results of the contractions that exactly at
// levels of others use, and sums.
func (w *flow[T]) level(at int, sums []*Sum[T]) error {
	l := &Level[T]{Sums: sums}
	for _, r := range w.System.Relations {
		c, ok := r.(relation.Contract)
		if !ok || w.levels[c.Out] != at {
			continue
		}
		for _, v := range w.virtual[c.Out] {
			l.Products = append(l.Products, newProduct(c, v, w.space))
		}
	}
	for _, p := range l.Products {
		l.Rounds = max(l.Rounds, p.Vars)
		l.Degree = max(l.Degree, 2+min(1, len(p.Weights)))
	}
	for _, s := range l.Sums {
		l.Rounds = max(l.Rounds, s.Vars)
		l.Degree = max(l.Degree, 1+Degree(s.Expr))
	}
	if len(l.Products)+len(l.Sums) == 0 {
		return nil
	}
	f := w.f
	sum, err := w.party.LevelSum(l)
	if err != nil {
		return err
	}
	w.t.Absorb("level sum", sum)
	w.target = f.Sub(w.target, sum)
	point, value, err := w.party.LevelRounds(l, sum)
	if err != nil {
		return err
	}
	values, err := w.party.LevelValues(l, point)
	if err != nil {
		return err
	}
	w.t.Absorb("level values", values...)
	xi := w.t.Challenge("level claims")

	// outside[k] is ∏ (1 − xᵢ) over the variables from k on, which summands of k variables
	// do not have.
	outside := make([]T, len(point)+1)
	outside[len(point)] = arith.Int(f, 1)
	for k := len(point) - 1; k >= 0; k-- {
		outside[k] = f.Mul(outside[k+1], arith.OneMinus(f, point[k]))
	}
	// The summands at the point, from the values of their operands, which become
	// claims of their own.
	var terms []T
	power := xi
	claim := func() T {
		c := power
		w.target = f.Add(w.target, f.Mul(c, values[0]))
		values = values[1:]
		power = f.Mul(power, xi)
		return c
	}
	for _, p := range l.Products {
		term := f.Mul(f.Mul(p.Coef, values[0]), values[1])
		for _, x := range p.Weights {
			term = f.Mul(term, x.Weights.Eval(p.pointOf(x.Labels, point)))
		}
		terms = append(terms, f.Mul(term, outside[p.Vars]))
		c := p.Relation.Contraction
		bound := p.boundFactors(w.space, point)
		for _, o := range []struct {
			id   relation.ColumnID
			axes []int
			free []Factor[T]
		}{{p.Relation.A, c.A, p.FreeA}, {p.Relation.B, c.B, p.FreeB}} {
			var fs []Factor[T]
			for _, x := range slices.Concat(o.free, bound) {
				if slices.Contains(o.axes, x.Labels[0]) {
					fs = append(fs, x)
				}
			}
			v := arrange(w.space, c.Extents, fs, o.axes)
			v.Coef = f.Mul(v.Coef, claim())
			w.column(o.id, v)
		}
	}
	for _, s := range l.Sums {
		p := point[:s.Vars]
		e := Combine(f, s.Expr, values[:len(s.Atoms)])
		terms = append(terms, f.Mul(f.Mul(w.space.Eval(s.Weights, p), e), outside[s.Vars]))
		for _, a := range s.Atoms {
			v := w.space.At(p, s.Domain)
			v.Coef = claim()
			w.expr(v, a)
		}
	}
	f.AssertEqual(value, f.Sum(terms), "the summands of a level at its point")
	return nil
}

// newProduct returns the summand of ⟨v, r.Out⟩.
func newProduct[T any](r relation.Contract, v weight.Weights[T], s *weight.Space[T]) *Product[T] {
	c := r.Contraction
	v = s.Regroup(v, c.OutShape())
	p := &Product[T]{Relation: r, Coef: v.Coef}
	inA, inB, covered := make([]bool, len(c.Extents)), make([]bool, len(c.Extents)), make([]bool, len(c.Extents))
	for _, l := range c.A {
		inA[l] = true
	}
	for _, l := range c.B {
		inB[l] = true
	}
	bound := make([]bool, len(c.Extents))
	for l := range bound {
		bound[l] = inA[l] && inB[l]
	}
	// A factor over several labels is free if one operand has them all and nobody else
	// has any; otherwise all its labels are bound.
	at := 0
	for _, f := range v.Factors {
		labels := c.Out[at : at+len(f.Extents())]
		at += len(labels)
		var a, b bool
		for _, l := range labels {
			covered[l] = true
			a, b = a || inA[l], b || inB[l]
		}
		switch x := (Factor[T]{labels, f}); {
		case a && !b:
			p.FreeA = append(p.FreeA, x)
		case b && !a:
			p.FreeB = append(p.FreeB, x)
		default:
			p.Weights = append(p.Weights, x)
			for _, l := range labels {
				bound[l] = true
			}
		}
	}
	for l, n := range c.Extents {
		switch {
		case bound[l]:
			p.Bound = append(p.Bound, l)
			p.Vars += mle.Bits(n)
		case covered[l]:
		case inA[l]:
			p.FreeA = append(p.FreeA, Factor[T]{[]int{l}, s.Ones([]int{n}).Factors[0]})
		default:
			p.FreeB = append(p.FreeB, Factor[T]{[]int{l}, s.Ones([]int{n}).Factors[0]})
		}
	}
	return p
}

// pointOf returns the variables of labels at a point, the last label's first.
func (p *Product[T]) pointOf(labels []int, point []T) []T {
	var out []T
	for k := len(labels) - 1; k >= 0; k-- {
		at := 0
		for i := len(p.Bound) - 1; i >= 0; i-- {
			bits := mle.Bits(p.Relation.Contraction.Extents[p.Bound[i]])
			if p.Bound[i] == labels[k] {
				piece := point[at : at+bits : at+bits]
				if out == nil {
					out = piece
				} else {
					out = append(out, piece...)
				}
			}
			at += bits
		}
	}
	return out
}

// boundFactors returns eq at the point for every bound label.
func (p *Product[T]) boundFactors(s *weight.Space[T], point []T) []Factor[T] {
	var out []Factor[T]
	for _, l := range p.Bound {
		out = append(out, Factor[T]{[]int{l}, s.Eq(p.pointOf([]int{l}, point), p.Relation.Contraction.Extents[l])})
	}
	return out
}
