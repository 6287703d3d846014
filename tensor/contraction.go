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

// MaxProducts bounds the number of products of a contraction. The operands, the
// result and the products of one result element are bounded by MaxElements each,
// as they are laid out in memory; all products together are only counted, and a
// layer of a language model has more than memory would hold.
const MaxProducts = 1 << 48

// Check reports an error if c is not a well-formed contraction of operands of
// shapes a and b.
func (c Contraction) Check(a, b Shape) error {
	if err := c.checkExtents(); err != nil {
		return err
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
	if err := c.labels("out", c.Out, func(int, int) error { return nil }); err != nil {
		return err
	}
	for _, part := range []struct {
		name  string
		shape Shape
	}{{"operand a", a}, {"operand b", b}, {"the result", c.OutShape()}, {"the terms of one sum", c.pick(c.Summed())}} {
		if err := part.shape.Check(); err != nil {
			return fmt.Errorf("contract: %s: %w", part.name, err)
		}
	}
	return nil
}

// checkExtents reports an error if an extent is not positive or if there are
// more than MaxProducts products.
func (c Contraction) checkExtents() error {
	n := 1
	for l, e := range c.Extents {
		if e <= 0 {
			return fmt.Errorf("contract: label %d has extent %d, want a positive number", l, e)
		}
		if e > MaxProducts/n {
			return fmt.Errorf("contract: the index space %v has more than %d products", Shape(c.Extents), MaxProducts)
		}
		n *= e
	}
	return nil
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
func (c Contraction) OutShape() Shape { return c.pick(c.Out) }

// pick returns the extents of labels.
func (c Contraction) pick(labels []int) Shape {
	s := make(Shape, len(labels))
	for i, l := range labels {
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
	out := make([]int, len(c.Extents))
	for i, st := range c.pick(labels).Strides() {
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
