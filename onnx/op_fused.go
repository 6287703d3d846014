// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"strings"

	"github.com/zkml-go/zkml/graph"
)

// Operators of ONNX Runtime that apply a function to the result of another:
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
var (
	_ = register("FusedGemm", since(1), one(func(n *node) graph.ID {
		var params []float32
		for _, name := range []string{"activation_alpha", "activation_beta"} {
			if n.HasAttr(name) {
				params = append(params, float32(n.Float(name, 0)))
			}
		}
		n.Ignore("activation_gamma") // no function has a third parameter
		return n.activated(lowerGemm(n), params)
	}), in("com.microsoft"))
	_ = register("FusedConv", since(1), one(func(n *node) graph.ID {
		y := lowerConv(n)
		if n.Has(3) {
			y = n.b.Sum(y, n.In(3))
		}
		return n.activated(y, n.Floats("activation_params"))
	}), in("com.microsoft"))
	_ = register("FusedMatMul", since(1), one(lowerFusedMatMul), in("com.microsoft"))
)

// lowerFusedMatMul is α times the product of matrices that may be transposed.
func lowerFusedMatMul(n *node) graph.ID {
	if n.Bool("transBatchA", false) || n.Bool("transBatchB", false) {
		n.Failf("transposed stacks of matrices are not supported")
	}
	side := func(i int, transposed bool) graph.ID {
		x := n.In(i)
		last := len(n.Shape(x)) - 1
		if !transposed || last < 1 {
			return x
		}
		perm := axes(0, last+1)
		perm[last-1], perm[last] = last, last-1
		return n.b.Transpose(x, perm)
	}
	y := lowerMatMul(n, side(0, n.Bool("transA", false)), side(1, n.Bool("transB", false)))
	return n.b.Linear(0, []float64{n.Float("alpha", 1)}, y)
}

// activated applies the function that attribute activation names, if it names
// one; params are alpha and beta, as far as they are given.
func (n *node) activated(x graph.ID, params []float32) graph.ID {
	name := n.String("activation", "")
	if name == "" {
		return x
	}
	f, ok := recurrentActivations[strings.ToLower(name)]
	switch {
	case strings.EqualFold(name, "Clip") && len(params) == 2:
		return n.b.Map(x, graph.Func{Name: "clip", Params: []float64{float64(params[0]), float64(params[1])}})
	case !ok:
		n.Failf("activation %q is not supported", name)
	}
	for _, p := range []*float64{&f.alpha, &f.beta} {
		if !math.IsNaN(*p) && len(params) > 0 {
			*p, params = float64(params[0]), params[1:]
		}
	}
	return f.apply(n, x, f.alpha, f.beta)
}
