// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("RNN", since(1), lowerRNN, note(recurrentNote))

// lowerRNN lowers H' = f(X·Wᵀ + H·Rᵀ + b).
//
// https://onnx.ai/onnx/operators/onnx__RNN.html
func lowerRNN(n *node) []*value {
	c := n.recurrence(1, []string{"Tanh"}, 5)
	return c.run(func(d *direction, x graph.ID, states []graph.ID) []graph.ID {
		return []graph.ID{c.gated(d.f[0])(n.plus(x, c.times(states[0], d.r)))}
	})
}
