// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("CumProd", since(26), one(lowerCumProd), onHost(hostCumulate(lowerCumProd, mulInts, 1)),
	note("along an axis that is known when the model is loaded"))

// lowerCumProd multiplies the slices of an axis, one after the other.
//
// https://onnx.ai/onnx/operators/onnx__CumProd.html
func lowerCumProd(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	c := n.cumulation(s)
	at := func(k int) int { // the slice that step k takes
		if c.reverse {
			return s[c.axis] - 1 - k
		}
		return k
	}
	one := s.Clone()
	one[c.axis] = 1
	n.SpendOn(one)
	ones := make([]float32, one.Size())
	for i := range ones {
		ones[i] = 1
	}
	products := make([]graph.ID, s[c.axis])
	product := none
	for k := range products {
		before := product
		if next := n.part(x, c.axis, at(k), 1); before == none {
			product = next
		} else {
			product = n.b.Mul(before, next)
		}
		switch {
		case !c.exclusive:
			products[at(k)] = product
		case before == none:
			products[at(k)] = n.b.Const(tensor.Shape(slices.Clone(one)), ones)
		default:
			products[at(k)] = before
		}
	}
	return n.joined(c.axis, products)
}
