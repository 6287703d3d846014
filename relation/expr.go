// SPDX-License-Identifier: Apache-2.0

package relation

import "github.com/zkml-go/zkml/tensor"

// An Expr is a polynomial over columns at the current index of a relation's
// domain: a Cell, an Int, a Sum or a Product.
type Expr interface{ isExpr() }

// A Cell is the element of Column at the current index, re-indexed by View if
// it is not nil; where the view has no source the cell is the constant Fill.
type Cell struct {
	Column ColumnID
	View   *tensor.View
	Fill   int64
}

// An Int is a constant.
type Int int64

// A Sum is a linear combination.
type Sum []Scaled

// A Scaled is Coef·Expr.
type Scaled struct {
	Coef int64
	Expr Expr
}

// A Product is the product of its factors.
type Product []Expr

func (Cell) isExpr()    {}
func (Int) isExpr()     {}
func (Sum) isExpr()     {}
func (Product) isExpr() {}

// Degree returns the degree of e in the cells of columns that are not Const.
func (s *System) Degree(e Expr) int {
	switch e := e.(type) {
	case Cell:
		if s.Columns[e.Column].Kind == Const {
			return 0
		}
		return 1
	case Sum:
		d := 0
		for _, t := range e {
			d = max(d, s.Degree(t.Expr))
		}
		return d
	case Product:
		d := 0
		for _, f := range e {
			d += s.Degree(f)
		}
		return d
	}
	return 0
}

// Cells calls visit with every cell of e, in order.
func Cells(e Expr, visit func(Cell)) {
	switch e := e.(type) {
	case Cell:
		visit(e)
	case Sum:
		for _, t := range e {
			Cells(t.Expr, visit)
		}
	case Product:
		for _, f := range e {
			Cells(f, visit)
		}
	}
}

// column is the cell of a program value at the current index.
func column[I ~int](id I) Cell { return Cell{Column: ColumnID(id)} }
