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
