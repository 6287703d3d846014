// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("GRU", since(1), lowerGRU, note(recurrentNote))

// lowerGRU lowers, with the gates in the order z, r, h,
//
//	z = f(X·Wzᵀ + H·Rzᵀ + b)
//	r = f(X·Wrᵀ + H·Rrᵀ + b)
//	c = g(X·Whᵀ + (r·H)·Rhᵀ + Rbh + Wbh), or with linear_before_reset
//	c = g(X·Whᵀ + r·(H·Rhᵀ + Rbh) + Wbh)
//	H' = (1 − z)·c + z·H = c + z·(H − c)
//
// https://onnx.ai/onnx/operators/onnx__GRU.html
func lowerGRU(n *node) []*value {
	const gateZ, gateR, gateH = 0, 1, 2
	c := n.recurrence(3, []string{"Sigmoid", "Tanh"}, 5)
	linearFirst := n.Int("linear_before_reset", 0) != 0
	// With linear_before_reset the bias of the recurrence is part of the product.
	biases := make([]graph.ID, len(c.dirs))
	for i := range c.dirs {
		biases[i] = none
		if d := &c.dirs[i]; linearFirst {
			biases[i], d.rb = d.rb, none
		}
	}
	return c.run(func(d *direction, x graph.ID, states []graph.ID) []graph.ID {
		h := states[0]
		f, g := c.gated(d.f[0]), c.gated(d.f[1])
		var gates, candidate graph.ID
		if linearFirst {
			all := n.plus(c.times(h, d.r), biases[d.index])
			gates = f(n.plus(c.gate(x, gateZ, 2), c.gate(all, gateZ, 2)))
			candidate = g(n.plus(c.gate(x, gateH, 1), n.gatedBy(c.gate(gates, gateR, 1), c.gate(all, gateH, 1))))
		} else {
			r := n.part(d.r, 0, 0, 2*c.hidden)
			gates = f(n.plus(c.gate(x, gateZ, 2), c.times(h, r)))
			reset := n.gatedBy(c.gate(gates, gateR, 1), h)
			candidate = g(n.plus(c.gate(x, gateH, 1), c.times(reset, n.part(d.r, 0, 2*c.hidden, c.hidden))))
		}
		z := c.gate(gates, gateZ, 1)
		if h == none {
			return []graph.ID{n.gatedBy(n.b.Linear(1, []float64{-1}, z), candidate)}
		}
		return []graph.ID{n.plus(candidate, n.gatedBy(z, n.b.Linear(0, []float64{1, -1}, h, candidate)))}
	})
}
