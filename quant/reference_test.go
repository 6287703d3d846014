// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"math/big"

	"github.com/zkml-go/zkml/graph"
)

// The second evaluator: every function by another method than the first, at a
// higher precision.

// reference is the working precision of the second evaluator, in bits.
const reference = 700

func number(x float64) *big.Float { return new(big.Float).SetPrec(reference).SetFloat64(x) }

func add(x, y *big.Float) *big.Float { return number(0).Add(x, y) }
func sub(x, y *big.Float) *big.Float { return number(0).Sub(x, y) }
func mul(x, y *big.Float) *big.Float { return number(0).Mul(x, y) }
func quo(x, y *big.Float) *big.Float { return number(0).Quo(x, y) }

// lambert returns tanh(x) by Lambert's continued fraction
//
//	tanh x = x / (1 + x²/(3 + x²/(5 + …)))
//
// which shares nothing with a Taylor series. With a sign of −1 it is tan(x).
func lambert(x *big.Float, sign float64) *big.Float {
	square := mul(mul(x, x), number(sign))
	d := number(801)
	for k := 799.0; k >= 1; k -= 2 {
		d = add(number(k), quo(square, d))
	}
	return quo(x, d)
}

func tanhOf(x *big.Float) *big.Float { return lambert(x, 1) }

// expOf is (1 + t)/(1 − t), t = tanh(x/2).
func expOf(x *big.Float) *big.Float {
	t := tanhOf(quo(x, number(2)))
	return quo(add(number(1), t), sub(number(1), t))
}

// sigmoidOf is (1 + tanh(x/2))/2.
func sigmoidOf(x *big.Float) *big.Float {
	return quo(add(tanhOf(quo(x, number(2))), number(1)), number(2))
}

// logOf inverts expOf by Newton's method.
func logOf(x *big.Float) *big.Float {
	f, _ := x.Float64()
	y := number(math.Log(f))
	for range 6 { // 50 correct bits double each time
		y = add(y, sub(mul(x, expOf(number(0).Neg(y))), number(1)))
	}
	return y
}

// rootOf is √x by Newton's method.
func rootOf(x *big.Float) *big.Float {
	f, _ := x.Float64()
	y := number(math.Sqrt(f))
	for range 6 {
		y = quo(add(y, quo(x, y)), number(2))
	}
	return y
}

// erfOf is 2/√π·e^(−x²)·∑ 2ⁿ·x²ⁿ⁺¹/(1·3·…·(2n + 1)): all terms have one sign. π is
// the circumference by Gauss and Legendre's means.
func erfOf(x *big.Float) *big.Float {
	sum, term := number(0), x
	for n := 1.0; n < 3000; n++ {
		sum = add(sum, term)
		term = quo(mul(term, mul(mul(x, x), number(2))), number(2*n+1))
	}
	return quo(mul(mul(sum, number(2)), expOf(number(0).Neg(mul(x, x)))), rootOf(piOf()))
}

func piOf() *big.Float {
	a, b, t, p := number(1), quo(number(1), rootOf(number(2))), number(0.25), number(1)
	for range 9 {
		mean := quo(add(a, b), number(2))
		b = rootOf(mul(a, b))
		d := sub(a, mean)
		t = sub(t, mul(p, mul(d, d)))
		a, p = mean, mul(p, number(2))
	}
	s := add(a, b)
	return quo(mul(s, s), mul(t, number(4)))
}

// circle returns sin(x) and cos(x) from tan(x/2).
func circle(x *big.Float) (sin, cos *big.Float) {
	t := lambert(quo(x, number(2)), -1)
	square := mul(t, t)
	d := add(number(1), square)
	return quo(add(t, t), d), quo(sub(number(1), square), d)
}

// arcOf inverts the tangent by Newton's method: y ← y − (tan y − x)/(1 + tan² y).
func arcOf(x *big.Float) *big.Float {
	f, _ := x.Float64()
	y := number(math.Atan(f))
	for range 6 {
		t := lambert(y, -1)
		y = sub(y, quo(sub(t, x), add(number(1), mul(t, t))))
	}
	return y
}

// A checked function is a function with parameters and its second evaluator.
type checkedFunc struct {
	f    graph.Func
	want func(x *big.Float) *big.Float
	// Between these the series and fractions of this file converge.
	least, most float64
	// From here on math's own function is right to 2e-14 of its value.
	libm float64
}

func fn(name string, params ...float64) graph.Func { return graph.Func{Name: name, Params: params} }

const far = 1e9

