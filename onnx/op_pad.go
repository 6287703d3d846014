// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/tensor"
)

const padNote = "with pads and value that are known when the model is loaded; negative pads crop"

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

// pad surrounds input 0 with a number, or with its own elements: pads lists the
// amounts before each of the listed axes (by default all), then the amounts
// after.
//
// https://onnx.ai/onnx/operators/onnx__Pad.html
func pad(n *node, pads, list []int64, fill float64) []*value {
	mode := n.String("mode", "constant")
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
	if mode == "constant" {
		return n.reindex(v, fill)(tensor.Pad(s, before, after))
	}
	if extent(s) == 0 {
		n.Failf("mode %q pads an input of shape %v", mode, s)
	}
	for axis := range s {
		if before[axis] != 0 || after[axis] != 0 {
			v = n.pick(v, axis, n.around(mode, s[axis], before[axis], after[axis]), 0)
		}
	}
	return []*value{v}
}

// around lists the elements of an axis that stand before and after it and between
// in a mode that repeats it. Negative amounts crop the axis first.
func (n *node) around(mode string, extent, before, after int) []int {
	first, last := max(0, -before), extent-1-max(0, -after)
	if first > last {
		n.Failf("pads of %d and %d leave nothing of %d elements", before, after, extent)
	}
	n.Spend(before + extent + after)
	size := last - first + 1
	out := ramp(-max(before, 0), max(before, 0)+size+max(after, 0), 1)
	for k, i := range out {
		switch mode {
		case "edge":
			i = min(max(i, 0), size-1)
		case "wrap":
			i -= floorDiv(i, size) * size
		case "reflect":
			if period := 2 * (size - 1); period > 0 {
				i -= floorDiv(i, period) * period
				i = min(i, period-i)
			} else {
				i = 0
			}
		default:
			n.Failf("mode %q is not supported", mode)
		}
		out[k] = first + i
	}
	return out
}
