// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// invertDivisors turns x / k into x · (1/k) for a constant k without zeros.
func invertDivisors(r *rewriter) {
	for id := range r.nodes {
		n := r.nodes[id]
		if n.Op.Kind() != "divide" {
			continue
		}
		k := r.constant(n.Args[1])
		inverse := make([]float64, len(k))
		for i, x := range k {
			inverse[i] = 1 / x
		}
		if k == nil || !storable(inverse) {
			continue
		}
		args := []graph.ID{n.Args[0], r.store(n.Name, n.Shape, inverse)}
		r.nodes[id].Op, r.nodes[id].Args = graph.Contract{Contraction: tensor.Elementwise(n.Shape)}, args
	}
}

// foldProducts folds an elementwise product with a constant into the constants
// that made its other operand, if that has no other use.
func foldProducts(r *rewriter) {
	for id := range r.nodes {
		x, f := r.product(graph.ID(id))
		if f == nil {
			continue
		}
		if fold := r.absorb(x, f); fold != nil {
			fold()
			r.replace(graph.ID(id), x)
		}
	}
}

// foldCoefficients folds the coefficients of a sum into the constants that made
// its terms.
func foldCoefficients(r *rewriter) {
	for id := range r.nodes {
		op, ok := r.nodes[id].Op.(graph.Linear)
		if !ok || r.isConstant(graph.ID(id)) {
			continue
		}
		coefs := make([]float64, len(op.Coefs))
		for i, a := range r.nodes[id].Args {
			coefs[i] = op.Coefs[i]
			if coefs[i] == 1 || r.isConstant(a) {
				continue // constants are joined later
			}
			f := make([]float64, r.node(a).Shape.Size())
			for k := range f {
				f[k] = coefs[i]
			}
			if fold := r.absorb(a, f); fold != nil {
				fold()
				coefs[i] = 1
			}
		}
		r.nodes[id].Op = graph.Linear{Coefs: coefs, Bias: op.Bias}
	}
}

// product returns the operands of an elementwise product with a constant: the
// other operand and the factor of each of its elements, or nil.
func (r *rewriter) product(id graph.ID) (x graph.ID, f []float64) {
	op, ok := r.nodes[id].Op.(graph.Contract)
	if !ok {
		return 0, nil
	}
	c := op.Contraction
	x, k, labels, of := r.nodes[id].Args[0], r.nodes[id].Args[1], c.A, c.B
	if !r.isConstant(k) {
		x, k, labels, of = k, x, c.B, c.A
	}
	if !r.isConstant(k) || r.isConstant(x) || len(c.Out) != len(c.Extents) {
		return 0, nil
	}
	for i, l := range c.Out {
		if len(labels) != len(c.Out) || labels[i] != l {
			return 0, nil
		}
	}
	return x, along(c, of, r.constant(k), c.Out)
}

// absorb returns a change that multiplies node x elementwise by f at no cost at
// run time, by folding f into constants, or nil if there is none or x has other
// uses. Nothing is changed until the result is called.
func (r *rewriter) absorb(x graph.ID, f []float64) func() {
	x = r.at(x)
	if r.isConstant(x) {
		return nil // what needs constants multiplies them itself
	}
	if r.uses[x] != 1 {
		return nil
	}
	switch op := r.nodes[x].Op.(type) {
	case graph.Linear:
		return r.absorbSum(x, op, f)
	case graph.Contract:
		return r.absorbContraction(x, op.Contraction, f)
	case graph.View:
		if g := pullBack(op.View, f); g != nil {
			return r.absorb(r.nodes[x].Args[0], g)
		}
	case graph.Map:
		// relu(x)·f = relu(x·f) if f > 0.
		for _, k := range f {
			if op.Func.Name != "relu" || k <= 0 {
				return nil
			}
		}
		return r.absorb(r.nodes[x].Args[0], f)
	}
	return nil
}

// absorbSum multiplies each term and the bias.
func (r *rewriter) absorbSum(x graph.ID, op graph.Linear, f []float64) func() {
	n := r.nodes[x]
	sum := make([]float64, len(f)) // of the bias and the constant terms
	for i := range sum {
		sum[i] = op.Bias
	}
	kept := graph.Linear{}
	var args []graph.ID
	var folds []func()
	for i, a := range n.Args {
		if k := r.constant(a); k != nil {
			for j, y := range k {
				sum[j] += op.Coefs[i] * y
			}
			continue
		}
		fold := r.absorb(a, f)
		if fold == nil {
			return nil
		}
		folds = append(folds, fold)
		kept.Coefs, args = append(kept.Coefs, op.Coefs[i]), append(args, a)
	}
	for i := range sum {
		sum[i] *= f[i]
	}
	if len(args) == 0 || !storable(sum) {
		return nil
	}
	return func() {
		for _, fold := range folds {
			fold()
		}
		if u, ok := uniform(sum); ok {
			kept.Bias = u
		} else {
			kept.Coefs, args = append(kept.Coefs, 1), append(args, r.store(n.Name, n.Shape, sum))
		}
		r.nodes[x].Op, r.nodes[x].Args = kept, args
	}
}

// absorbContraction multiplies the weights, if f varies along their labels only.
// Where neither operand is constant one of them may absorb a single factor.
func (r *rewriter) absorbContraction(x graph.ID, c tensor.Contraction, f []float64) func() {
	for side, labels := range [][]int{c.A, c.B} {
		w := r.nodes[x].Args[side]
		data := r.constant(w)
		if data == nil {
			continue
		}
		g := restrict(c, f, labels)
		if g == nil {
			return nil
		}
		for i := range g {
			g[i] *= data[i]
		}
		if !storable(g) {
			return nil
		}
		n := *r.node(w)
		return func() {
			id := r.store(n.Name, n.Shape, g)
			r.nodes[x].Args[side] = id
		}
	}
	if u, ok := uniform(f); ok {
		for _, a := range r.nodes[x].Args {
			same := make([]float64, r.node(a).Shape.Size())
			for i := range same {
				same[i] = u
			}
			if fold := r.absorb(a, same); fold != nil {
				return fold
			}
		}
	}
	return nil
}
