// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("Where", since(9), lowerWhere, onHost(hostWhere))

// lowerWhere takes elements of input 1 where input 0 is true, else of input 2:
// c·x + (1−c)·y, with one product where c depends on the network's input.
//
// https://onnx.ai/onnx/operators/onnx__Where.html
func lowerWhere(n *node) []*value {
	n.bools(0)
	n.sameTypes(1, 2)
	if out := n.whereMasked(); out != nil {
		return out
	}
	return []*value{{dtype: n.Value(1).dtype, id: n.chosen(n.Real(0), n.Real(1), n.Real(2))}}
}

// chosen is x where c is 1, y where it is 0.
func (n *node) chosen(c, x, y graph.ID) graph.ID {
	if n.b.ConstData(c) != nil {
		return n.b.Sum(lowerMul(n, c, x), lowerMul(n, n.b.Linear(1, []float64{-1}, c), y))
	}
	return lowerAdd(n, n.b.Mul(c, lowerSub(n, x, y)), y)
}

// hostWhere is lowerWhere on the host.
func hostWhere(n *node) []*value {
	n.sameTypes(1, 2)
	cond, x, y := n.Value(0), n.Value(1), n.Value(2)
	n.bools(0)
	xy := n.pairs(x.host.shape, y.host.shape)
	all := n.pairs(cond.host.shape, xy.shape)
	pick := n.IntsIn(0)
	choose := func(i int) (fromX bool, at int32) {
		if j := all.y[i]; pick[all.x[i]] == 0 {
			return false, xy.y[j]
		} else {
			return true, xy.x[j]
		}
	}
	if x.dtype.IsFloat() {
		return []*value{hostFloats(x.dtype, all.shape, chosen(len(all.x), choose, n.FloatsIn(1), n.FloatsIn(2)))}
	}
	return []*value{hostInts(x.dtype, all.shape, chosen(len(all.x), choose, n.IntsIn(1), n.IntsIn(2)))}
}

func chosen[T any](count int, choose func(i int) (bool, int32), x, y []T) []T {
	out := make([]T, count)
	for i := range out {
		if fromX, at := choose(i); fromX {
			out[i] = x[at]
		} else {
			out[i] = y[at]
		}
	}
	return out
}
