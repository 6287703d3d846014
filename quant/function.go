// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
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
		d := exp(new(big.Float).Neg(x))
		return newFloat().Quo(newFloat().SetInt64(1), d.Add(d, newFloat().SetInt64(1)))
	},
	"tanh": func(x *big.Float) *big.Float { // 1 − 2/(e²ˣ + 1)
		d := exp(newFloat().Add(x, x))
		d.Add(d, newFloat().SetInt64(1))
		return newFloat().Sub(newFloat().SetInt64(1), d.Quo(newFloat().SetInt64(2), d))
	},
}

// roundedValue returns ⌊f(q·in)/out + 1/2⌋.
func roundedValue(f graph.Func, q int64, in, out float64) (int64, error) {
	at, ok := exact[f.Name]
	if !ok {
		return 0, fmt.Errorf("no exact evaluator for function %s", f.Name)
	}
	x := newFloat().SetInt64(q)
	x.Mul(x, newFloat().SetFloat64(in))
	y := at(x)
	y.Quo(y, newFloat().SetFloat64(out))
	n, err := floor(y.Add(y, newFloat().SetFloat64(0.5)))
	if err != nil {
		return 0, fmt.Errorf("%s(%d·%g)/%g: %w", f.Name, q, in, out, err)
	}
	return n, nil
}

// floor returns ⌊y⌋.
func floor(y *big.Float) (int64, error) {
	n, _ := y.Int(nil) // toward zero
	if y.Sign() < 0 && !y.IsInt() {
		n.Sub(n, big.NewInt(1))
	}
	if !n.IsInt64() {
		return 0, fmt.Errorf("result %v has more than 64 bits", y)
	}
	return n.Int64(), nil
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
