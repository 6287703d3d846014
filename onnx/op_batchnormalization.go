// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

const batchNormNote = "inference only; scale, bias, mean and variance must be constants"

var (
	_ = register("BatchNormalization", since(1), one(func(n *node) graph.ID {
		n.Ignore("consumed_inputs")
		if !n.Bool("is_test", false) {
			n.Failf("the node is in training mode: export the model for inference")
		}
		return batchNormalization(n)
	}), note(batchNormNote))
	_ = register("BatchNormalization", since(7), one(func(n *node) graph.ID {
		if n.Bool("training_mode", false) {
			n.Failf("the node is in training mode: export the model for inference")
		}
		return batchNormalization(n)
	}), note(batchNormNote))
)

var _ = skip("node/test_batchnorm_*_training_mode", "training")

// batchNormalization lowers
//
//	Y = (X − mean) / √(variance + ε) · scale + bias = a·X + (bias − a·mean),  a = scale / √(variance + ε)
//
// computing the constants in double precision. Without `spatial` (versions
// before 9) there is one of each per element of a sample, else one per channel.
//
// https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
func batchNormalization(n *node) graph.ID {
	n.Ignore("momentum")
	x := n.In(0)
	s := n.Shape(x)
	if len(s) < 2 {
		n.Failf("input has shape %v, want batch and channel axes", s)
	}
	to := s[1:].Clone()
	if n.Bool("spatial", true) {
		for i := range to[1:] {
			to[1+i] = 1
		}
	}
	scale, bias, mean, variance := n.FloatsIn(1), n.FloatsIn(2), n.FloatsIn(3), n.FloatsIn(4)
	epsilon := n.Float("epsilon", 1e-5)
	for i, p := range [][]float32{scale, bias, mean, variance} {
		if len(p) != to.Size() {
			n.Failf("input %d has %d elements, want %d", 1+i, len(p), to.Size())
		}
	}
	a, c := make([]float32, len(scale)), make([]float32, len(scale))
	for i := range a {
		v := float64(variance[i]) + epsilon
		if !(v > 0) {
			n.Failf("variance %v of channel %d plus epsilon %v is not positive", variance[i], i, epsilon)
		}
		k := float64(scale[i]) / math.Sqrt(v)
		a[i], c[i] = float32(k), float32(float64(bias[i])-k*float64(mean[i]))
	}
	return n.b.Sum(n.b.Mul(x, n.b.Const(to, a)), n.b.Const(tensor.Shape(to), c))
}
