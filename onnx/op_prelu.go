// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("PRelu", since(1), one(func(n *node) graph.ID {
		n.Ignore("consumed_inputs") // a memory hint of version 1
		x, slope := n.In(0), n.In(1)
		s, count := n.Shape(x), n.Shape(slope).Size()
		if count > 1 { // one per channel
			if len(s) < 2 || s[1] != count {
				n.Failf("%d slopes for an input of shape %v", count, s)
			}
			to := tensor.Shape{count}
			for range s[2:] {
				to = append(to, 1)
			}
			slope = n.b.Reshape(slope, to)
		}
		return prelu(n, x, slope)
	}))
	_ = register("PRelu", since(7), one(func(n *node) graph.ID { return prelu(n, n.In(0), n.In(1)) }))
)

// prelu is x, or slope·x below 0: relu(x) + slope·(x − relu(x)), and a single
// function where there is one slope, known now.
//
// https://onnx.ai/onnx/operators/onnx__PRelu.html
func prelu(n *node, x, slope graph.ID) graph.ID {
	if c, ok := n.scalar(x, slope); ok {
		return n.b.Map(x, graph.Func{Name: "leakyrelu", Params: []float64{c}})
	}
	positive := n.b.Map(x, graph.Func{Name: "relu"})
	negative := n.b.Linear(0, []float64{1, -1}, x, positive)
	return n.b.Sum(positive, n.b.Mul(negative, n.b.BroadcastTo(slope, n.Shape(x))))
}
