// SPDX-License-Identifier: Apache-2.0

package relation

import "github.com/zkml-go/zkml/tensor"

// bind returns a function that evaluates e at an index of its domain. Index
// tables are made once, not per index.
func (w *walk[T]) bind(e Expr) func(i int) cell[T] { return w.compile(e, nil) }

// bindWithout is bind with the cell pivot read as 0.
func (w *walk[T]) bindWithout(e Expr, pivot Cell) func(i int) cell[T] {
	return w.compile(e, &pivot)
}

func (w *walk[T]) compile(e Expr, pivot *Cell) func(i int) cell[T] {
	switch e := e.(type) {
	case Int:
		return func(int) cell[T] { return cell[T]{known: true, c: int64(e)} }
	case Cell:
		return w.compileCell(e, pivot)
	case Sum:
		parts := make([]func(int) cell[T], len(e))
		for k, t := range e {
			parts[k] = w.compile(t.Expr, pivot)
		}
		sum := make([]scaledCell[T], len(e))
		return func(i int) cell[T] {
			for k := range parts {
				sum[k] = scaledCell[T]{e[k].Coef, parts[k](i)}
			}
			return w.combine(sum)
		}
	case Product:
		parts := make([]func(int) cell[T], len(e))
		for k, f := range e {
			parts[k] = w.compile(f, pivot)
		}
		return func(i int) cell[T] {
			out := cell[T]{known: true, c: 1}
			for _, at := range parts {
				out = w.times(out, at(i))
			}
			return out
		}
	}
	panic("zkml: internal error: unknown expression")
}

func (w *walk[T]) compileCell(e Cell, pivot *Cell) func(i int) cell[T] {
	if pivot != nil && e == *pivot {
		return func(int) cell[T] { return cell[T]{known: true} }
	}
	col := w.cols[e.Column]
	if e.View == nil {
		return func(i int) cell[T] { return col[i] }
	}
	table := e.View.Table()
	return func(i int) cell[T] {
		if table[i] == tensor.Padding {
			return cell[T]{known: true, c: e.Fill}
		}
		return col[table[i]]
	}
}

func (w *walk[T]) times(a, b cell[T]) cell[T] {
	switch {
	case a.known:
		return w.combine([]scaledCell[T]{{a.c, b}})
	case b.known:
		return w.combine([]scaledCell[T]{{b.c, a}})
	}
	return cell[T]{x: w.in.Mul(a.x, b.x)}
}
