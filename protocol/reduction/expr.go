// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/relation"
)

// Degree returns the degree of e in all its cells, constants included.
func Degree(e relation.Expr) int {
	switch e := e.(type) {
	case relation.Cell:
		return 1
	case relation.Sum:
		d := 0
		for _, t := range e {
			d = max(d, Degree(t.Expr))
		}
		return d
	case relation.Product:
		d := 0
		for _, f := range e {
			d += Degree(f)
		}
		return d
	}
	return 0
}

// integer returns the value of an expression without cells.
func integer(e relation.Expr) int64 {
	switch e := e.(type) {
	case relation.Int:
		return int64(e)
	case relation.Sum:
		sum := int64(0)
		for _, t := range e {
			sum += t.Coef * integer(t.Expr)
		}
		return sum
	case relation.Product:
		product := int64(1)
		for _, f := range e {
			product *= integer(f)
		}
		return product
	}
	panic("zkml: internal error: a cell in a constant")
}

// atoms appends the largest subexpressions of e of degree at most one, in order.
func atoms(e relation.Expr, to []relation.Expr) []relation.Expr {
	if Degree(e) <= 1 {
		return append(to, e)
	}
	switch e := e.(type) {
	case relation.Sum:
		for _, t := range e {
			to = atoms(t.Expr, to)
		}
	case relation.Product:
		for _, f := range e {
			to = atoms(f, to)
		}
	}
	return to
}

// Combine evaluates e from the values of its atoms, in order.
func Combine[T any](f arith.Field[T], e relation.Expr, values []T) T {
	v, _ := combine(f, e, values)
	return v
}

func combine[T any](f arith.Field[T], e relation.Expr, values []T) (T, []T) {
	if Degree(e) <= 1 {
		return values[0], values[1:]
	}
	var out, v T
	switch e := e.(type) {
	case relation.Sum:
		out = arith.Int(f, 0)
		for _, t := range e {
			v, values = combine(f, t.Expr, values)
			out = f.Add(out, arith.Scale(f, t.Coef, v))
		}
	case relation.Product:
		out = arith.Int(f, 1)
		for _, factor := range e {
			v, values = combine(f, factor, values)
			out = f.Mul(out, v)
		}
	}
	return out, values
}
