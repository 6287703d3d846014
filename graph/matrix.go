// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"github.com/zkml-go/zkml/internal/parallel"
	"github.com/zkml-go/zkml/tensor"
)

// The part of a matrix product that is computed at once. More sums than these
// eight would not stay in registers.
const (
	panelRows = 2
	panelCols = 4
	// parallelProducts is how many products are worth a thread of their own.
	parallelProducts = 1 << 20
)

// multiply computes batches of matrix products of at least one panel each.
// Operands are copied to panels first, in the order in which they are read: what
// a convolution reads of its windows lies far apart. The sum of an element is
// taken in one order, whatever the number of threads.
func multiply(m tensor.Matrices, x, y, out []float64) {
	sums, rows, cols := m.Sum.Len(), m.Rows.Len(), m.Cols.Len()
	packed := make([][panelCols]float64, sums*((cols+panelCols-1)/panelCols))
	panels := (rows + panelRows - 1) / panelRows
	threads := min(parallel.Workers(), panels, max(1, rows*cols*sums/parallelProducts))
	for batch := range m.Batch.Len() {
		a, b, o := x[m.Batch.A[batch]:], y[m.Batch.B[batch]:], out[m.Batch.Out[batch]:]
		for col := range cols {
			panel := packed[col/panelCols*sums:][:sums]
			for k, at := range m.Sum.B {
				panel[k][col%panelCols] = b[m.Cols.B[col]+at]
			}
		}
		parallel.For(threads, threads, func(_, t int) {
			multiplyRows(m, a, packed, o, t*panels/threads, (t+1)*panels/threads)
		})
	}
}

// multiplyRows computes the row panels from up to to of one product.
func multiplyRows(m tensor.Matrices, a []float64, packed [][panelCols]float64, out []float64, from, to int) {
	sums, rows, cols := m.Sum.Len(), m.Rows.Len(), m.Cols.Len()
	row := make([][panelRows]float64, sums)
	for p := from; p < to; p++ {
		first := p * panelRows
		count := min(panelRows, rows-first)
		for i := range count {
			for k, at := range m.Sum.A {
				row[k][i] = a[m.Rows.A[first+i]+at]
			}
		}
		for col := 0; col < cols; col += panelCols {
			block := panelProduct(row, packed[col/panelCols*sums:][:sums])
			for i := range count {
				for j := range min(panelCols, cols-col) {
					out[m.Rows.Out[first+i]+m.Cols.Out[col+j]] = block[i][j]
				}
			}
		}
	}
}

// panelProduct multiplies a panel of rows with one of columns. For the
// conversions see dot.
func panelProduct(x [][panelRows]float64, y [][panelCols]float64) (c [panelRows][panelCols]float64) {
	var c00, c01, c02, c03, c10, c11, c12, c13 float64
	y = y[:len(x)]
	for k := range x {
		a, b := &x[k], &y[k]
		a0, a1 := a[0], a[1]
		c00 += float64(a0 * b[0])
		c10 += float64(a1 * b[0])
		c01 += float64(a0 * b[1])
		c11 += float64(a1 * b[1])
		c02 += float64(a0 * b[2])
		c12 += float64(a1 * b[2])
		c03 += float64(a0 * b[3])
		c13 += float64(a1 * b[3])
	}
	return [panelRows][panelCols]float64{{c00, c01, c02, c03}, {c10, c11, c12, c13}}
}
