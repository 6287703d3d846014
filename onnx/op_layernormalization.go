// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	// ONNX Runtime had it before ONNX, and still writes it into older models.
	_ = register("LayerNormalization", since(1), lowerLayerNormalization)
	_ = register("RMSNormalization", since(23), one(lowerRMSNormalization))
	_ = register("InstanceNormalization", since(1), one(lowerInstanceNormalization))
	_ = register("GroupNormalization", since(18), one(func(n *node) graph.ID { return groupNormalization(n, true) }))
	_ = register("GroupNormalization", since(21), one(func(n *node) graph.ID { return groupNormalization(n, false) }))
	_ = register("MeanVarianceNormalization", since(9), one(lowerMeanVarianceNormalization))
)

// normalized returns d = x − mean(x) times i = 1/√(mean(d²) + ε), with the mean and
// i, which are reduced.
func (n *node) normalized(x graph.ID, r reduction, epsilon float64) (y, mean, inverse graph.ID) {
	mean = n.mean(x, r)
	d := n.minus(x, mean, r)
	inverse = n.inverseRoot(d, r, epsilon)
	return n.scaled(d, inverse, r), mean, inverse
}

// inverseRoot is 1/√(mean(x²) + ε).
func (n *node) inverseRoot(x graph.ID, r reduction, epsilon float64) graph.ID {
	v := n.b.Linear(epsilon, []float64{1 / float64(r.count())}, n.sumSquares(x, r))
	return n.b.Map(v, graph.Func{Name: "rsqrt"})
}

// affine multiplies x by input 1 and adds input 2, of which neither need be there.
func (n *node) affine(x graph.ID, to tensor.Shape) graph.ID {
	if n.Has(1) {
		x = n.b.Mul(x, n.param(1, to, n.Shape(x)))
	}
	if n.Has(2) {
		x = n.b.Sum(x, n.param(2, to, n.Shape(x)))
	}
	return x
}

// param returns input i, regrouped to shape to unless that is nil, broadcast to s.
func (n *node) param(i int, to, s tensor.Shape) graph.ID {
	p := n.In(i)
	if to != nil {
		if n.Shape(p).Size() != to.Size() {
			n.Failf("input %d has shape %v, want %d elements", i, n.Shape(p), to.Size())
		}
		p = n.b.Reshape(p, to)
	}
	return n.check(n.b.BroadcastTo(p, s))
}

// trailing returns the reduction of the axes of s from attribute axis on.
func (n *node) trailing(s tensor.Shape) reduction {
	n.Ignore("stash_type") // the precision of the statistics
	return over(s, axes(n.Axis(n.Int("axis", -1), len(s)), len(s))...)
}

// lowerLayerNormalization normalizes over the axes from axis on; the mean and the
// inverse deviation are outputs, too.
//
// https://onnx.ai/onnx/operators/onnx__LayerNormalization.html
func lowerLayerNormalization(n *node) []*value {
	x := n.In(0)
	r := n.trailing(n.Shape(x))
	y, mean, inverse := n.normalized(x, r, n.Float("epsilon", 1e-5))
	return slices.Concat(floats(n.affine(y, nil)), floats(n.restore(mean, r)), floats(n.restore(inverse, r)))
}

// lowerRMSNormalization divides by the root of the mean square over the axes from
// axis on.
//
// https://onnx.ai/onnx/operators/onnx__RMSNormalization.html
func lowerRMSNormalization(n *node) graph.ID {
	x := n.In(0)
	r := n.trailing(n.Shape(x))
	return n.affine(n.scaled(x, n.inverseRoot(x, r, n.Float("epsilon", 1e-5)), r), nil)
}

// lowerInstanceNormalization normalizes every channel of every sample.
//
// https://onnx.ai/onnx/operators/onnx__InstanceNormalization.html
func lowerInstanceNormalization(n *node) graph.ID {
	n.Ignore("consumed_inputs") // a memory hint of version 1
	x := n.In(0)
	s := n.Shape(x)
	n.spatial(s)
	y, _, _ := n.normalized(x, over(s, axes(2, len(s))...), n.Float("epsilon", 1e-5))
	return n.affine(y, pooled(s)[1:])
}

// groupNormalization normalizes groups of channels of every sample. Scale and
// bias are per channel, and per group in version 18.
//
// https://onnx.ai/onnx/operators/onnx__GroupNormalization.html
func groupNormalization(n *node, perGroup bool) graph.ID {
	n.Ignore("stash_type") // the precision of the statistics
	x := n.In(0)
	s := n.Shape(x)
	groups := n.Int("num_groups", 0)
	if len(s) < 2 || groups < 1 || int64(s[1])%max(groups, 1) != 0 {
		n.Failf("%d groups of the channels of an input of shape %v", groups, s)
	}
	split := tensor.Shape{s[0], int(groups), s[1:].Size() / int(groups)}
	y, _, _ := n.normalized(n.b.Reshape(x, split), over(split, 2), n.Float("epsilon", 1e-5))
	if perGroup {
		return n.b.Reshape(n.affine(y, tensor.Shape{split[1], 1}), s)
	}
	return n.affine(n.b.Reshape(y, s), pooled(s)[1:])
}

// lowerMeanVarianceNormalization normalizes over the listed axes. What the
// definition adds to the deviation, 1e-9, is added to the variance as its square.
//
// https://onnx.ai/onnx/operators/onnx__MeanVarianceNormalization.html
func lowerMeanVarianceNormalization(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	list := n.Ints("axes")
	if list == nil {
		list = []int64{0, 2, 3}
	}
	y, _, _ := n.normalized(x, over(s, n.Axes(list, len(s))...), 1e-18)
	return y
}
