// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// sumSlack bounds the error that the alignment of one term may add to a sum:
// 2^−sumSlack steps of the activation that the sum becomes.
const sumSlack = 4

// A term is coef·v.
type term struct {
	v    value
	coef float64
}

// integer returns the coefficient of t in a sum of scale s, and a bound of the
// error of the term, over the reals.
func (c *compiler) integer(t term, s float64) (coef, wrong float64) {
	exact := t.coef * t.v.scale / s
	coef = math.Round(exact)
	if math.Abs(exact-coef) <= 1e-9*math.Abs(exact) { // the rounding of the arithmetic on scales
		return coef, 0
	}
	return coef, math.Abs(exact-coef) * c.size(t) * s
}

// size returns the largest magnitude of the integers of t.
func (c *compiler) size(t term) float64 {
	r := c.p.Nodes[t.v.id].Range
	return float64(max(-r.Lo, r.Hi))
}

// linear adds its terms at one scale. Terms of equal scale are added exactly;
// others get integer coefficients. A constant term is quantized at the scale of
// the sum.
func (c *compiler) linear(id graph.ID, n *graph.Node, op graph.Linear) (value, error) {
	terms, constants := c.terms(n, op)
	if len(terms) > 1 && c.signOnly(id) {
		c.sameRounding(n, op, terms)
	}
	if len(terms) == 1 && !constants && terms[0].coef > 0 {
		return value{id: terms[0].v.id, scale: terms[0].v.scale * terms[0].coef}, nil
	}
	if len(terms) == 1 && c.oneConstant(n, op) && c.compared(id) {
		return c.threshold(n, op, terms[0])
	}
	scale, target := c.sumScale(id, n, op, terms, constants)
	bias, err := quantize([]float64{op.Bias}, scale)
	if err != nil {
		return value{}, err
	}
	out := ir.Linear{Bias: bias[0]}
	var args []ir.ID
	for _, t := range terms {
		coef, wrong := c.integer(t, scale)
		if wrong > math.Ldexp(target, -sumSlack) {
			if t.v, err = c.rescale(t.v, scale/math.Abs(t.coef)); err != nil {
				return value{}, err
			}
			coef = math.Copysign(1, t.coef)
		}
		k, err := quantize([]float64{coef}, 1)
		if err != nil {
			return value{}, err
		}
		out.Coefs, args = append(out.Coefs, k[0]), append(args, t.v.id)
	}
	for i, a := range n.Args {
		if c.at[a].constant == nil || op.Coefs[i] == 0 {
			continue
		}
		k, err := c.constantAt(a, op.Coefs[i], scale)
		if err != nil {
			return value{}, err
		}
		out.Coefs, args = append(out.Coefs, 1), append(args, k)
	}
	x, err := c.add(out, args...)
	return value{id: x, scale: scale}, err
}

// terms lists the terms that depend on an input and reports whether there are
// others.
func (c *compiler) terms(n *graph.Node, op graph.Linear) (terms []term, constants bool) {
	constants = op.Bias != 0
	for i, a := range n.Args {
		v := c.at[a]
		switch {
		case op.Coefs[i] == 0:
		case v.constant != nil:
			constants = true
		default:
			terms = append(terms, term{v, op.Coefs[i]})
		}
	}
	return terms, constants
}

// constantSum evaluates a sum none of whose terms depends on an input.
func (c *compiler) constantSum(n *graph.Node, op graph.Linear) []float64 {
	out := make([]float64, n.Shape.Size())
	for i := range out {
		out[i] = op.Bias
	}
	for k, a := range n.Args {
		if op.Coefs[k] == 0 {
			continue
		}
		for i, x := range c.at[a].constant() {
			out[i] += op.Coefs[k] * x
		}
	}
	return out
}

// sumScale chooses the scale of a sum, and returns with it the step of the
// activation that the sum is taken to become. Where a rounding at scale d
// follows, the sum's scale is d/2ˢ, so that the rounding is a shift; else it is a
// power of two times the coarsest of the terms, fine enough that every
// coefficient and the constants come out right.
func (c *compiler) sumScale(id graph.ID, n *graph.Node, op graph.Linear, terms []term, constants bool) (scale, target float64) {
	coarsest, finest, largest := 0.0, math.Inf(1), 0.0
	for _, t := range terms {
		s := math.Abs(t.coef) * t.v.scale
		coarsest, finest, largest = max(coarsest, s), min(finest, s), max(largest, s*c.size(t))
	}
	d := c.demanded(id)
	target = d
	if d == 0 {
		target = c.activationScale(id)
		if c.cal.Spans[id].maxAbs() == 0 { // the terms canceled throughout calibration
			target = largest / math.Ldexp(1, c.bits[id])
		}
	}
	resolution := math.Ldexp(target, -sumSlack)
	if coarsest == finest && (!constants || finest <= resolution || c.multiples(n, op, finest)) {
		return finest, target
	}
	from, shift := coarsest, 0
	if d != 0 {
		from, shift = d, c.shift(id)
	}
	first := math.Ldexp(from, -shift)
	for ; shift <= maxShift; shift++ {
		if s := math.Ldexp(from, -shift); c.aligned(terms, s, resolution) && (!constants || s <= resolution) {
			return s, target
		}
	}
	return min(first, resolution), target
}

// aligned reports whether every term comes out right at scale s.
func (c *compiler) aligned(terms []term, s, resolution float64) bool {
	for _, t := range terms {
		if _, wrong := c.integer(t, s); wrong > resolution {
			return false
		}
	}
	return true
}

// constantAt adds coef times the constant a, quantized at scale. A broadcast
// constant stays a view of the small one.
func (c *compiler) constantAt(a graph.ID, coef, scale float64) (ir.ID, error) {
	return c.constantBy(quantize, a, coef, scale)
}

// constantBy is constantAt with a rule of rounding.
func (c *compiler) constantBy(round func(x []float64, scale float64) ([]int64, error), a graph.ID, coef, scale float64) (ir.ID, error) {
	n := &c.g.Nodes[a]
	if op, ok := n.Op.(graph.View); ok {
		fill, err := round([]float64{coef * op.Fill}, scale)
		if err != nil {
			return 0, err
		}
		x, err := c.constantBy(round, n.Args[0], coef, scale)
		if err != nil {
			return 0, err
		}
		return c.add(ir.View{View: op.View, Fill: fill[0]}, x)
	}
	q, err := round(c.at[a].constant(), scale/coef)
	if err != nil {
		return 0, err
	}
	return c.add(ir.NewConst(n.Shape, q))
}
