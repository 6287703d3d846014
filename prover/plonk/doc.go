// SPDX-License-Identifier: Apache-2.0

// Package plonk makes PLONK proofs over BN254 with a device: gnark's keys and constraint
// systems go in, and proofs come out that gnark's verifier accepts.
//
// The protocol is that of [GWC19] in the form of gnark v0.16.0. With H = {ωⁱ}, |H| = n, the
// wires a, b, c and the selectors satisfy on H
//
//	q_L·a + q_R·b + q_M·a·b + q_O·c + q_C + PI + ∑ⱼ q_Pⱼ·πⱼ = 0
//
// where PI holds the public inputs, and πⱼ the wires that the j-th commitment binds
// ([BSB22]). The permutation σ of the 3n positions of wires, identified with H ∪ kH ∪ k²H,
// is given by S₁, S₂, S₃. It keeps the wires, by the grand product
//
//	z(1) = 1,  z(ωX)·∏(wⱼ + β·Sⱼ + γ) = z(X)·∏(wⱼ + β·kʲ⁻¹·X + γ),  w = (a, b, c)
//
// and the rounds are
//
//	1  solve; commit to a, b, c                         (wires.go)
//	2  γ, β; commit to z                                (permutation.go)
//	3  α; commit to the quotient t in three parts       (quotient.go, interpolate.go)
//	4  ζ; evaluate, open z at ωζ                        (opening.go)
//	5  linearise r; open r, a, b, c, S₁, S₂, q_P at ζ   (linearise.go, opening.go)
//
// gnark departs from the paper in the sign of the term of α, in the public inputs, which
// the first gates hold, and in that r is opened and not set to 0.
//
// Zero knowledge: a, b, c get a random multiple of Xⁿ − 1 of degree n+1 each, z one of
// degree n+2, and each commitment of [BSB22] two random rows. With gnark's
// WithStatisticalZeroKnowledge, t₁ and t₂ get a random multiple of Xⁿ⁺² each, which t₂ and
// t₃ give back. Without it the parts of t have no randomness of their own, and proofs are not
// statistically zero-knowledge [Sef24]. All of this is drawn anew for every proof, and no
// commitment is left to a device to hide: what it returns is that to the polynomial without
// blinding or mask, whose share is added here.
//
// Everything of the length of the circuit that costs more than a pass over memory is done
// by the device: transforms, products of polynomials, sums of points. NB! What a device
// returns is not checked here: whoever uses a proof verifies it first. That finds what is
// wrong, not what hides too little.
//
// [GWC19]: https://eprint.iacr.org/2019/953
// [BSB22]: https://eprint.iacr.org/2022/1072
// [Sef24]: https://eprint.iacr.org/2024/848
package plonk
