// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("MaxPool", since(1), lowerMaxPool, note("without the Indices output"))

var _ = skip("node/test_maxpool_with_argmax_*", "the indices are not computed")

// lowerMaxPool takes the maximum over the kernel axes of the windows of X;
// padding is −∞.
//
// https://onnx.ai/onnx/operators/onnx__MaxPool.html
func lowerMaxPool(n *node) []*value {
	n.Ignore("storage_order") // of the Indices output
	v := n.Value(0)
	view, slid := n.pool(n.Shape(n.Real(0)))
	axes := make([]int, len(slid))
	for i, s := range slid {
		axes[i] = len(view.To) - len(slid) + i
		n.Spend(s.Count)
		for y := range s.Count {
			if s.real(y, 0, s.In) == 0 {
				n.Failf("window %d of spatial axis %d has padding only", y, i)
			}
		}
	}
	fill := 0.0
	if view.Pads() {
		fill = math.Inf(-1)
	}
	return []*value{n.through(v, func(x graph.ID) graph.ID { return n.b.Max(n.b.View(x, view, fill), axes...) })}
}

// pool reads the attributes of a pool over an input of shape s: N·C·spatial….
func (n *node) pool(s tensor.Shape) (tensor.View, []slide) {
	in := n.spatial(s)
	kernel := n.Ints("kernel_shape")
	if kernel == nil {
		n.Failf("attribute \"kernel_shape\" is missing")
	}
	slid := n.slides(in, n.Small("kernel_shape", kernel, 1), n.Bool("ceil_mode", false))
	view, err := tensor.Windows(s, windows(slid))
	if err != nil {
		n.Fail(err)
	}
	return view, slid
}
