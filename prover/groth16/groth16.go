// SPDX-License-Identifier: Apache-2.0

// Package groth16 makes Groth16 proofs over BN254 with a device, from the keys and the
// solver of gnark, whose verifier takes them.
//
// A circuit has n rows and wires aᵢ, a₀ = 1 first, then the public ones. Its polynomials
// uᵢ, vᵢ, wᵢ interpolate the matrices of its rows over the n-th roots of unity, on which
// t(X) = Xⁿ − 1 is zero. With u = ∑ aᵢ·uᵢ, and v and w alike, the rows are satisfied if
//
//	u·v − w = h·t
//
// for a polynomial h. With r and s drawn anew for every proof, it is
//
//	A = α + u(x) + r·δ                                  in G1
//	B = β + v(x) + s·δ                                  in G2, β + v(x) in G1 for C
//	C = ∑ aᵢ·(β·uᵢ(x) + α·vᵢ(x) + wᵢ(x))/δ              over the private wires
//	    + h(x)·t(x)/δ + s·A + r·B − r·s·δ               in G1
//	D = ∑ aᵢ·(β·uᵢ(x) + α·vᵢ(x) + wᵢ(x))/γ              over the committed wires
//	E = σ·D                                             the proof that D is such a sum
//
// and the proving key holds, of a secret point x that nobody knows, A: [uᵢ(x)], B: [vᵢ(x)],
// both without the points that are at infinity, K: the terms of C over private wires that
// are neither committed nor commitments, and Z: [xʲ·t(x)/δ] for j < n − 1, in the order of
// reversed bits. D and E are there if the circuit has a commitment, a wire that is the hash
// of D: it is known only while the circuit is solved.
//
// See [Groth16] and for D and E [BSB22].
//
// NB! A device can return anything. What comes out is a proof only if it verifies.
//
// [Groth16]: https://eprint.iacr.org/2016/260
// [BSB22]: https://eprint.iacr.org/2022/1072
package groth16
