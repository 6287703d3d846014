// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// labels reads the attributes with the names of classes: integers, or strings, of
// which only the number counts.
func (n *node) labels(ints, texts string) (list []int64, count int) {
	list, words := n.Ints(ints), n.Strings(texts)
	if len(list) > 0 && len(words) > 0 {
		n.Failf("both %s and %s are given", ints, texts)
	}
	return list, len(list) + len(words)
}

// label returns the label of the class with the greatest score, the first of
// several, if something uses output i; scores is samples · classes.
func (n *node) label(i int, scores graph.ID, list []int64) *value {
	if !n.UsesOutput(i) {
		return nil
	}
	n.mustBeInts(i, list)
	s := n.Shape(scores)
	r := over(s, 1)
	first := n.b.Linear(float64(s[1]), []float64{-1}, n.max(n.ranked(scores, n.max(scores, r), r, false), r))
	even := true
	for k := range list {
		even = even && list[k]-list[0] == int64(k)*(list[min(1, len(list)-1)]-list[0])
	}
	if even {
		step := float64(list[min(1, len(list)-1)] - list[0])
		return &value{dtype: onnxpb.Int64, id: n.b.Linear(float64(list[0]), []float64{step}, first)}
	}
	return &value{dtype: onnxpb.Int64, id: n.b.Reshape(lowerMatMul(n, hardmax(n, scores, r), n.labelColumn(list)), tensor.Shape{s[0]})}
}

// choice returns the second label where x is positive, the first elsewhere, if
// something uses output i.
func (n *node) choice(i int, x graph.ID, list []int64) *value {
	if !n.UsesOutput(i) {
		return nil
	}
	n.mustBeInts(i, list)
	bit := n.b.Reshape(n.b.Map(x, graph.Func{Name: "step"}), tensor.Shape{n.Shape(x)[0]})
	return &value{dtype: onnxpb.Int64, id: n.b.Linear(float64(list[0]), []float64{float64(list[1] - list[0])}, bit)}
}

func (n *node) mustBeInts(i int, list []int64) {
	if len(list) == 0 {
		n.Failf("output %d (%q) is text: drop that output from the model and take the argmax of the scores, or export it with integer labels", i, n.p.Outputs[i])
	}
	for _, l := range list {
		if l > 1<<24 || l < -1<<24 {
			n.Failf("label %d is too large", l)
		}
	}
}

// labelColumn returns the labels as a matrix of one column.
func (n *node) labelColumn(list []int64) graph.ID {
	data := make([]float32, len(list))
	for i, l := range list {
		data[i] = float32(l)
	}
	return n.b.Const(tensor.Shape{len(list), 1}, data)
}

// transformed applies the post_transform of a model of ai.onnx.ml to the scores,
// which are output i, along the last axis. A softmax is left out where it is the
// last layer.
func (n *node) transformed(i int, scores graph.ID) *value {
	return n.transform(i, scores, n.String("post_transform", "NONE"))
}

func (n *node) transform(i int, scores graph.ID, transform string) *value {
	v := floats(scores)[0]
	switch transform {
	case "NONE":
		return v
	case "LOGISTIC":
		return floats(n.b.Map(scores, graph.Func{Name: "sigmoid"}))[0]
	case "SOFTMAX":
		if i < len(n.p.Outputs) && n.im.last(n.p.Outputs[i]) {
			v.dropped = fmt.Sprintf("%s of %s %q", transform, n.p.OpType, label(n.p))
			return v
		}
		s := n.Shape(scores)
		return floats(softmax(n, scores, over(s, len(s)-1)))[0]
	}
	n.Failf("post_transform %q is not supported", transform)
	return nil
}

// samples returns input 0, of any type, as samples · features.
func (n *node) samples() graph.ID {
	x := n.Real(0)
	switch s := n.Shape(x); len(s) {
	case 1:
		return n.b.Reshape(x, tensor.Shape{1, s[0]})
	case 2:
	default:
		n.Failf("input 0 has shape %v, want samples and features", s)
	}
	return x
}

// row returns numbers as a constant that broadcasts over samples.
func (n *node) row(data []float32) graph.ID {
	return n.b.Const(tensor.Shape{len(data)}, slices.Clone(data))
}
