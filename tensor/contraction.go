// SPDX-License-Identifier: Apache-2.0

package tensor

import "fmt"

// A Contraction is the index geometry of an einsum of two operands: label l has
// extent Extents[l]; A, B and Out list the label of each axis of the operands
// and of the result. Labels that Out lacks are summed over:
//
//	out[o] = ∑_s a[A(o,s)] · b[B(o,s)]
//
// Every label occurs in A or in B and at most once in each list; every axis of
// an operand equals its label's extent. Matrix products, convolutions over
// window views, elementwise products and sums are contractions.
type Contraction struct {
	Extents []int `json:"extents"`
	A       []int `json:"a"`
	B       []int `json:"b"`
	Out     []int `json:"out"`
}

// Check reports an error if c is not a well-formed contraction of operands of
// shapes a and b.
func (c Contraction) Check(a, b Shape) error {
	if err := Shape(c.Extents).Check(); err != nil {
		return fmt.Errorf("contract: index space: %w", err)
	}
	used := make([]bool, len(c.Extents))
	side := func(name string, labels []int, s Shape) error {
		if len(labels) != len(s) {
			return fmt.Errorf("contract: operand %s has shape %v but %d labels", name, s, len(labels))
		}
		return c.labels(name, labels, func(i, l int) error {
			used[l] = true
			if s[i] != c.Extents[l] {
				return fmt.Errorf("contract: axis %d of operand %s has extent %d, its label %d", i, name, s[i], c.Extents[l])
			}
			return nil
		})
	}
	if err := side("a", c.A, a); err != nil {
		return err
	}
	if err := side("b", c.B, b); err != nil {
		return err
	}
	for l, ok := range used {
		if !ok {
			return fmt.Errorf("contract: label %d occurs in no operand", l)
		}
	}
	return c.labels("out", c.Out, func(int, int) error { return nil })
}

func (c Contraction) labels(name string, labels []int, visit func(i, l int) error) error {
	seen := make([]bool, len(c.Extents))
	for i, l := range labels {
		if l < 0 || l >= len(c.Extents) || seen[l] {
			return fmt.Errorf("contract: bad or repeated label %d in %s", l, name)
		}
		seen[l] = true
		if err := visit(i, l); err != nil {
			return err
		}
	}
	return nil
}

// OutShape returns the shape of the result.
func (c Contraction) OutShape() Shape {
	s := make(Shape, len(c.Out))
	for i, l := range c.Out {
		s[i] = c.Extents[l]
	}
	return s
}

// Summed returns the labels summed over, in increasing order.
func (c Contraction) Summed() []int {
	in := make([]bool, len(c.Extents))
	for _, l := range c.Out {
		in[l] = true
	}
	var out []int
	for l := range c.Extents {
		if !in[l] {
			out = append(out, l)
		}
	}
	return out
}

// Walk calls visit for every result element in row-major order with the flat
// operand indices of its products; the slices are reused between calls.
func (c Contraction) Walk(visit func(out int, a, b []int32)) {
	outer, inner := c.Out, c.Summed()
	sa, sb := c.labelStrides(c.A), c.labelStrides(c.B)
	na := 1
	for _, l := range inner {
		na *= c.Extents[l]
	}
	da, db := make([]int32, na), make([]int32, na)
	c.offsets(inner, sa, da)
	c.offsets(inner, sb, db)
	n := c.OutShape().Size()
	oa, ob := make([]int32, n), make([]int32, n)
	c.offsets(outer, sa, oa)
	c.offsets(outer, sb, ob)
	ia, ib := make([]int32, na), make([]int32, na)
	for o := range n {
		for k := range na {
			ia[k] = oa[o] + da[k]
			ib[k] = ob[o] + db[k]
		}
		visit(o, ia, ib)
	}
}

// labelStrides returns, per label, the operand's stride along it, or 0.
func (c Contraction) labelStrides(labels []int) []int {
	s := make(Shape, len(labels))
	for i, l := range labels {
		s[i] = c.Extents[l]
	}
	out := make([]int, len(c.Extents))
	for i, st := range s.Strides() {
		out[labels[i]] = st
	}
	return out
}

// offsets fills out with the flat offsets of all index tuples over labels,
// row-major.
func (c Contraction) offsets(labels, strides []int, out []int32) {
	out[0] = 0
	n := 1
	for i := len(labels) - 1; i >= 0; i-- {
		l := labels[i]
		for j := c.Extents[l] - 1; j >= 1; j-- {
			for k := range n {
				out[j*n+k] = out[k] + int32(j*strides[l])
			}
		}
		n *= c.Extents[l]
	}
}

// Elementwise returns the contraction that multiplies a and b elementwise after both
// have shape s.
func Elementwise(s Shape) Contraction {
	labels := make([]int, len(s))
	for i := range labels {
		labels[i] = i
	}
	return Contraction{Extents: append([]int{}, s...), A: labels, B: labels, Out: labels}
}
