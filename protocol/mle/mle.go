// SPDX-License-Identifier: Apache-2.0

// Package mle evaluates multilinear extensions.
//
// A table t of 2ⁿ elements is the polynomial t̃ in n variables, linear in each, with
// t̃(i₀, …, iₙ₋₁) = t[∑ iₖ·2ᵏ]: the first variable is the least significant bit of
// the index. eq(p, i) is the table of
//
//	∏ₖ (iₖ·pₖ + (1−iₖ)·(1−pₖ))
//
// whose product with t sums to t̃(p). A truncated eq is 0 from some index n on;
// tensors whose extents are no powers of two are weighted by those, so that padding
// has weight 0.
package mle

import (
	"math/bits"

	"github.com/zkml-go/zkml/protocol/arith"
)

// Bits returns the number of variables of an axis of n elements: ⌈log₂ n⌉.
func Bits(n int) int { return bits.Len(uint(n - 1)) }

// EqTable returns eq(p, i) for all i: 2ⁿ elements for one multiplication each.
func EqTable[T any](f arith.Field[T], p []T) []T {
	t := make([]T, 1, 1<<len(p))
	t[0] = arith.Int(f, 1)
	for k, x := range p {
		for i := range t[:1<<k] {
			hi := x
			if k > 0 {
				hi = f.Mul(t[i], x)
			}
			t = append(t, hi)
			t[i] = f.Sub(t[i], hi)
		}
	}
	return t
}

// Eq returns eq(p, q) = ∏ (pₖ·qₖ + (1−pₖ)·(1−qₖ)).
func Eq[T any](f arith.Field[T], p, q []T) T {
	out := arith.Int(f, 1)
	for k := range p {
		out = f.Mul(out, eq1(f, p[k], q[k]))
	}
	return out
}

// eq1 returns p·q + (1−p)·(1−q) = 1 − p − q + 2·p·q.
func eq1[T any](f arith.Field[T], p, q T) T {
	pq := f.Mul(p, q)
	return f.Add(f.Sub(f.Sub(arith.Int(f, 1), p), q), f.Add(pq, pq))
}

// EqIndex returns eq(p, i) for the bits of i.
func EqIndex[T any](f arith.Field[T], p []T, i int) T {
	out := arith.Int(f, 1)
	for k, x := range p {
		if i>>k&1 == 0 {
			x = arith.OneMinus(f, x)
		}
		out = f.Mul(out, x)
	}
	return out
}

// EqBelow returns ∑_{i<n} eq(p, i)·eq(q, i), the extension at q of eq(p, ·)
// truncated to n elements, 0 ≤ n ≤ 2^len(p).
//
// Bit k of n, from the least significant: an i that agrees with n above k is below n
// if its bit k is 0 and n's is 1, whatever follows, or if the bits agree and the rest
// is below.
func EqBelow[T any](f arith.Field[T], p, q []T, n int) T {
	if n == 1<<len(p) {
		return Eq(f, p, q)
	}
	below := arith.Int(f, 0)
	all := arith.Int(f, 1) // ∏ of eq1 below bit k
	for k := range p {
		pq := f.Mul(p[k], q[k])
		none := f.Add(f.Sub(f.Sub(arith.Int(f, 1), p[k]), q[k]), pq) // (1−p)·(1−q)
		if n>>k&1 == 1 {
			below = f.Add(f.Mul(none, all), f.Mul(pq, below))
		} else {
			below = f.Mul(none, below)
		}
		all = f.Mul(all, f.Add(none, pq))
	}
	return below
}

// SumBelow returns ∑_{i<n} eq(p, i), 0 ≤ n ≤ 2^len(p).
func SumBelow[T any](f arith.Field[T], p []T, n int) T {
	if n == 1<<len(p) {
		return arith.Int(f, 1)
	}
	below := arith.Int(f, 0)
	for k, x := range p {
		if n>>k&1 == 1 {
			below = f.Add(arith.OneMinus(f, x), f.Mul(x, below))
		} else {
			below = f.Mul(arith.OneMinus(f, x), below)
		}
	}
	return below
}

// IndexBelow returns ∑_{i<n} i·eq(p, i): the extension of 0, 1, …, n−1, 0, 0, …
func IndexBelow[T any](f arith.Field[T], p []T, n int) T {
	all := arith.Int(f, 0) // ∑_{j<k} 2ʲ·pⱼ
	if n == 1<<len(p) {
		for k, x := range p {
			all = f.Add(all, arith.Scale(f, 1<<k, x))
		}
		return all
	}
	below, index := arith.Int(f, 0), arith.Int(f, 0)
	for k, x := range p {
		not := arith.OneMinus(f, x)
		high := f.Mul(x, f.Add(index, arith.Scale(f, 1<<k, below)))
		if n>>k&1 == 1 {
			index = f.Add(f.Mul(not, all), high)
			below = f.Add(not, f.Mul(x, below))
		} else {
			index = f.Mul(not, index)
			below = f.Mul(not, below)
		}
		all = f.Add(all, arith.Scale(f, 1<<k, x))
	}
	return index
}

// Evaluate returns ∑ eq(p, i)·t[i] for a table of at most 2^len(p) elements; what is
// missing is 0.
func Evaluate[T any](f arith.Field[T], p []T, t []T) T {
	e := EqTable(f, p)
	return arith.Dot(f, t, e[:len(t)])
}
