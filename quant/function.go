// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"
	"math/big"

	"github.com/zkml-go/zkml/graph"
)

// precision is the working precision of function tables, in bits. A table entry
// of a function that is not rational is right unless f(x)/out + 1/2 lies within
// 2⁻²⁰⁰ of an integer; one of a rational function is right.
const precision = 256

// saturated is where table entries stop: far beyond every activation's range.
const saturated = int64(1) << 62

// roundedValue returns ⌊f(x)/out + 1/2⌋ at x = q·in, or ±saturated beyond that.
// Where f is not defined it takes the nearest q at which it is: see domain.
//
// Of a function that is not rational, a float64 decides the entry when it is clear
// of the edge between two integers by far more than the error of math's functions,
// which differs from machine to machine; the exact evaluator decides the rest.
func roundedValue(f graph.Func, q int64, in, out float64) (int64, error) {
	if !evaluates(f) {
		return 0, fmt.Errorf("no exact evaluator for function %s", f)
	}
	q = defined(f, q)
	if _, ok := smooth[f.Name]; ok && moderate(f.Params) {
		x := float64(q) * in
		y := f.At(x)/out + 0.5
		// The first term is of the result, the second of the argument.
		clear := 1e-9*(1+math.Abs(y)) + 1e-13*(1+math.Abs(x))/out
		if y-math.Floor(y) > clear && math.Ceil(y)-y > clear {
			return int64(math.Floor(y)), nil
		}
	}
	return exactValue(f, q, in, out), nil
}

// evaluates reports whether tables can be made of f.
func evaluates(f graph.Func) bool {
	_, s := smooth[f.Name]
	_, r := rational[f.Name]
	return (s || r) && finite(f.Params)
}

// moderate reports whether parameters multiply an error by little.
func moderate(params []float64) bool {
	for _, p := range params {
		if !(math.Abs(p) <= 100 && math.Abs(p) >= 0.01) {
			return false
		}
	}
	return true
}

// exactValue is roundedValue by the exact evaluator; f is defined at q.
func exactValue(f graph.Func, q int64, in, out float64) int64 {
	if g, ok := rational[f.Name]; ok && isRational(f) {
		y := g(product(q, in), f.Params)
		y.Quo(y, ratio(out))
		return floor(y.Add(y, big.NewRat(1, 2)))
	}
	x := newFloat().SetInt64(q)
	x.Mul(x, newFloat().SetFloat64(in))
	y := smooth[f.Name](x, f.Params)
	y = newFloat().Quo(y, newFloat().SetFloat64(out))
	return floorFloat(y.Add(y, newFloat().SetFloat64(0.5)))
}

// product returns q·in.
func product(q int64, in float64) *big.Rat {
	x := new(big.Rat).SetInt64(q)
	return x.Mul(x, ratio(in))
}

// ratio returns x, which is finite, as a fraction.
func ratio(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }

// floor returns ⌊y⌋, or ±saturated beyond that.
func floor(y *big.Rat) int64 {
	n := new(big.Int).Div(y.Num(), y.Denom()) // Euclidean, and the denominator is positive
	switch {
	case n.Cmp(big.NewInt(saturated)) > 0:
		return saturated
	case n.Cmp(big.NewInt(-saturated)) < 0:
		return -saturated
	}
	return n.Int64()
}

// floorFloat is floor of a big.Float.
func floorFloat(y *big.Float) int64 {
	if limit := newFloat().SetInt64(saturated); y.Cmp(limit) > 0 {
		return saturated
	} else if y.Cmp(limit.Neg(limit)) < 0 {
		return -saturated
	}
	n, _ := y.Int64() // toward zero
	if y.Sign() < 0 && !y.IsInt() {
		n--
	}
	return n
}

func newFloat() *big.Float { return new(big.Float).SetPrec(precision) }
