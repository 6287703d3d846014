// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Add", since(1), legacy(lowerAdd))
	_ = register("Add", since(7), func(n *node) []*value {
		if out := n.addMasked(); out != nil {
			return out
		}
		return sameType(lowerAdd)(n)
	}, onHost(hostAdd))
	_ = register("Sub", since(1), legacy(lowerSub))
	_ = register("Sub", since(7), sameType(lowerSub), onHost(hostSub))
	_ = register("Mul", since(1), legacy(lowerMul))
	_ = register("Mul", since(7), sameType(lowerMul), onHost(hostMul))
	_ = register("Div", since(1), legacy(lowerDiv))
	_ = register("Div", since(7), binary(lowerDiv), onHost(hostDiv), note("by a constant or by values that are never 0"))
)

var (
	_ = skip("pytorch-operator/test_operator_add_broadcast", "the tensors hold doubles that float32 does not hold")
	_ = skip("pytorch-operator/test_operator_add_size1_*", "the tensors hold doubles that float32 does not hold")
	_ = skip("pytorch-operator/test_operator_addconstant", "the tensors hold doubles that float32 does not hold")
	_ = skip("pytorch-operator/test_operator_non_float_params", "arithmetic is on floating-point types only")
)

// binary lowers an elementwise operator of two broadcasting arguments.
func binary(f func(n *node, x, y graph.ID) graph.ID) lowering {
	return one(func(n *node) graph.ID { return f(n, n.In(0), n.In(1)) })
}

// sameType is binary for floating-point numbers and for integers that are wide
// enough not to overflow.
func sameType(f func(n *node, x, y graph.ID) graph.ID) lowering {
	return func(n *node) []*value {
		switch t := n.Value(0).dtype; t {
		case onnxpb.Int32, onnxpb.Int64:
			n.sameTypes(0, 1)
			return []*value{{dtype: t, id: f(n, n.Real(0), n.Real(1))}}
		}
		return binary(f)(n)
	}
}

// legacy is binary under the rule of versions before 7.
func legacy(f func(n *node, x, y graph.ID) graph.ID) lowering {
	return one(func(n *node) graph.ID {
		x, y := n.legacyBroadcast(n.In(0), n.In(1))
		return f(n, x, y)
	})
}

// legacyBroadcast brings the arguments of an operator to one shape by the rule of
// versions before 7: the second argument broadcasts only if the attribute says
// so, and then its axes are those of the first from attribute axis on.
//
// https://onnx.ai/onnx/operators/onnx__Add.html
func (n *node) legacyBroadcast(x, y graph.ID) (graph.ID, graph.ID) {
	n.Ignore("consumed_inputs") // a memory hint of version 1
	sx, sy := n.Shape(x), n.Shape(y)
	axis := n.Int("axis", int64(len(sx)-len(sy)))
	if !n.Bool("broadcast", false) {
		if !sx.Equal(sy) {
			n.Failf("shapes %v and %v differ, but attribute \"broadcast\" is not set", sx, sy)
		}
		return x, y
	}
	if sy.Size() == 1 {
		return x, n.b.Reshape(y, tensor.Shape{})
	}
	if axis < 0 || axis+int64(len(sy)) > int64(len(sx)) {
		n.Failf("shape %v does not broadcast to %v at axis %d", sy, sx, axis)
	}
	to := sy.Clone()
	for len(to)+int(axis) < len(sx) {
		to = append(to, 1)
	}
	return x, n.b.BroadcastTo(n.b.Reshape(y, to), sx)
}

// scalar returns the one element of y if y is a constant that leaves the shape
// of x as it is.
func (n *node) scalar(x, y graph.ID) (float64, bool) {
	c := n.b.ConstData(y)
	if len(c) != 1 || len(n.Shape(y)) > len(n.Shape(x)) {
		return 0, false
	}
	return float64(c[0]), true
}

func lowerAdd(n *node, x, y graph.ID) graph.ID {
	if c, ok := n.scalar(x, y); ok {
		return n.b.Linear(c, []float64{1}, x)
	}
	if c, ok := n.scalar(y, x); ok {
		return n.b.Linear(c, []float64{1}, y)
	}
	return n.b.Sum(x, y)
}

func lowerSub(n *node, x, y graph.ID) graph.ID {
	if c, ok := n.scalar(x, y); ok {
		return n.b.Linear(-c, []float64{1}, x)
	}
	if c, ok := n.scalar(y, x); ok {
		return n.b.Linear(c, []float64{-1}, y)
	}
	return n.b.Linear(0, []float64{1, -1}, x, y)
}

func lowerMul(n *node, x, y graph.ID) graph.ID {
	if c, ok := n.scalar(x, y); ok {
		return n.b.Linear(0, []float64{c}, x)
	}
	if c, ok := n.scalar(y, x); ok {
		return n.b.Linear(0, []float64{c}, y)
	}
	return n.b.Mul(x, y)
}

// lowerDiv multiplies by the reciprocal of a constant.
func lowerDiv(n *node, x, y graph.ID) graph.ID {
	if c, ok := n.scalar(x, y); ok && c != 0 {
		return n.b.Linear(0, []float64{1 / c}, x)
	}
	c := n.b.ConstData(y)
	if c == nil {
		return n.b.Divide(x, y)
	}
	inverse := make([]float32, len(c))
	for i, v := range c {
		if v == 0 {
			n.Failf("division by a constant of which element %d is 0", i)
		}
		inverse[i] = float32(1 / float64(v))
	}
	return n.b.Mul(x, n.b.Const(tensor.Shape(n.Shape(y)), inverse))
}
