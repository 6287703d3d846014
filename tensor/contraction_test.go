// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"slices"
	"testing"

	"github.com/zkml-go/zkml/tensor"
)

// TestContractionCheck changes a good contraction in one place at a time.
func TestContractionCheck(t *testing.T) {
	t.Parallel()
	a, b := tensor.Shape{2, 3}, tensor.Shape{3, 4}
	good := func() tensor.Contraction {
		return tensor.Contraction{Extents: []int{2, 3, 4}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}
	}
	if c := good(); c.Check(a, b) != nil || !c.OutShape().Equal(tensor.Shape{2, 4}) || !slices.Equal(c.Summed(), []int{1}) {
		t.Fatal(c.Check(a, b), c.OutShape(), c.Summed())
	}
	for name, spoil := range map[string]func(c *tensor.Contraction){
		"extent of a":       func(c *tensor.Contraction) { c.Extents[0] = 5 },
		"shared extent":     func(c *tensor.Contraction) { c.Extents[1] = 2 },
		"empty axis":        func(c *tensor.Contraction) { c.Extents[2] = 0 },
		"label out of list": func(c *tensor.Contraction) { c.B[1] = 3 },
		"negative label":    func(c *tensor.Contraction) { c.A[0] = -1 },
		"repeated in a":     func(c *tensor.Contraction) { c.A[1] = 0 },
		"repeated in out":   func(c *tensor.Contraction) { c.Out[1] = 0 },
		"unknown in out":    func(c *tensor.Contraction) { c.Out[1] = 7 },
		"label of nothing":  func(c *tensor.Contraction) { c.Extents = append(c.Extents, 2) },
		"too few labels":    func(c *tensor.Contraction) { c.A = c.A[:1] },
		"huge index space": func(c *tensor.Contraction) {
			c.Extents = append(c.Extents, 1<<31)
			c.Out = append(c.Out, 3)
		},
	} {
		c := good()
		if spoil(&c); c.Check(a, b) == nil {
			t.Errorf("%s: Check accepts %+v", name, c)
		}
	}
}

// TestContractionSize checks what is bounded: each operand, the result and the
// terms of one sum by MaxElements, all products by MaxProducts.
func TestContractionSize(t *testing.T) {
	t.Parallel()
	matrix := func(m, k, n int) tensor.Contraction {
		return tensor.Contraction{Extents: []int{m, k, n}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}
	}
	for name, c := range map[string]struct {
		c  tensor.Contraction
		ok bool
	}{
		"2^40 products":      {matrix(1<<12, 1<<14, 1<<14), true},
		"2^46 products":      {matrix(1<<15, 1<<16, 1<<15), true},
		"2^49 products":      {matrix(1<<16, 1<<15, 1<<18), false},
		"overflow":           {matrix(1<<40, 1<<40, 1<<40), false},
		"large operand":      {matrix(1<<16, 1<<16, 1), false},
		"large result":       {matrix(1<<16, 1, 1<<16), false},
		"large sum":          {tensor.Contraction{Extents: []int{1 << 16, 1 << 16}, A: []int{0}, B: []int{1}}, false},
		"negative extents":   {matrix(-4, -4, 1), false},
		"sum of 2^31 terms":  {tensor.Contraction{Extents: []int{1 << 16, 1 << 15}, A: []int{0}, B: []int{1}}, true},
		"result of 2^31":     {matrix(1<<16, 1, 1<<15), true},
		"products up to max": {matrix(1<<16, 1<<15, 1<<15), true},
	} {
		pick := func(labels []int) (s tensor.Shape) {
			for _, l := range labels {
				s = append(s, c.c.Extents[l])
			}
			return s
		}
		if err := c.c.Check(pick(c.c.A), pick(c.c.B)); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestElementwise(t *testing.T) {
	t.Parallel()
	s := tensor.Shape{2, 3}
	c := tensor.Elementwise(s)
	if err := c.Check(s, s); err != nil || !c.OutShape().Equal(s) {
		t.Fatal(err, c.OutShape())
	}
	c.Walk(func(out int, a, b []int32) {
		if len(a) != 1 || int(a[0]) != out || int(b[0]) != out {
			t.Errorf("element %d is the sum of %v times %v", out, a, b)
		}
	})
}
