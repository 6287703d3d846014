// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var (
	_ = registerLogic("And", and, func(x, y int64) int64 { return x & y })
	_ = registerLogic("Or", or, func(x, y int64) int64 { return x | y })
	_ = registerLogic("Xor", xor, func(x, y int64) int64 { return x ^ y })
	_ = register("Not", since(1), truths(func(n *node) graph.ID {
		return n.b.Linear(1, []float64{-1}, n.Truth(0))
	}), onHost(func(n *node) []*value {
		n.bools(0)
		return hostUnary(nil, func(x int64) int64 { return 1 - x })(n)
	}))
)

// registerLogic registers an operator on bools that broadcast: f computes it in
// the graph, host on numbers that are known now.
func registerLogic(name string, f func(n *node, x, y graph.ID) graph.ID, host func(x, y int64) int64) struct{} {
	register(name, since(1), truths(func(n *node) graph.ID {
		x, y := n.legacyBroadcast(n.Truth(0), n.Truth(1))
		return f(n, x, y)
	}))
	onInts := hostBinary(func(_ *node, x, y int64) int64 { return host(x, y) }, nil)
	return register(name, since(7), truths(func(n *node) graph.ID {
		return f(n, n.Truth(0), n.Truth(1))
	}), onHost(func(n *node) []*value {
		n.bools(0, 1)
		return onInts(n)
	}))
}

// and is x·y.
//
// https://onnx.ai/onnx/operators/onnx__And.html
func and(n *node, x, y graph.ID) graph.ID { return n.b.Mul(x, y) }

// or is 1 − (1−x)·(1−y), whose bounds are tighter than those of x + y − x·y.
//
// https://onnx.ai/onnx/operators/onnx__Or.html
func or(n *node, x, y graph.ID) graph.ID {
	complement := func(x graph.ID) graph.ID { return n.b.Linear(1, []float64{-1}, x) }
	return complement(n.b.Mul(complement(x), complement(y)))
}

// xor is 1 where x + y = 1.
//
// https://onnx.ai/onnx/operators/onnx__Xor.html
func xor(n *node, x, y graph.ID) graph.ID {
	return n.b.Map(n.b.Linear(-1, []float64{1, 1}, x, y), graph.Func{Name: "iszero"})
}
