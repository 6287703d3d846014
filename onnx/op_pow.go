// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
)

const powNote = "with exponents that are known when the model is loaded, or a positive number as the base"

var (
	_ = register("Pow", since(1), legacy(lowerPow), note(powNote))
	_ = register("Pow", since(7), one(func(n *node) graph.ID { return lowerPow(n, n.In(0), n.Real(1)) }), onHost(hostPow), note(powNote))
)

var _ = skip("node/test_pow_types_int*_float32", "arithmetic is on floating-point types only")

// maxExponents bounds the different exponents of one Pow.
const maxExponents = 64

// lowerPow raises x to the powers y, which may differ from element to element if
// they are constants.
//
// https://onnx.ai/onnx/operators/onnx__Pow.html
func lowerPow(n *node, x, y graph.ID) graph.ID {
	exponents := n.b.ConstData(y)
	if exponents == nil {
		return powerOf(n, x, y)
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(exponents)))
	if len(distinct) == 1 {
		return n.b.BroadcastTo(n.power(x, float64(distinct[0])), n.broadcast(x, y))
	}
	if len(distinct) > maxExponents {
		n.Failf("it has %d different exponents, at most %d are supported", len(distinct), maxExponents)
	}
	// ∑_e [y = e]·(x where y = e, 1 elsewhere)ᵉ
	var terms []graph.ID
	for _, e := range distinct {
		n.SpendOn(n.Shape(y))
		mask := make([]float32, len(exponents))
		for i := range mask {
			if exponents[i] == e {
				mask[i] = 1
			}
		}
		here := n.b.Const(n.Shape(y), mask)
		base := n.b.Sum(n.b.Mul(x, here), n.b.Linear(1, []float64{-1}, here))
		terms = append(terms, n.b.Mul(n.power(base, float64(e)), here))
	}
	return n.b.Linear(0, slices.Repeat([]float64{1}, len(terms)), terms...)
}

// powerOf raises constants x to powers y: exp(y·ln x).
func powerOf(n *node, x, y graph.ID) graph.ID {
	bases := n.b.ConstData(x)
	if bases == nil {
		n.Failf("the base and the exponent depend on the network's input: one of them must be known when the model is loaded")
	}
	logs := make([]float32, len(bases))
	for i, b := range bases {
		if b <= 0 {
			n.Failf("element %d of the base is %v, which is not positive, and the exponent depends on the network's input", i, b)
		}
		logs[i] = float32(math.Log(float64(b)))
	}
	return n.b.Map(lowerMul(n, n.b.Const(n.Shape(x), logs), y), graph.Func{Name: "exp"})
}

// power raises x to the power e.
func (n *node) power(x graph.ID, e float64) graph.ID {
	switch e {
	case 0:
		return n.b.Linear(1, []float64{0}, x)
	case 1:
		return x
	case 2:
		return n.b.Mul(x, x)
	case -1:
		return n.b.Map(x, graph.Func{Name: "reciprocal"})
	case 0.5:
		return n.b.Map(x, graph.Func{Name: "sqrt"})
	case -0.5:
		return n.b.Map(x, graph.Func{Name: "rsqrt"})
	}
	return n.b.Map(x, graph.Func{Name: "pow", Params: []float64{e}})
}

// hostPow raises integers known now to powers; the result is cut off toward zero.
func hostPow(n *node) []*value {
	x, y := n.Value(0), n.Value(1)
	if x.dtype.IsFloat() {
		return floats(lowerPow(n, n.In(0), n.Real(1)))
	}
	p := n.pairs(x.host.shape, y.host.shape)
	bases := n.IntsIn(0)
	exponents, err := y.host.reals()
	if err != nil {
		n.Fail(err)
	}
	out := make([]int64, len(p.x))
	for i := range out {
		b, e := bases[p.x[i]], exponents[p.y[i]]
		v := math.Pow(float64(b), float64(e))
		if !(math.Abs(v) <= 1<<53) {
			n.Failf("%d to the power %v is not an integer below 2⁵³", b, e)
		}
		out[i] = n.fits(x.dtype, int64(v))
	}
	return []*value{hostInts(x.dtype, p.shape, out)}
}
