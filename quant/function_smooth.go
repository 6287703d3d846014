// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"
	"math/big"
)

// A smoothFunc is evaluated from +, −, ×, ÷ and √ of math/big, which round the
// same on every machine; its absolute error is below 2⁻²⁰⁰·(1 + |x| + |f(x)|).
type smoothFunc func(x *big.Float, p []float64) *big.Float

// smooth holds the functions that are evaluated with a working precision.
var smooth = map[string]smoothFunc{
	"exp":     func(x *big.Float, _ []float64) *big.Float { return exp(x) },
	"sigmoid": func(x *big.Float, _ []float64) *big.Float { return sigmoid(x) },
	"tanh": func(x *big.Float, _ []float64) *big.Float { // (e²ˣ − 1)/(e²ˣ + 1)
		d := exp(plus(x, x))
		return over(minus(d, one()), plus(d, one()))
	},
	"elu": func(x *big.Float, p []float64) *big.Float {
		if x.Sign() >= 0 {
			return x
		}
		d := exp(over(x, newFloat().SetFloat64(p[1])))
		return times(minus(d, one()), newFloat().SetFloat64(p[0]))
	},
	"swish": func(x *big.Float, p []float64) *big.Float {
		return times(x, sigmoid(times(x, newFloat().SetFloat64(p[0]))))
	},
	"softplus": func(x *big.Float, _ []float64) *big.Float { // max(x, 0) + ln(1 + e^−|x|)
		y := logarithm(plus(one(), exp(newFloat().Neg(newFloat().Abs(x)))))
		if x.Sign() > 0 {
			y = plus(y, x)
		}
		return y
	},
	"mish": func(x *big.Float, _ []float64) *big.Float { // x·e(e + 2)/(e(e + 2) + 2), e = eˣ
		e := exp(x)
		t := times(e, plus(e, newFloat().SetInt64(2)))
		return times(x, over(t, plus(t, newFloat().SetInt64(2))))
	},
	"gelu": func(x *big.Float, _ []float64) *big.Float { // x/2·(1 + erf(x/√2))
		root := newFloat().Sqrt(newFloat().SetInt64(2))
		return times(x, over(plus(one(), errorFunction(over(x, root))), newFloat().SetInt64(2)))
	},
	"gelutanh": func(x *big.Float, _ []float64) *big.Float { // x·sigmoid(2·√(2/π)·(x + 0.044715·x³))
		cube := times(times(x, x), x)
		t := plus(x, over(times(cube, newFloat().SetInt64(44715)), newFloat().SetInt64(1_000_000)))
		root := newFloat().Sqrt(over(newFloat().SetInt64(8), pi(precision)))
		return times(x, sigmoid(times(t, root)))
	},
	"log":   func(x *big.Float, _ []float64) *big.Float { return logarithm(x) },
	"sqrt":  func(x *big.Float, _ []float64) *big.Float { return newFloat().Sqrt(x) },
	"rsqrt": func(x *big.Float, _ []float64) *big.Float { return over(one(), newFloat().Sqrt(x)) },
	"pow":   power,
	"erf":   func(x *big.Float, _ []float64) *big.Float { return errorFunction(x) },
	"sin":   func(x *big.Float, _ []float64) *big.Float { return sine(x, 0) },
	"cos":   func(x *big.Float, _ []float64) *big.Float { return sine(x, 1) },
	// No rational number but 0 is a multiple of π/2.
	"tan":  func(x *big.Float, _ []float64) *big.Float { return over(sine(x, 0), sine(x, 1)) },
	"atan": func(x *big.Float, _ []float64) *big.Float { return arctangent(x) },
	"sinh": func(x *big.Float, _ []float64) *big.Float { // (eˣ − e⁻ˣ)/2
		return over(minus(exp(x), exp(newFloat().Neg(x))), newFloat().SetInt64(2))
	},
	"cosh": func(x *big.Float, _ []float64) *big.Float { // (eˣ + e⁻ˣ)/2
		return over(plus(exp(x), exp(newFloat().Neg(x))), newFloat().SetInt64(2))
	},
}

// power returns xᵉ = exp(e·ln|x|), negative for an odd e of a negative x.
func power(x *big.Float, p []float64) *big.Float {
	e := p[0]
	if x.Sign() == 0 {
		if e == 0 {
			return one()
		}
		return newFloat()
	}
	y := exp(times(newFloat().SetFloat64(e), logarithm(newFloat().Abs(x))))
	if x.Sign() < 0 && math.Mod(e, 2) != 0 {
		y.Neg(y)
	}
	return y
}

// sigmoid returns 1/(1 + e⁻ˣ).
func sigmoid(x *big.Float) *big.Float { return over(one(), plus(one(), exp(newFloat().Neg(x)))) }

func one() *big.Float                  { return newFloat().SetInt64(1) }
func plus(x, y *big.Float) *big.Float  { return newFloat().Add(x, y) }
func minus(x, y *big.Float) *big.Float { return newFloat().Sub(x, y) }
func times(x, y *big.Float) *big.Float { return newFloat().Mul(x, y) }
func over(x, y *big.Float) *big.Float  { return newFloat().Quo(x, y) }
