// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("ZipMap", since(1), lowerZipMap, in(mlDomain), note("the result is the tensor of scores"))
	_ = register("Binarizer", since(1), one(lowerBinarizer), in(mlDomain))
	_ = register("FeatureVectorizer", since(1), one(lowerFeatureVectorizer), in(mlDomain))
	_ = register("Imputer", since(1), one(lowerImputer), in(mlDomain), note("inputs without missing values"))
)

// lowerZipMap passes its input on: the names that it gives to the columns are not
// part of the network.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html
func lowerZipMap(n *node) []*value {
	n.Ignore("classlabels_int64s", "classlabels_strings")
	return []*value{n.moved(0)}
}

// lowerBinarizer is 1 where x is greater than a threshold.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_Binarizer.html
func lowerBinarizer(n *node) graph.ID {
	return greater(n, n.Real(0), n.b.Scalar(n.Float("threshold", 0)))
}

// lowerFeatureVectorizer joins the columns of its inputs.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_FeatureVectorizer.html
func lowerFeatureVectorizer(n *node) graph.ID {
	sizes := n.Small("inputdimensions", n.Ints("inputdimensions"), 1)
	if len(sizes) != n.NumInputs() || len(sizes) == 0 {
		n.Failf("%d inputs, %d sizes", n.NumInputs(), len(sizes))
	}
	var xs []graph.ID
	for i, size := range sizes {
		x := n.Real(i)
		s := n.Shape(x)
		if len(s) == 1 {
			x, s = n.b.Reshape(x, tensor.Shape{s[0], 1}), tensor.Shape{s[0], 1}
		}
		if len(s) != 2 || s[1] != size {
			n.Failf("input %d has shape %v, want %d columns", i, s, size)
		}
		xs = append(xs, x)
	}
	return n.joined(1, xs)
}

// lowerImputer replaces one number by others, one for all columns or for each. A
// NaN is not an input of the network, so nothing takes its place.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_Imputer.html
func lowerImputer(n *node) graph.ID {
	x := n.Real(0)
	with := n.Floats("imputed_value_floats")
	replaced := n.Float("replaced_value_float", 0)
	if with == nil {
		for _, v := range n.Ints("imputed_value_int64s") {
			with = append(with, float32(v))
		}
		replaced = float64(n.Int("replaced_value_int64", 0))
	}
	if math.IsNaN(replaced) {
		return x
	}
	s := n.Shape(x)
	if len(with) != 1 && (len(s) == 0 || len(with) != s[len(s)-1]) {
		n.Failf("%d numbers for an input of shape %v", len(with), s)
	}
	change := make([]float32, len(with))
	for i, v := range with {
		change[i] = float32(float64(v) - replaced)
	}
	found := equal(n, x, n.b.Scalar(replaced))
	return n.b.Sum(x, n.b.Mul(found, n.row(change)))
}
