// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"
	"math/big"

	"github.com/zkml-go/zkml/graph"
)

// A rationalFunc is a function whose values at rational arguments are rational:
// one made of lines and steps, or a quotient of polynomials.
type rationalFunc func(x *big.Rat, p []float64) *big.Rat

// rational holds the functions whose tables are exact, ties included. relu and
// clip are not among them: their tables need no scale (see compiler.table).
var rational = map[string]rationalFunc{
	"abs":    func(x *big.Rat, _ []float64) *big.Rat { return new(big.Rat).Abs(x) },
	"sign":   func(x *big.Rat, _ []float64) *big.Rat { return integer(int64(x.Sign())) },
	"step":   func(x *big.Rat, _ []float64) *big.Rat { return truth(x.Sign() > 0) },
	"iszero": func(x *big.Rat, _ []float64) *big.Rat { return truth(x.Sign() == 0) },
	"floor":  func(x *big.Rat, _ []float64) *big.Rat { return floorRat(x) },
	"ceil": func(x *big.Rat, _ []float64) *big.Rat { // −⌊−x⌋
		y := floorRat(new(big.Rat).Neg(x))
		return y.Neg(y)
	},
	"trunc": func(x *big.Rat, _ []float64) *big.Rat {
		return new(big.Rat).SetInt(new(big.Int).Quo(x.Num(), x.Denom()))
	},
	"round": func(x *big.Rat, _ []float64) *big.Rat { return nearestEven(x) },
	"leakyrelu": func(x *big.Rat, p []float64) *big.Rat {
		if x.Sign() < 0 {
			return new(big.Rat).Mul(x, ratio(p[0]))
		}
		return x
	},
	"threshold": func(x *big.Rat, p []float64) *big.Rat {
		if x.Cmp(ratio(p[0])) > 0 {
			return x
		}
		return new(big.Rat)
	},
	"hardswish": func(x *big.Rat, _ []float64) *big.Rat { // x·min(max(x + 3, 0), 6)/6
		h := new(big.Rat).Add(x, integer(3))
		if h.Sign() < 0 {
			h = new(big.Rat)
		} else if six := integer(6); h.Cmp(six) > 0 {
			h = six
		}
		return h.Mul(h, new(big.Rat).Mul(x, big.NewRat(1, 6)))
	},
	"softsign": func(x *big.Rat, _ []float64) *big.Rat {
		d := new(big.Rat).Abs(x)
		return d.Quo(x, d.Add(d, integer(1)))
	},
	"reciprocal": func(x *big.Rat, _ []float64) *big.Rat { return new(big.Rat).Inv(x) },
	"pow":        integerPower,
	"fakequant": func(x *big.Rat, p []float64) *big.Rat {
		q := nearestEven(new(big.Rat).Quo(x, ratio(p[0])))
		q.Add(q, ratio(p[1]))
		if lo := ratio(p[2]); q.Cmp(lo) < 0 {
			q = lo
		}
		if hi := ratio(p[3]); q.Cmp(hi) > 0 {
			q = hi
		}
		return q.Mul(q.Sub(q, ratio(p[1])), ratio(p[0]))
	},
}

// largestPower bounds the exponents of exact powers, to bound their digits.
const largestPower = 16

// isRational reports whether the values of a function in rational are computed as
// fractions: of the powers only those with small integer exponents are.
func isRational(f graph.Func) bool {
	if f.Name != "pow" {
		return true
	}
	e := f.Params[0]
	return e == math.Trunc(e) && math.Abs(e) <= largestPower
}

// integerPower returns xᵉ for an integer e; x is not 0 if e < 0.
func integerPower(x *big.Rat, p []float64) *big.Rat {
	e := int64(p[0])
	n := big.NewInt(max(e, -e))
	y := new(big.Rat).SetFrac(new(big.Int).Exp(x.Num(), n, nil), new(big.Int).Exp(x.Denom(), n, nil))
	if e < 0 {
		y.Inv(y)
	}
	return y
}

func integer(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func truth(b bool) *big.Rat {
	if b {
		return integer(1)
	}
	return new(big.Rat)
}

func floorRat(x *big.Rat) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Div(x.Num(), x.Denom()))
}

// nearestEven rounds to the nearest integer, of two to the even one.
func nearestEven(x *big.Rat) *big.Rat {
	half := big.NewRat(1, 2)
	y := floorRat(half.Add(x, half))
	tie := new(big.Rat).Sub(y, x)
	if tie.Cmp(big.NewRat(1, 2)) == 0 && y.Num().Bit(0) == 1 {
		y.Sub(y, integer(1))
	}
	return y
}
