// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"fmt"
	"math/bits"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// maxBits is such that two integers below 2^maxBits in magnitude that are equal modulo r
// are equal.
const maxBits = 252

const unknown = -1

// bounds holds b with |x| < 2^b for every element x of each column. They follow from the
// ranges of constants and the relations alone: intervals of the compiler, which used the
// elements of constants, are not trusted.
type bounds struct {
	*relation.System
	bits []int
}

// checkBounds reports an error unless every expression of the relations is an integer
// below 2^maxBits, whatever constants in their ranges are. Then what the relations say
// modulo r they say of integers.
func (p *Plan) checkBounds() error {
	b := &bounds{p.System, make([]int, len(p.System.Columns))}
	for id := range b.Columns {
		b.bits[id] = unknown
		if c := &b.Columns[id]; c.Kind == relation.Const {
			b.bits[id] = magnitude(c.Range)
		}
	}
	for again := true; again; {
		again = false
		for _, r := range b.Relations {
			again = b.learn(r) || again
		}
	}
	for id := range b.Columns {
		if n := b.bits[id]; n == unknown || n > maxBits {
			return fmt.Errorf("%s: nothing keeps its elements below 2^%d", b.Columns[id].Name, maxBits)
		}
	}
	for _, r := range b.Relations {
		var all []relation.Expr
		switch r := r.(type) {
		case relation.Zero:
			// A product is 0 modulo r if, and only if, a factor is.
			if factors, ok := r.Expr.(relation.Product); ok {
				all = factors
			} else {
				all = append(all, r.Expr)
			}
		case relation.Member:
			all = r.Tuple
		}
		for _, e := range all {
			if n := b.expr(e); n > maxBits {
				return p.refuse(r, fmt.Sprintf("an expression of up to %d bits may wrap around", n))
			}
		}
	}
	return nil
}

// learn takes a bound from r, and reports whether it did.
func (b *bounds) learn(r relation.Relation) bool {
	switch r := r.(type) {
	case relation.Contract:
		if b.bits[r.Out] != unknown || b.bits[r.A] == unknown || b.bits[r.B] == unknown {
			return false
		}
		terms := 1
		for _, l := range r.Contraction.Summed() {
			terms *= r.Contraction.Extents[l]
		}
		b.bits[r.Out] = b.bits[r.A] + b.bits[r.B] + bits.Len(uint(terms))
		return true
	case relation.Member:
		learned := false
		for k, e := range r.Tuple {
			learned = b.solve(e, magnitude(ir.RangeOf(b.Tables[r.Table].Columns[k]))) || learned
		}
		return learned
	case relation.Zero:
		if r.Pivot != nil && b.bits[r.Pivot.Column] == unknown && r.Pivot.View != nil {
			return b.assemble(r.Pivot.Column)
		}
		return b.solve(r.Expr, 0)
	}
	return false
}

// solve takes a bound on the one column of e that has none, where e is below 2^n.
func (b *bounds) solve(e relation.Expr, n int) bool {
	var missing relation.Cell
	coef, found := int64(0), 0
	b.linear(e, 1, func(c relation.Cell, k int64) {
		if b.bits[c.Column] == unknown {
			missing, coef, found = c, k, found+1
		}
	})
	if found != 1 || coef != 1 && coef != -1 || !covers(missing, b.Columns[missing.Column].Shape) {
		return false
	}
	b.bits[missing.Column] = 1 + max(n, b.expr(without(e, missing)))
	return true
}

// linear calls visit with the cells of e and their coefficients. Those in products, and
// those with a product of coefficients, have the coefficient 0.
func (b *bounds) linear(e relation.Expr, coef int64, visit func(relation.Cell, int64)) {
	switch e := e.(type) {
	case relation.Cell:
		visit(e, coef)
	case relation.Sum:
		for _, t := range e {
			k := coef * t.Coef
			if absolute(coef) != 1 && absolute(t.Coef) != 1 {
				k = 0 // it could be ±1 modulo 2⁶⁴ only
			}
			b.linear(t.Expr, k, visit)
		}
	case relation.Product:
		for _, f := range e {
			b.linear(f, 0, visit)
		}
	}
}

// covers reports whether c reads every element of its column.
func covers(c relation.Cell, shape tensor.Shape) bool {
	if c.View == nil {
		return true
	}
	read := make([]bool, shape.Size())
	left := len(read)
	for _, i := range c.View.Table() {
		if i != tensor.Padding && !read[i] {
			read[i] = true
			left--
		}
	}
	return left == 0
}

// assemble takes the bound of a column that several relations define in parts.
func (b *bounds) assemble(id relation.ColumnID) bool {
	n := 0
	for _, r := range b.Relations {
		z, ok := r.(relation.Zero)
		if !ok || z.Pivot == nil || z.Pivot.Column != id {
			continue
		}
		rest := without(z.Expr, *z.Pivot)
		known := true
		relation.Cells(rest, func(c relation.Cell) { known = known && b.bits[c.Column] != unknown })
		if !known {
			return false
		}
		n = max(n, b.expr(rest))
	}
	b.bits[id] = n
	return true
}

// expr returns n with |e| < 2^n. All columns of e have bounds.
func (b *bounds) expr(e relation.Expr) int {
	switch e := e.(type) {
	case relation.Int:
		return bits.Len64(absolute(int64(e)))
	case relation.Cell:
		return max(b.bits[e.Column], bits.Len64(absolute(e.Fill)))
	case relation.Sum:
		n := 0
		for _, t := range e {
			n = max(n, bits.Len64(absolute(t.Coef))+b.expr(t.Expr))
		}
		return n + bits.Len(uint(len(e)))
	case relation.Product:
		n := 0
		for _, f := range e {
			n += b.expr(f)
		}
		return n
	}
	panic("zkml: internal error: unknown expression")
}

func magnitude(r ir.Range) int { return bits.Len64(max(absolute(r.Lo), absolute(r.Hi))) }

func absolute(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}
