// SPDX-License-Identifier: Apache-2.0

// Package logup proves that fractions sum to 0 (Papini and Haböck,
// https://eprint.iacr.org/2023/1284).
//
// # Statement
//
// For tables p and q of 2ᴸ leaves, every qᵢ ≠ 0 and ∑ pᵢ/qᵢ = 0. With pᵢ = −1 and
// qᵢ = α − fᵢ for each lookup f, pᵢ = mᵢ and qᵢ = α − tᵢ for each row t of a table that
// is looked up m times, and (0, 1) elsewhere, this says that every f is a row.
//
// # Protocol
//
// The leaves are level L of a binary tree. A node is the sum of its children, the
// lowest bit of whose index tells them apart:
//
//	p = p₀·q₁ + p₁·q₀        q = q₀·q₁
//
// Level k = TopVars(L) is sent as it is. The verifier adds it up to the root, whose p
// must be 0 and whose q must not be, and draws a point r; the claims are p(r) and q(r)
// at level k. A layer takes claims at level l, at r, to claims at level l+1: draw λ, run
// a sumcheck, of degree 2, for
//
//	∑_x eq(r, x)·(p₀q₁ + p₁q₀ + λ·q₀q₁)(x) = p(r) + λ·q(r)
//
// receive p₀, q₀ and q₁ at its point s, of which the last claim of the sumcheck makes
//
//	p₁ = (value − p₀q₁ − λ·q₀q₁)/q₀
//
// draw τ and go on with p₀ + τ·(p₁−p₀) and q₀ + τ·(q₁−q₀) at (τ, s).
//
// # Error
//
// Soundness: (L² + 2L)/|F|: at most L for the point at level k, and for each layer l 1 for
// λ, 2l for the sumcheck and 1 for τ. Completeness: an honest q₀(s) is 0 for at most
// L²/|F| of the challenges.
//
// # Not checked here
//
// That the leaves are what the caller says they are: Verify ends with claims p(z) and
// q(z), which the caller must check. That the multiplicities and whatever q is made of
// were committed before α was drawn. That the lookups are fewer than |F|, and that the
// rows of a table and those of another cannot be mistaken for each other.
package logup
