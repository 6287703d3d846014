// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("LinearRegressor", since(1), lowerLinearRegressor, in(mlDomain))
	_ = register("LinearClassifier", since(1), lowerLinearClassifier, in(mlDomain), note(labelNote))
)

// linearScores is x·coefficientsᵀ + intercepts, samples · rows. The coefficients
// are rows of one number for each feature.
func linearScores(n *node, rows int) graph.ID {
	x := n.samples()
	coefficients, intercepts := n.Floats("coefficients"), n.Floats("intercepts")
	features := n.Shape(x)[1]
	if rows < 1 || len(coefficients) != rows*features {
		n.Failf("%d coefficients for %d features and %d scores", len(coefficients), features, rows)
	}
	y := n.b.Contract(x, n.b.Const(tensor.Shape{rows, features}, coefficients), tensor.Contraction{
		Extents: []int{n.Shape(x)[0], features, rows}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}})
	if len(intercepts) > 0 {
		y = n.b.Sum(y, n.rowOf(intercepts, rows))
	}
	return y
}

// lowerLinearRegressor is linear in x.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_LinearRegressor.html
func lowerLinearRegressor(n *node) []*value {
	return []*value{n.transformed(0, linearScores(n, n.Small("targets", []int64{n.Int("targets", 1)}, 1)[0]))}
}

// lowerLinearClassifier takes the class with the greatest of scores that are
// linear in x. Two classes may have one score, that of the second: the other is
// what is left to 1, or, with LOGISTIC, before that its negative.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html
func lowerLinearClassifier(n *node) []*value {
	n.Ignore("multi_class") // the scores say the same
	list, count := n.labels("classlabels_ints", "classlabels_strings")
	if count != 2 || len(n.Floats("intercepts")) != 1 {
		y := linearScores(n, count)
		return []*value{n.label(0, y, list), n.transformed(1, y)}
	}
	s := linearScores(n, 1)
	choice := n.choice(0, s, list)
	switch transform := n.String("post_transform", "NONE"); transform {
	case "LOGISTIC":
		return []*value{choice, n.transform(1, n.b.Concat(1, n.b.Linear(0, []float64{-1}, s), s), transform)}
	case "NONE", "SOFTMAX": // ONNX Runtime does not apply the latter
		return []*value{choice, floats(n.b.Concat(1, n.b.Linear(1, []float64{-1}, s), s))[0]}
	default:
		n.Failf("post_transform %q is not supported for two classes", transform)
	}
	return nil
}
