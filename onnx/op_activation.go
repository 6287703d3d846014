// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

// Activation functions; the defaults of their parameters are those of
// https://onnx.ai/onnx/operators/.
var (
	_ = register("LeakyRelu", since(1), function("leakyrelu", param{"alpha", 0.01}))
	_ = register("ThresholdedRelu", since(10), function("threshold", param{"alpha", 1}))
	_ = register("Swish", since(24), function("swish", param{"alpha", 1}))
	_ = register("HardSwish", since(14), function("hardswish"))
	_ = register("Softplus", since(1), function("softplus"))
	_ = register("Softsign", since(1), function("softsign"))
	_ = register("Mish", since(18), function("mish"))
	_ = register("Elu", since(1), one(func(n *node) graph.ID { return n.elu(n.Float("alpha", 1), 1) }))
	_ = register("Celu", since(12), one(func(n *node) graph.ID {
		alpha := n.Float("alpha", 1)
		return n.elu(alpha, alpha)
	}))
	_ = register("Selu", since(1), one(func(n *node) graph.ID { return selu(n, 1.6732, 1.0507) }))
	_ = register("Selu", since(6), one(func(n *node) graph.ID {
		return selu(n, 1.67326319217681884765625, 1.05070102214813232421875)
	}))
	_ = register("HardSigmoid", since(1), one(lowerHardSigmoid))
	_ = register("Gelu", since(20), one(lowerGelu))
)

// Forms of Gelu of ONNX Runtime, some with a bias as input 1:
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
var (
	_ = register("Gelu", since(1), function("gelu"), in("com.microsoft"))
	_ = register("BiasGelu", since(1), biased("gelu"), in("com.microsoft"))
	_ = register("FastGelu", since(1), biased("gelutanh"), in("com.microsoft"))
	_ = register("QuickGelu", since(1), function("swish", param{"alpha", 1.702}), in("com.microsoft"))
)

// biased applies a function of package graph to the sum of the inputs.
func biased(f string) lowering {
	return one(func(n *node) graph.ID {
		x := n.In(0)
		if n.Has(1) {
			x = n.b.Sum(x, n.param(1, nil, n.Shape(x)))
		}
		return n.b.Map(x, graph.Func{Name: f})
	})
}

// A param is a float attribute with its default.
type param struct {
	name string
	def  float64
}

// function lowers an operator that applies a function of package graph, with
// attributes as its parameters, to every element, of which there may be none.
func function(f string, params ...param) lowering {
	return func(n *node) []*value {
		n.Ignore("consumed_inputs") // a memory hint of version 1
		values := make([]float64, 0, len(params))
		for _, p := range params {
			values = append(values, n.Float(p.name, p.def))
		}
		if v := n.Value(0); v.dtype.IsFloat() && extent(n.ShapeOf(v)) == 0 {
			return []*value{v}
		}
		return floats(n.b.Map(n.In(0), graph.Func{Name: f, Params: values}))
	}
}

// elu is x where x ≥ 0 and height·(exp(x/width) − 1) elsewhere.
func (n *node) elu(height, width float64) graph.ID {
	n.Ignore("consumed_inputs")
	if width == 0 {
		n.Failf("attribute \"alpha\" is 0")
	}
	return n.b.Map(n.In(0), graph.Func{Name: "elu", Params: []float64{height, width}})
}

// selu is elu, scaled.
func selu(n *node, alpha, gamma float64) graph.ID {
	return n.b.Linear(0, []float64{n.Float("gamma", gamma)}, n.elu(n.Float("alpha", alpha), 1))
}

// lowerHardSigmoid clips a line: max(0, min(1, α·x + β)).
//
// https://onnx.ai/onnx/operators/onnx__HardSigmoid.html
func lowerHardSigmoid(n *node) graph.ID {
	n.Ignore("consumed_inputs")
	line := n.b.Linear(n.Float("beta", 0.5), []float64{n.Float("alpha", 0.2)}, n.In(0))
	return n.b.Map(line, graph.Func{Name: "clip", Params: []float64{0, 1}})
}

// lowerGelu is x·Φ(x), or its approximation by tanh.
//
// https://onnx.ai/onnx/operators/onnx__Gelu.html
func lowerGelu(n *node) graph.ID {
	f := "gelu"
	switch approximate := n.String("approximate", "none"); approximate {
	case "none":
	case "tanh":
		f = "gelutanh"
	default:
		n.Failf("attribute \"approximate\" is %q, want \"none\" or \"tanh\"", approximate)
	}
	return n.b.Map(n.In(0), graph.Func{Name: f})
}
