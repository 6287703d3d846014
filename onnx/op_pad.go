// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/tensor"
)

const padNote = "constant mode, with pads and value that are known when the model is loaded; negative pads crop"

var (
	_ = register("Pad", since(1), func(n *node) []*value {
		return pad(n, n.Ints("paddings"), nil, n.Float("value", 0))
	}, note(padNote))
	_ = register("Pad", since(2), func(n *node) []*value {
		return pad(n, n.Ints("pads"), nil, n.Float("value", 0))
	}, note(padNote))
	_ = register("Pad", since(11), func(n *node) []*value {
		fill := 0.0
		if n.Has(2) {
			if n.Value(2).dtype.IsFloat() {
				fill = n.ScalarIn(2)
			} else if x := n.IntsIn(2); len(x) == 1 {
				fill = float64(x[0])
			}
		}
		return pad(n, n.axesIn(1), n.axesIn(3), fill)
	}, note(padNote))
)

var (
	_ = skip("node/test_edge_pad", "reflected, repeated and wrapped padding is not supported")
	_ = skip("node/test_reflect_pad", "reflected, repeated and wrapped padding is not supported")
	_ = skip("node/test_wrap_pad", "reflected, repeated and wrapped padding is not supported")
	_ = skip("pytorch-converted/test_Reflection*", "reflected, repeated and wrapped padding is not supported")
	_ = skip("pytorch-converted/test_Replication*", "reflected, repeated and wrapped padding is not supported")
	_ = skip("pytorch-operator/test_operator_pad", "reflected, repeated and wrapped padding is not supported")
)

// pad surrounds input 0 with a number: pads lists the amounts before each of the
// listed axes (by default all), then the amounts after.
//
// https://onnx.ai/onnx/operators/onnx__Pad.html
func pad(n *node, pads, list []int64, fill float64) []*value {
	if mode := n.String("mode", "constant"); mode != "constant" {
		n.Failf("mode %q is not supported, only \"constant\" is", mode)
	}
	v := n.Value(0)
	s := n.ShapeOf(v)
	if list == nil {
		for i := range s {
			list = append(list, int64(i))
		}
	}
	if len(pads) != 2*len(list) {
		n.Failf("%d pads for %d axes", len(pads), len(list))
	}
	amounts := n.Small("pads", pads, -maxExtent)
	before, after := make([]int, len(s)), make([]int, len(s))
	for i, axis := range n.Axes(list, len(s)) {
		before[axis], after[axis] = amounts[i], amounts[len(list)+i]
	}
	return n.reindex(v, fill)(tensor.Pad(s, before, after))
}
