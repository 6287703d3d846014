// SPDX-License-Identifier: Apache-2.0

package quant

import "math/big"

// guard is by how many bits series run at a higher precision than their result.
const guard = 64

// at returns a number of the given precision.
func at(bits uint) *big.Float { return new(big.Float).SetPrec(bits) }

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
	const bits = precision + guard
	r := at(bits).SetMantExp(at(bits).Set(x), -halvings)
	sum, term := at(bits).SetInt64(1), at(bits).SetInt64(1)
	for n := int64(1); n <= 40; n++ { // r⁴⁰/40! < 2⁻⁴⁰⁰
		term.Mul(term, r)
		term.Quo(term, at(bits).SetInt64(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return newFloat().Set(sum)
}

// logarithm returns ln x for x > 0: with x = m·2ᵏ and m in [1/2, 1) it is
// 2·artanh((m − 1)/(m + 1)) + k·ln 2.
func logarithm(x *big.Float) *big.Float {
	const bits = precision + guard
	m := at(bits)
	k := x.MantExp(m)
	m.SetPrec(bits)
	z := at(bits).Sub(m, at(bits).SetInt64(1))
	z.Quo(z, at(bits).Add(m, at(bits).SetInt64(1)))
	third := at(bits).Quo(at(bits).SetInt64(1), at(bits).SetInt64(3)) // ln 2 = 2·artanh(1/3)
	sum := at(bits).Mul(at(bits).SetInt64(int64(k)), artanh(third))
	sum.Add(sum, artanh(z))
	return newFloat().Set(sum.Add(sum, sum))
}

// artanh returns z + z³/3 + z⁵/5 + … for |z| ≤ 1/3.
func artanh(z *big.Float) *big.Float {
	bits := z.Prec()
	sum, power, square := at(bits).Set(z), at(bits).Set(z), at(bits).Mul(z, z)
	for n := int64(3); n <= 2*int64(bits)/3+3; n += 2 { // z² < 2⁻³
		power.Mul(power, square)
		sum.Add(sum, at(bits).Quo(power, at(bits).SetInt64(n)))
	}
	return sum
}

// pi returns π by Machin's formula, 16·arctan(1/5) − 4·arctan(1/239).
func pi(bits uint) *big.Float {
	arctan := func(n int64) *big.Float { // 1/n − 1/(3·n³) + 1/(5·n⁵) − …
		power := at(bits+guard).Quo(at(bits+guard).SetInt64(1), at(bits+guard).SetInt64(n))
		sum, square := at(bits+guard).Set(power), at(bits+guard).SetInt64(n*n)
		for k := int64(3); k <= int64(bits+guard)/2; k += 2 { // 25 > 2⁴
			power.Neg(power.Quo(power, square))
			sum.Add(sum, at(bits+guard).Quo(power, at(bits+guard).SetInt64(k)))
		}
		return sum
	}
	a, b := arctan(5), arctan(239)
	a.Mul(a, at(bits+guard).SetInt64(16))
	return a.Sub(a, b.Mul(b, at(bits+guard).SetInt64(4)))
}

// sine returns sin(x + quarters·π/2): the Taylor series at the distance of x from
// the nearest multiple of π/2, of which there may be as many as 2⁶⁴.
func sine(x *big.Float, quarters int64) *big.Float {
	bits := uint(precision + 2*guard + max(x.MantExp(nil), 0))
	half := pi(bits)
	half.Quo(half, at(bits).SetInt64(2))
	n := at(bits).Quo(x, half)
	nearest, _ := n.Add(n, at(bits).SetFloat64(0.5)).Int(nil) // toward zero; |r| < π either way
	r := at(bits).Sub(x, at(bits).Mul(half, at(bits).SetInt(nearest)))
	nearest.Add(nearest, big.NewInt(quarters))
	turn := int64(nearest.Bit(0) + 2*nearest.Bit(1)) // modulo 4, of negative numbers, too
	sum, term := at(bits), at(bits).SetInt64(1)
	for k := int64(0); k < 120; k++ { // π¹²⁰/120! < 2⁻⁴⁰⁰
		switch { // odd powers make sin r, even ones cos r
		case k%2 == turn%2:
		case (k/2+turn/2)%2 == 0:
			sum.Add(sum, term)
		default:
			sum.Sub(sum, term)
		}
		term.Mul(term, r)
		term.Quo(term, at(bits).SetInt64(k+1))
	}
	return newFloat().Set(sum)
}

// arctangent returns arctan x: π/2 − arctan 1/x beyond 1, and the Taylor series at
// the fourth halving of the angle, by arctan x = 2·arctan(x/(1 + √(1 + x²))).
func arctangent(x *big.Float) *big.Float {
	const bits = precision + guard
	y := at(bits).Abs(x)
	beyond := y.Cmp(at(bits).SetInt64(1)) > 0
	if beyond {
		y.Quo(at(bits).SetInt64(1), y)
	}
	const halvings = 4 // y < tan(π/4/16) < 2⁻⁴
	for range halvings {
		root := at(bits).Mul(y, y)
		root.Sqrt(root.Add(root, at(bits).SetInt64(1)))
		y.Quo(y, root.Add(root, at(bits).SetInt64(1)))
	}
	sum, power, square := at(bits).Set(y), at(bits).Set(y), at(bits).Mul(y, y)
	for n := int64(3); n <= bits/4+3; n += 2 { // y² < 2⁻⁸
		power.Neg(power.Mul(power, square))
		sum.Add(sum, at(bits).Quo(power, at(bits).SetInt64(n)))
	}
	sum.SetMantExp(sum, halvings)
	if beyond {
		half := pi(bits)
		sum.Sub(half.Quo(half, at(bits).SetInt64(2)), sum)
	}
	if x.Sign() < 0 {
		sum.Neg(sum)
	}
	return newFloat().Set(sum)
}

// errorFunction returns erf x = 2/√π·∑ (−1)ⁿ·x²ⁿ⁺¹/(n!·(2n + 1)), which is ±1 within
// 2⁻⁵²⁰ from 19 on. Its precision leaves room for 1 + erf x, of which gelu is made.
func errorFunction(x *big.Float) *big.Float {
	const (
		result = 2*precision + guard
		bits   = result + 600 // terms grow to e³⁶¹ before they cancel
	)
	if limit := big.NewFloat(19); x.Cmp(limit) > 0 {
		return at(result).SetInt64(1)
	} else if x.Cmp(limit.Neg(limit)) < 0 {
		return at(result).SetInt64(-1)
	}
	square := at(bits).Mul(x, x)
	sum, power := at(bits), at(bits).Set(x)
	for n := int64(0); power.Sign() != 0 && power.MantExp(nil) > x.MantExp(nil)-result; n++ {
		sum.Add(sum, at(bits).Quo(power, at(bits).SetInt64(2*n+1)))
		power.Neg(power.Mul(power, square))
		power.Quo(power, at(bits).SetInt64(n+1))
	}
	sum.Quo(sum.Add(sum, sum), at(bits).Sqrt(pi(bits)))
	return at(result).Set(sum)
}
