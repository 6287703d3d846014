// SPDX-License-Identifier: Apache-2.0

package arith

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// Int returns the constant c.
func Int[T any](f Field[T], c int64) T {
	var x fr.Element
	x.SetInt64(c)
	return f.Const(x)
}

// Scale returns c·x. A factor of 1 costs nothing.
func Scale[T any](f Field[T], c int64, x T) T {
	switch c {
	case 1:
		return x
	case -1:
		return f.Sub(Int(f, 0), x)
	}
	return f.Mul(Int(f, c), x)
}

// OneMinus returns 1 − x.
func OneMinus[T any](f Field[T], x T) T { return f.Sub(Int(f, 1), x) }

// Dot returns ∑ aᵢ·bᵢ over slices of one length.
func Dot[T any](f Field[T], a, b []T) T {
	products := make([]T, len(a))
	for i := range a {
		products[i] = f.Mul(a[i], b[i])
	}
	return f.Sum(products)
}

// Powers returns 1, x, …, xⁿ⁻¹.
func Powers[T any](f Field[T], x T, n int) []T {
	out := make([]T, n)
	for i := range out {
		switch i {
		case 0:
			out[i] = Int(f, 1)
		case 1:
			out[i] = x
		default:
			out[i] = f.Mul(out[i-1], x)
		}
	}
	return out
}

// Pow returns xⁿ for n ≥ 0.
func Pow[T any](f Field[T], x T, n int) T {
	out := Int(f, 1)
	for first := true; n > 0; n >>= 1 {
		if n&1 == 1 {
			if first {
				out, first = x, false
			} else {
				out = f.Mul(out, x)
			}
		}
		if n > 1 {
			x = f.Mul(x, x)
		}
	}
	return out
}

// Horner returns ∑ cᵢ·xⁱ.
func Horner[T any](f Field[T], c []T, x T) T {
	if len(c) == 0 {
		return Int(f, 0)
	}
	sum := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		sum = f.Add(f.Mul(sum, x), c[i])
	}
	return sum
}
