// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"
	"math/big"

	"github.com/zkml-go/zkml/graph"
)

// precision is the working precision of function tables, in bits. A table entry
// is right unless f(x)/out + 1/2 lies within 2⁻²⁰⁰ of an integer.
const precision = 256

// exact holds the functions that tables are made of. They use +, −, ×, ÷ of
// math/big only, so a table is the same on every machine.
var exact = map[string]func(x *big.Float) *big.Float{
	"exp": exp,
	"sigmoid": func(x *big.Float) *big.Float { // 1/(1 + e⁻ˣ)
		d := exp(newFloat().Neg(x))
		return newFloat().Quo(newFloat().SetInt64(1), d.Add(d, newFloat().SetInt64(1)))
	},
	"tanh": func(x *big.Float) *big.Float { // (e²ˣ − 1)/(e²ˣ + 1)
		d := exp(newFloat().Add(x, x))
		one := newFloat().SetInt64(1)
		return newFloat().Quo(newFloat().Sub(d, one), newFloat().Add(d, one))
	},
}

// saturated is where table entries stop: far beyond every activation's range.
const saturated = int64(1) << 62

// roundedValue returns ⌊f(q·in)/out + 1/2⌋, or ±saturated beyond that.
//
// A float64 decides the entry when it is clear of the edge between two integers
// by far more than the error of math's functions, which differs from machine to
// machine; the exact evaluator decides the rest.
func roundedValue(f graph.Func, q int64, in, out float64) (int64, error) {
	if _, ok := exact[f.Name]; !ok {
		return 0, fmt.Errorf("no exact evaluator for function %s", f.Name)
	}
	y := f.At(float64(q)*in)/out + 0.5
	const margin = 1e-9
	if clear := margin * (1 + math.Abs(y)); y-math.Floor(y) > clear && math.Ceil(y)-y > clear {
		return int64(math.Floor(y)), nil
	}
	return exactValue(f, q, in, out), nil
}

// exactValue is roundedValue by the exact evaluator.
func exactValue(f graph.Func, q int64, in, out float64) int64 {
	x := newFloat().SetInt64(q)
	x.Mul(x, newFloat().SetFloat64(in))
	y := exact[f.Name](x)
	y.Quo(y, newFloat().SetFloat64(out))
	return floor(y.Add(y, newFloat().SetFloat64(0.5)))
}

// floor returns ⌊y⌋, or ±saturated beyond that.
func floor(y *big.Float) int64 {
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

// exp returns eˣ: the Taylor series at x/2ᵏ < 2⁻⁸, squared k times. Each squaring
// doubles the relative error, so the series runs at a higher precision.
func exp(x *big.Float) *big.Float {
	const limit = 1 << 14 // beyond, eˣ is 0 or out of any table's range
	if x.Cmp(big.NewFloat(-limit)) < 0 {
		return newFloat()
	}
	if x.Cmp(big.NewFloat(limit)) > 0 {
		x = big.NewFloat(limit)
	}
	halvings := max(x.MantExp(nil)+8, 0)
	work := func() *big.Float { return new(big.Float).SetPrec(precision + 64) }
	r := work().SetMantExp(work().Set(x), -halvings)
	sum, term := work().SetInt64(1), work().SetInt64(1)
	for n := int64(1); n <= 40; n++ { // r⁴⁰/40! < 2⁻⁴⁰⁰
		term.Mul(term, r)
		term.Quo(term, work().SetInt64(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return newFloat().Set(sum)
}

func newFloat() *big.Float { return new(big.Float).SetPrec(precision) }
