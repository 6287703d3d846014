// SPDX-License-Identifier: Apache-2.0

// Package pcs is Mercury [EG25], a polynomial commitment scheme for multilinear
// polynomials on top of KZG over BN254, for many columns opened at one point.
//
// # Statement
//
// N = 2ⁿ, n = t₁ + t₂, b = 2^t₁, B = 2^t₂. A column is a polynomial
//
//	f_k(X) = ∑_{i<N} f_k[i]·Xⁱ + s_k·X^N
//
// whose coefficients are the values of a table on the hypercube, the index LSB-first:
// i = ∑ iₖ·2ᵏ. Its commitment is C_k = [f_k(τ)]₁; s_k blinds it and has no part in
// the evaluation. With f = ∑ ρ^(k−1)·f_k the verifier is convinced that
//
//	v = ∑_{i<N} f[i]·eq(i, u)
//
// for u = (u_lo, u_hi), of t₁ and t₂ elements, and commitments of which the caller's
// seed d is a hash.
//
// # Protocol
//
// P1(X) = ∏ (1−uᵢ + uᵢ·X^(2ⁱ)) over u_lo, P2 the same over u_hi: their coefficients are
// eq(·, u_lo) and eq(·, u_hi). f(X) = ∑_{j<b} Xʲ·f_j(X^b).
//
//	→ C_h        h(Y) = ∑_j eq(j, u_lo)·f_j(Y)
//	← α
//	→ C_q, C_g, h(α)    f = q·(X^b − α) + g,  deg g < b
//	← γ
//	→ C_S, C_D   g(X)·P1(1/X) + g(1/X)·P1(X) + γ·(h(X)·P2(1/X) + h(1/X)·P2(X))
//	               = 2·(h(α) + γ·v) + X·S(X) + S(1/X)/X,      D(X) = X^(b−1)·g(1/X)
//	← ζ
//	→ g, h and S at ζ and 1/ζ, C_H       H = (f − (ζ^b − α)·q − g(ζ))/(X − ζ)
//	← β
//	→ C_m        m = ∑ᵢ βⁱ·Z_{T∖Sᵢ}·(pᵢ − pᵢ*), C_m = [m/Z_T]
//	← y
//	→ C_L        L = ∑ᵢ βⁱ·Z_{T∖Sᵢ}(y)·(pᵢ − pᵢ*(y)) − Z_T(y)·m/Z_T, C_L = [L/(X − y)]
//	← δ
//
// The last two messages open p = (g, h, S, D) at the sets S_g = S_S = {ζ, 1/ζ},
// S_h = T = {ζ, 1/ζ, α}, S_D = {ζ} [BDFG20]; pᵢ* interpolates on Sᵢ, D(ζ) being
// ζ^(b−1)·g(1/ζ). δ joins the two pairing equations.
//
// Why it holds: D is a polynomial, so deg g < b, and with f = q·(X^b − α) + g this makes
// the coefficients of g those of f_j(α). The constant term of the third equation, which
// S cannot touch, says ⟨g, P1⟩ = h(α) and, because γ came later, ⟨h, P2⟩ = v; the former
// for an α that came after C_h, so h = ∑_j eq(j, u_lo)·f_j. P2 has B coefficients: those
// of h from Y^B on, and so those of f from X^N on, do not matter.
//
// # Soundness error
//
// In the algebraic group model, for an SRS of M powers of τ and a random oracle whose outputs,
// being reduced, are at most 1.2/r likely each: at most (12·M + 10)/r per query, below 2⁻²²¹
// for M ≤ 2²⁸, and the advantage against the q-discrete logarithm. Polynomials have degree
// below M, so that α costs M/r, ζ (2 + 4 + 2)·M/r for the quotient, the inner products
// and D, and y M/r. ρ adds K/r for columns that were fixed before it.
//
// NB! It is not checked that f_k has only N + 1 coefficients, nor that u and ρ were drawn
// after the columns were fixed, nor that d is a hash of them: the caller sees to it. A u
// need not be hashed if ρ was drawn from a transcript that has it. Openings alone do not
// hide the columns: one of them must be a mask.
//
// [EG25]: https://eprint.iacr.org/2025/385
// [BDFG20]: https://eprint.iacr.org/2020/081
package pcs
