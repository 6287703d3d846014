// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
)

var (
	_ = registerComparison("Less", 1, less, func(c int) bool { return c < 0 })
	_ = registerComparison("Greater", 1, greater, func(c int) bool { return c > 0 })
	_ = registerComparison("LessOrEqual", 12, not(greater), func(c int) bool { return c <= 0 })
	_ = registerComparison("GreaterOrEqual", 12, not(less), func(c int) bool { return c >= 0 })
	_ = registerComparison("Equal", 1, equal, func(c int) bool { return c == 0 })
)

// registerComparison registers a comparison: is computes it from the order of two
// numbers that are known now, compare in the graph. The result is 1 or 0.
func registerComparison(name string, from since, compare func(n *node, x, y graph.ID) graph.ID, is func(order int) bool) struct{} {
	if from < 7 {
		register(name, from, truths(func(n *node) graph.ID {
			x, y := n.legacyBroadcast(n.Real(0), n.Real(1))
			return compare(n, x, y)
		}))
		from = 7
	}
	return register(name, from, truths(func(n *node) graph.ID {
		n.sameTypes(0, 1)
		return compare(n, n.Real(0), n.Real(1))
	}), onHost(hostComparison(is)))
}

// less is 1 where y − x > 0.
//
// https://onnx.ai/onnx/operators/onnx__Less.html
func less(n *node, x, y graph.ID) graph.ID {
	return n.b.Map(lowerSub(n, y, x), graph.Func{Name: "step"})
}

func greater(n *node, x, y graph.ID) graph.ID { return less(n, y, x) }

// equal is 1 where x − y is 0.
//
// https://onnx.ai/onnx/operators/onnx__Equal.html
func equal(n *node, x, y graph.ID) graph.ID {
	return n.b.Map(lowerSub(n, x, y), graph.Func{Name: "iszero"})
}

// not is 1 where compare is 0.
func not(compare func(n *node, x, y graph.ID) graph.ID) func(n *node, x, y graph.ID) graph.ID {
	return func(n *node, x, y graph.ID) graph.ID { return n.b.Linear(1, []float64{-1}, compare(n, x, y)) }
}

// hostComparison compares numbers known now.
func hostComparison(is func(order int) bool) lowering {
	return func(n *node) []*value {
		n.sameTypes(0, 1)
		x, y := n.Value(0), n.Value(1)
		p := n.pairs(x.host.shape, y.host.shape)
		var out []int64
		if x.dtype.IsFloat() {
			out = compared(n.FloatsIn(0), n.FloatsIn(1), p, is)
		} else {
			out = compared(n.IntsIn(0), n.IntsIn(1), p, is)
		}
		return []*value{hostInts(onnxpb.Bool, p.shape, out)}
	}
}

func compared[T cmp.Ordered](x, y []T, p broadcastPairs, is func(order int) bool) []int64 {
	out := make([]int64, len(p.x))
	for i := range out {
		if is(cmp.Compare(x[p.x[i]], y[p.y[i]])) {
			out[i] = 1
		}
	}
	return out
}