// references has an entry for every function that has an evaluator.
var references = []checkedFunc{
	{fn("tanh"), tanhOf, -far, far, -far},
	{fn("sigmoid"), sigmoidOf, -far, far, -far},
	{fn("exp"), expOf, -far, far, -far},
	{fn("elu", 1.5, 0.75), func(x *big.Float) *big.Float {
		if x.Sign() > 0 {
			return x
		}
		return mul(number(1.5), sub(expOf(quo(x, number(0.75))), number(1)))
	}, -far, far, -far},
	{fn("swish", 1.702), func(x *big.Float) *big.Float { return mul(x, sigmoidOf(mul(x, number(1.702)))) }, -far, far, -far},
	{fn("softplus"), func(x *big.Float) *big.Float { return logOf(add(number(1), expOf(x))) }, -30, far, -far},
	{fn("mish"), func(x *big.Float) *big.Float { return mul(x, tanhOf(logOf(add(number(1), expOf(x))))) }, -30, 40, -far},
	{fn("gelu"), func(x *big.Float) *big.Float {
		return mul(x, quo(add(number(1), erfOf(quo(x, rootOf(number(2))))), number(2)))
	}, -10, 10, -far},
	{fn("gelutanh"), func(x *big.Float) *big.Float {
		cube := mul(mul(x, x), x)
		t := add(x, quo(mul(cube, number(44715)), number(1e6)))
		t = tanhOf(mul(t, rootOf(quo(number(2), piOf()))))
		return quo(mul(x, add(number(1), t)), number(2))
	}, -5, 12, -3},
	{fn("log"), logOf, 0, far, 0},
	{fn("sqrt"), rootOf, 0, far, 0},
	{fn("rsqrt"), func(x *big.Float) *big.Float { return quo(number(1), rootOf(x)) }, 0, far, 0},
	{fn("pow", 2.5), func(x *big.Float) *big.Float { return expOf(mul(number(2.5), logOf(x))) }, 0, far, 0},
	{fn("pow", -0.25), func(x *big.Float) *big.Float { return quo(number(1), rootOf(rootOf(x))) }, 0, far, 0},
	{fn("pow", 3), func(x *big.Float) *big.Float { return mul(x, mul(x, x)) }, -far, far, -far},
	{fn("pow", -2), func(x *big.Float) *big.Float { return quo(number(1), mul(x, x)) }, -far, far, -far},
	{fn("pow", 17), func(x *big.Float) *big.Float { return mul(x, mul(power8(x), power8(x))) }, -far, far, -far},
	{fn("erf"), erfOf, -10, 10, -far},
	{fn("sin"), func(x *big.Float) *big.Float { s, _ := circle(x); return s }, -far, far, -far},
	{fn("cos"), func(x *big.Float) *big.Float { _, c := circle(x); return c }, -far, far, -far},
	{fn("tan"), func(x *big.Float) *big.Float { return lambert(x, -1) }, -far, far, -far},
	{fn("atan"), arcOf, -far, far, -far},
	{fn("sinh"), func(x *big.Float) *big.Float {
		t := tanhOf(quo(x, number(2)))
		return quo(add(t, t), sub(number(1), mul(t, t)))
	}, -far, far, -far},
	{fn("cosh"), func(x *big.Float) *big.Float {
		t := mul(tanhOf(quo(x, number(2))), tanhOf(quo(x, number(2))))
		return quo(add(number(1), t), sub(number(1), t))
	}, -far, far, -far},
	{fn("abs"), func(x *big.Float) *big.Float { return number(0).Abs(x) }, -far, far, -far},
	{fn("leakyrelu", 0.3), func(x *big.Float) *big.Float { return pickSign(x, x, mul(x, number(0.3))) }, -far, far, -far},
	{fn("threshold", 1.5), func(x *big.Float) *big.Float { return pickSign(sub(x, number(1.5)), x, number(0)) }, -far, far, -far},
	{fn("hardswish"), func(x *big.Float) *big.Float {
		h := add(quo(x, number(6)), number(0.5))
		h = pickSign(h, h, number(0))
		return mul(x, pickSign(sub(h, number(1)), number(1), h))
	}, -far, far, -far},
	{fn("softsign"), func(x *big.Float) *big.Float { return quo(x, add(number(1), number(0).Abs(x))) }, -far, far, -far},
	{fn("reciprocal"), func(x *big.Float) *big.Float { return quo(number(1), x) }, -far, far, -far},
	{fn("sign"), func(x *big.Float) *big.Float { return number(float64(x.Sign())) }, -far, far, -far},
	{fn("step"), func(x *big.Float) *big.Float { return pickSign(x, number(1), number(0)) }, -far, far, -far},
	{fn("iszero"), func(x *big.Float) *big.Float { return number(0) }, -far, far, -far}, // see TestRoundedValueEdges
	{fn("trunc"), inFloat64(math.Trunc), -far, far, -far},
	{fn("floor"), inFloat64(math.Floor), -far, far, -far},
	{fn("ceil"), inFloat64(math.Ceil), -far, far, -far},
	{fn("round"), inFloat64(math.RoundToEven), -far, far, -far},
	{fn("fakequant", 0.5, 3, -16, 15), inFloat64(func(x float64) float64 { // 0.5 scales exactly
		return min(max(math.RoundToEven(2*x)+3, -16), 15)/2 - 1.5
	}), -far, far, -far},
}

// inFloat64 is a function that is exact in float64.
func inFloat64(f func(x float64) float64) func(x *big.Float) *big.Float {
	return func(x *big.Float) *big.Float {
		v, _ := x.Float64()
		return number(f(v))
	}
}

// pickSign returns y where x > 0, z elsewhere.
func pickSign(x, y, z *big.Float) *big.Float {
	if x.Sign() > 0 {
		return y
	}
	return z
}

func power8(x *big.Float) *big.Float {
	for range 3 {
		x = mul(x, x)
	}
	return x
}
