// SPDX-License-Identifier: Apache-2.0

package onnx

var _ = register("If", since(1), lowerIf, note("with a condition that is known when the model is loaded: the branch taken stands in its place"))

// lowerIf puts the nodes of the branch that is taken in place of the node.
//
// https://onnx.ai/onnx/operators/onnx__If.html
func lowerIf(n *node) []*value {
	const then, otherwise = "then_branch", "else_branch"
	for _, name := range []string{then, otherwise} {
		if n.Graph(name) == nil {
			n.Failf("attribute %q is missing", name)
		}
	}
	condition := n.IntsIn(0)
	if len(condition) != 1 {
		n.Failf("a condition of %d elements, want one", len(condition))
	}
	if condition[0] != 0 {
		return n.inline(then, n.Graph(then))
	}
	return n.inline(otherwise, n.Graph(otherwise))
}
