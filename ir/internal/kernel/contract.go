// SPDX-License-Identifier: Apache-2.0

package kernel

import "github.com/zkml-go/zkml/tensor"

// A Contraction sums the products of two operands over the inner labels of a nest.
type Contraction struct {
	nest   tensor.Nest
	size   int   // of the result
	outer  []int // labels of the result
	inner  []int // labels summed over
	method method
	// Of the matrix method: labels of which both operands depend, labels of rows
	// and columns, which operand has the rows, and how rows share words.
	batch, rows, cols []int
	rowOperand        int
	lanes, bits       int
	stride            []int // of each outer label, in the result
}

// A method is a way to order the loops of a contraction or a reduction.
type method int

const (
	sweep  method = iota // along the result, for one product of each sum after another
	dots                 // along each sum
	matrix               // blocks of rows by columns
)

// String names m, for tests and profiles.
func (m method) String() string { return [...]string{"sweep", "dots", "matrix"}[m] }

// Method returns how c orders its loops: "sweep", "dots" or "matrix".
func (c *Contraction) Method() string { return c.method.String() }

// NewContraction prepares n, which has two operands and Fits, for results in
// [lo, hi].
func NewContraction(n tensor.Nest, lo, hi int64) *Contraction {
	n = n.Simplify()
	c := &Contraction{nest: n, outer: between(0, n.Outer), inner: between(n.Outer, len(n.Extents))}
	c.size = span(&n, c.outer)
	c.method = along(&n)
	c.stride = tensor.Shape(n.Extents[:n.Outer]).Strides()
	c.lanes, c.bits = lanes(lo, hi)
	if c.classify() && span(&n, c.rows) >= 2 && span(&n, c.cols) >= width && span(&n, c.inner) >= 8 {
		c.method = matrix
	}
	return c
}

// classify sorts the outer labels by the operands that depend on them and reports
// whether the last one belongs to one operand, which then has the columns.
func (c *Contraction) classify() bool {
	var own [2][]int
	for _, l := range c.outer {
		a, b := depends(&c.nest.Reads[0], l), depends(&c.nest.Reads[1], l)
		switch {
		case a && !b:
			own[0] = append(own[0], l)
		case b && !a:
			own[1] = append(own[1], l)
		default:
			c.batch = append(c.batch, l)
		}
	}
	last := lastOf(c.outer)
	c.rowOperand = 0
	if lastOf(own[0]) == last {
		c.rowOperand = 1
	}
	c.rows, c.cols = own[c.rowOperand], own[1-c.rowOperand]
	return last >= 0 && lastOf(c.cols) == last
}

func depends(a *tensor.Access, l int) bool {
	if a.Strides[l] != 0 {
		return true
	}
	for _, g := range a.Guards {
		if g.Coefs[l] != 0 {
			return true
		}
	}
	return false
}

// along chooses between the methods without blocks: long rows of close elements
// are best.
func along(n *tensor.Nest) method {
	if n.Outer == len(n.Extents) {
		return sweep
	}
	if n.Outer == 0 || cost(n, len(n.Extents)-1) < cost(n, n.Outer-1) {
		return dots
	}
	return sweep
}

// cost estimates the time to read an element along a label, in the time for one of
// a long contiguous row.
func cost(n *tensor.Nest, label int) float64 {
	t := 12 / float64(n.Extents[label])
	for i := range n.Reads {
		t += strideCost(n.Reads[i].Strides[label])
	}
	return t
}

func strideCost(stride int) float64 {
	switch {
	case stride == 0 || stride == 1:
		return 1
	case -8 < stride && stride < 8:
		return 1.5
	}
	return 4
}

// Run computes the contraction of a and b.
func (c *Contraction) Run(m *Machine, a, b Operand, emit Emit) {
	r := [2]*reader{newReader(&c.nest, 0, a), newReader(&c.nest, 1, b)}
	switch c.method {
	case matrix:
		c.runMatrix(m, r[c.rowOperand], r[1-c.rowOperand], emit)
	case dots:
		c.runDots(m, r[0], r[1], emit)
	default:
		c.runSweep(m, r[0], r[1], emit)
	}
}
