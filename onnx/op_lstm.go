// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

const recurrentNote = "unrolled; all sequences have the full length; any directions, layouts, initial states and activations"

var _ = register("LSTM", since(1), lowerLSTM, note(recurrentNote))

// lowerLSTM lowers, with the gates in the order i, o, f, c and peepholes Pi, Po,
// Pf that may be left out,
//
//	i = f(X·Wiᵀ + H·Riᵀ + Pi·C + b)
//	f = f(X·Wfᵀ + H·Rfᵀ + Pf·C + b), or 1 − i with input_forget
//	C' = f·C + i·g(X·Wcᵀ + H·Rcᵀ + b)
//	o = f(X·Woᵀ + H·Roᵀ + Po·C' + b)
//	H' = o·h(C')
//
// https://onnx.ai/onnx/operators/onnx__LSTM.html
func lowerLSTM(n *node) []*value {
	const gateI, gateO, gateF, gateC = 0, 1, 2, 3
	c := n.recurrence(4, []string{"Sigmoid", "Tanh", "Tanh"}, 5, 6)
	coupled := n.Bool("input_forget", false)
	peepholes := make([]graph.ID, len(c.dirs))
	for i := range peepholes {
		peepholes[i] = none
		if n.Has(7) {
			peepholes[i] = c.of(c.shaped(7, len(c.dirs), 3*c.hidden), i)
		}
	}
	return c.run(func(d *direction, x graph.ID, states []graph.ID) []graph.ID {
		h, old := states[0], states[1]
		f, g, out, p := c.gated(d.f[0]), c.gated(d.f[1]), d.f[2], peepholes[d.index]
		x = n.plus(x, c.times(h, d.r))
		var i, o, forget graph.ID
		if p == none { // one lookup for all gates of one function
			y := f(c.gate(x, gateI, 3))
			i, o, forget = c.gate(y, gateI, 1), c.gate(y, gateO, 1), c.gate(y, gateF, 1)
		} else {
			i = f(n.plus(c.gate(x, gateI, 1), n.gatedBy(c.gate(p, gateI, 1), old)))
			forget = f(n.plus(c.gate(x, gateF, 1), n.gatedBy(c.gate(p, gateF, 1), old)))
		}
		if coupled {
			forget = n.b.Linear(1, []float64{-1}, i)
		}
		state := n.plus(n.gatedBy(forget, old), n.gatedBy(i, g(c.gate(x, gateC, 1))))
		if p != none {
			o = f(n.plus(c.gate(x, gateO, 1), n.gatedBy(c.gate(p, gateO, 1), state)))
		}
		return []graph.ID{n.gatedBy(o, out(state)), state}
	})
}
