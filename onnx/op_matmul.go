// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("MatMul", since(1), binary(lowerMatMul))

// lowerMatMul lowers the product of stacks of matrices, of which leading axes
// broadcast, to one contraction. A vector on the left is a row, on the right a
// column; its axis is dropped from the result.
//
// https://onnx.ai/onnx/operators/onnx__MatMul.html
func lowerMatMul(n *node, a, b graph.ID) graph.ID {
	sa, sb := n.Shape(a), n.Shape(b)
	if len(sa) == 0 || len(sb) == 0 {
		n.Failf("matrix product of shapes %v and %v", sa, sb)
	}
	var c tensor.Contraction
	label := func(extent int) int {
		c.Extents = append(c.Extents, extent)
		return len(c.Extents) - 1
	}
	// Batch axes, aligned at the end; an axis of extent 1 against a longer one
	// gets a label of its own and is summed away.
	ba, bb := sa[:max(0, len(sa)-2)], sb[:max(0, len(sb)-2)]
	batch, err := tensor.Broadcast(ba, bb)
	if err != nil {
		n.Fail(err)
	}
	for i, extent := range batch {
		l := label(extent)
		c.Out = append(c.Out, l)
		join := func(labels []int, s tensor.Shape) []int {
			j := i - (len(batch) - len(s))
			switch {
			case j < 0:
				return labels
			case s[j] == extent:
				return append(labels, l)
			}
			return append(labels, label(1))
		}
		c.A, c.B = join(c.A, ba), join(c.B, bb)
	}
	if k := sb[max(0, len(sb)-2)]; sa[len(sa)-1] != k {
		n.Failf("matrix product of shapes %v and %v: inner extents %d and %d", sa, sb, sa[len(sa)-1], k)
	}
	inner := label(sa[len(sa)-1])
	if len(sa) > 1 {
		row := label(sa[len(sa)-2])
		c.A, c.Out = append(c.A, row), append(c.Out, row)
	}
	c.A = append(c.A, inner)
	c.B = append(c.B, inner)
	if len(sb) > 1 {
		col := label(sb[len(sb)-1])
		c.B, c.Out = append(c.B, col), append(c.Out, col)
	}
	return n.b.Contract(a, b, c)
}
