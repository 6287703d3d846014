// SPDX-License-Identifier: Apache-2.0

package onnx

var (
	_ = register("Relu", since(1), unary("relu"))
	_ = register("Sigmoid", since(1), unary("sigmoid"))
	_ = register("Tanh", since(1), unary("tanh"))
	_ = register("Exp", since(1), unary("exp"))
	_ = register("Log", since(1), unary("log"))
	_ = register("Sqrt", since(1), unary("sqrt"))
	_ = register("Reciprocal", since(1), unary("reciprocal"), note("of values that are never 0"))
	_ = register("Erf", since(9), unary("erf"))
	_ = register("Sin", since(7), unary("sin"))
	_ = register("Cos", since(7), unary("cos"))
	_ = register("Tan", since(7), unary("tan"))
	_ = register("Atan", since(7), unary("atan"))
	_ = register("Sinh", since(9), unary("sinh"))
	_ = register("Cosh", since(9), unary("cosh"))
	_ = register("Floor", since(1), unary("floor"))
	_ = register("Ceil", since(1), unary("ceil"))
	_ = register("Round", since(11), unary("round"))
	_ = register("Abs", since(1), unary("abs"), onHost(hostUnary(unary("abs"), func(x int64) int64 { return max(x, -x) })))
	_ = register("Sign", since(9), unary("sign"), onHost(hostUnary(unary("sign"), func(x int64) int64 { return min(max(x, -1), 1) })))
)

// unary lowers an operator that applies a function of package graph to every
// element.
func unary(name string) lowering { return function(name) }

// hostUnary applies f to integers known now; floating-point numbers are lowered.
func hostUnary(lower lowering, f func(x int64) int64) lowering {
	return func(n *node) []*value {
		v := n.Value(0)
		if v.dtype.IsFloat() {
			return lower(n)
		}
		n.SpendOn(v.host.shape)
		out := make([]int64, 0, v.host.size())
		for _, x := range n.IntsIn(0) {
			out = append(out, n.fits(v.dtype, f(x)))
		}
		return []*value{hostInts(v.dtype, v.host.shape, out)}
	}
}
