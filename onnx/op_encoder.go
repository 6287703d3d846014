// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

const encoderNote = "of numbers, not text"

var (
	_ = register("LabelEncoder", since(2), lowerLabelEncoder, in(mlDomain), note(encoderNote))
	_ = register("OneHotEncoder", since(1), one(lowerOneHotEncoder), in(mlDomain), note(encoderNote))
	_ = register("ArrayFeatureExtractor", since(1), lowerArrayFeatureExtractor, in(mlDomain))
)

// isEach compares each element of x with each key: 1 where they are equal, in the
// shape of x with an axis for the keys.
func (n *node) isEach(x graph.ID, keys []float32) graph.ID {
	if len(keys) == 0 {
		n.Failf("there are no keys")
	}
	n.Spend(len(keys))
	x = n.b.Reshape(x, append(n.Shape(x).Clone(), 1))
	return equal(n, x, n.b.Const(tensor.Shape{len(keys)}, keys))
}

// translated returns for each element of x the value of the key that it is, or def.
func (n *node) translated(x graph.ID, keys, values []float32, def float64) graph.ID {
	if len(keys) != len(values) {
		n.Failf("%d keys and %d values", len(keys), len(values))
	}
	data := make([]float32, len(values))
	for i, v := range values {
		if slices.Contains(keys[:i], keys[i]) {
			n.Failf("key %v occurs twice", keys[i])
		}
		data[i] = float32(float64(v) - def)
	}
	y := lowerMatMul(n, n.isEach(x, keys), n.b.Const(tensor.Shape{len(data)}, data))
	if def == 0 {
		return y
	}
	return n.b.Linear(def, []float64{1}, y)
}

// codes reads the keys or the values of a LabelEncoder: a list of floats or
// integers, or (version 4) a tensor.
func (n *node) codes(role string) ([]float32, onnxpb.DataType) {
	if n.HasAttr(role + "_strings") {
		n.Failf("the %s are text: export the model with numbers in their place", role)
	}
	if x := n.Floats(role + "_floats"); x != nil {
		return x, onnxpb.Float
	}
	h := &host{what: role, dtype: onnxpb.Int64, ints: n.Ints(role + "_int64s")}
	if t := n.Tensor(role + "_tensor"); t != nil {
		tensor, err := newHost(t, role)
		if err != nil {
			n.Fail(err)
		}
		h = tensor
	}
	x, err := h.reals()
	if err != nil {
		n.Fail(err)
	}
	return x, h.dtype
}

// lowerLabelEncoder maps keys to values.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_LabelEncoder.html
func lowerLabelEncoder(n *node) []*value {
	keys, _ := n.codes("keys")
	values, dtype := n.codes("values")
	n.Ignore("default_string")
	def := -1.0 // of integers
	if dtype.IsFloat() {
		def = n.Float("default_float", 0)
		n.Ignore("default_int64")
	} else {
		def = float64(n.Int("default_int64", -1))
		n.Ignore("default_float")
	}
	if t := n.Tensor("default_tensor"); t != nil {
		h, err := newHost(t, "default")
		if err != nil {
			n.Fail(err)
		}
		x, err := h.reals()
		if err != nil || len(x) != 1 {
			n.Failf("the default is not one number: %v", err)
		}
		def = float64(x[0])
	}
	return []*value{{dtype: dtype, id: n.translated(n.Real(0), keys, values, def)}}
}

// lowerOneHotEncoder compares each element with each category. Without zeros an
// element that is none of them is an error: it cannot be one here.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_OneHotEncoder.html
func lowerOneHotEncoder(n *node) graph.ID {
	if n.HasAttr("cats_strings") {
		n.Failf("the categories are text: export the model with numbers in their place")
	}
	if !n.Bool("zeros", true) {
		n.Failf("zeros is 0: an input of no category would have to be refused")
	}
	h := &host{what: "category", dtype: onnxpb.Int64, ints: n.Ints("cats_int64s")}
	keys, err := h.reals()
	if err != nil {
		n.Fail(err)
	}
	return n.isEach(n.Real(0), keys)
}

// lowerArrayFeatureExtractor picks elements of the last axis. Of a vector known
// now the indices may depend on the input.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_ArrayFeatureExtractor.html
func lowerArrayFeatureExtractor(n *node) []*value {
	x, y := n.Value(0), n.Value(1)
	s := n.ShapeOf(x)
	if len(s) == 0 {
		n.Failf("input 0 has no axes")
	}
	if y.host == nil {
		if x.host == nil || len(s) != 1 {
			n.Failf("the indices depend on the network's input, which is supported for a vector that does not")
		}
		values, err := x.host.reals()
		if err != nil {
			n.Fail(err)
		}
		keys := make([]float32, len(values))
		for i := range keys {
			keys[i] = float32(i)
		}
		id := n.translated(n.Real(1), keys, values, 0)
		return []*value{{dtype: x.dtype, id: n.b.Reshape(id, tensor.Shape{1, n.Shape(id).Size()})}}
	}
	index := n.Small("indices", n.IntsIn(1), 0)
	last := len(s) - 1
	for _, i := range index {
		if i >= s[last] {
			n.Failf("index %d of %d", i, s[last])
		}
	}
	v := n.pick(x, last, index, 0)
	if len(s) == 1 {
		return n.regrouped(v, tensor.Shape{1, len(index)})
	}
	return []*value{v}
}
