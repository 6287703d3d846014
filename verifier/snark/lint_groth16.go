// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"cmp"
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

type groth16Key = *groth16.VerifyingKey

// groth16Rules are the rules for Groth16 keys. The equation that a proof satisfies is
//
//	e(A, B) = e(α, β)⋅e(L, γ)⋅e(C, δ),   L = K₀ + D⋅K₁ + Z⋅K₂ + E⋅K₃ (+ h⋅K₄ + M)
//
// with M the commitment and h its hash.
var groth16Rules = []rule[groth16Key]{
	// With two commitments the contract rejects every proof. gnark's verifier indexes the public inputs
	// by what the key says is committed.
	{"commitments", func(k groth16Key) error {
		n := len(k.PublicAndCommitmentCommitted)
		if n > MaxCommitments {
			return fmt.Errorf("%d commitments, at most %d", n, MaxCommitments)
		}
		if len(k.CommitmentKeys) != n {
			return fmt.Errorf("%d commitment keys, want %d", len(k.CommitmentKeys), n)
		}
		return nil
	}},
	// The contract hashes the commitment alone.
	{"committed-wires", func(k groth16Key) error {
		for _, wires := range k.PublicAndCommitmentCommitted {
			if len(wires) != 0 {
				return fmt.Errorf("the commitment is to %d public wires, want 0", len(wires))
			}
		}
		return nil
	}},
	{"public-inputs", func(k groth16Key) error {
		return CheckPublicInputs(len(k.G1.K) - 1 - len(k.CommitmentKeys))
	}},
	{"on-curve", func(k groth16Key) error {
		return cmp.Or(
			each(groth16G1(k), "is not on the curve", (*curve.G1Affine).IsOnCurve),
			each(groth16G2(k), "is not on the twist", (*curve.G2Affine).IsOnCurve))
	}},
	// G1 is the whole curve; the twist has a large cofactor.
	{"subgroup", func(k groth16Key) error {
		return each(groth16G2(k), "is not in the subgroup", (*curve.G2Affine).IsInSubGroup)
	}},
	// Kᵢ = 0 leaves public input i unbound, K₄ = 0 the challenge drawn from the commitment; γ = 0 all of
	// them, and A = α, B = β, C = 0 proves anything.
	{"identity", func(k groth16Key) error {
		return cmp.Or(
			each(groth16G1(k), "is the identity", func(p *curve.G1Affine) bool { return !p.IsInfinity() }),
			each(groth16G2(k), "is the identity", func(p *curve.G2Affine) bool { return !p.IsInfinity() }))
	}},
	// A secret that is 1 or −1 is no secret: the phase of the ceremony that sets it did not happen.
	// Ceremonies leave γ = 1 on purpose, which is sound, and makes δ = ±1 the fault of gamma-delta.
	{"generator", func(k groth16Key) error {
		_, _, g1, g2 := curve.Generators()
		return cmp.Or(
			each([]named[*curve.G1Affine]{{"alpha", &k.G1.Alpha}, {"beta in G1", &k.G1.Beta}, {"delta in G1", &k.G1.Delta}},
				"is the generator or its negative", func(p *curve.G1Affine) bool { return !sameG1(p, &g1) }),
			each([]named[*curve.G2Affine]{{"beta in G2", &k.G2.Beta}, {"delta in G2", &k.G2.Delta}},
				"is the generator or its negative", func(p *curve.G2Affine) bool { return !sameG2(p, &g2) }))
	}},
	// The verifier does not use [β]₁ and [δ]₁; a key whose halves differ was tampered with.
	{"halves", func(k groth16Key) error {
		if ok, err := sameScalar(&k.G1.Beta, &k.G2.Beta); err != nil || !ok {
			return errors.Join(errors.New("beta differs between G1 and G2"), err)
		}
		if ok, err := sameScalar(&k.G1.Delta, &k.G2.Delta); err != nil || !ok {
			return errors.Join(errors.New("delta differs between G1 and G2"), err)
		}
		return nil
	}},
	// γ = ±δ: A = α, B = β, C = ∓L proves anything. This is the key of a setup without phase 2.
	{"gamma-delta", func(k groth16Key) error {
		if sameG2(&k.G2.Gamma, &k.G2.Delta) {
			return errors.New("gamma is delta or its negative: anybody can forge proofs")
		}
		return nil
	}},
	// γ = ±β: A = α ± L, B = β, C = 0 proves anything.
	{"gamma-beta", func(k groth16Key) error {
		if sameG2(&k.G2.Gamma, &k.G2.Beta) {
			return errors.New("gamma is beta or its negative: anybody can forge proofs")
		}
		return nil
	}},
	// Kᵢ = ±Kⱼ binds only the sum or the difference of two public inputs.
	{"input-bases", func(k groth16Key) error {
		for i := range k.G1.K {
			for j := range i {
				if sameG1(&k.G1.K[i], &k.G1.K[j]) {
					return fmt.Errorf("base K%d is K%d or its negative", i, j)
				}
			}
		}
		return nil
	}},
	// The proof of knowledge of a commitment M is N = σ⋅M. With σ known, M may hide multiples of Kᵢ,
	// which changes public input i.
	{"commitment-key", func(k groth16Key) error {
		_, _, _, g2 := curve.Generators()
		for i := range k.CommitmentKeys {
			key := &k.CommitmentKeys[i]
			if sameG2(&key.G, &key.GSigmaNeg) {
				return errors.New("sigma is 1 or -1")
			}
			if sameG2(&key.GSigmaNeg, &g2) {
				return errors.New("-sigma G is the generator or its negative")
			}
		}
		return nil
	}},
	{"probe", probeGroth16},
}

func groth16G1(k groth16Key) []named[*curve.G1Affine] {
	points := []named[*curve.G1Affine]{
		{"alpha", &k.G1.Alpha}, {"beta in G1", &k.G1.Beta}, {"delta in G1", &k.G1.Delta},
	}
	for i := range k.G1.K {
		points = append(points, named[*curve.G1Affine]{fmt.Sprintf("K%d", i), &k.G1.K[i]})
	}
	return points
}

func groth16G2(k groth16Key) []named[*curve.G2Affine] {
	points := []named[*curve.G2Affine]{
		{"beta in G2", &k.G2.Beta}, {"gamma", &k.G2.Gamma}, {"delta in G2", &k.G2.Delta},
	}
	for i := range k.CommitmentKeys {
		points = append(points,
			named[*curve.G2Affine]{"G of the commitment", &k.CommitmentKeys[i].G},
			named[*curve.G2Affine]{"-sigma G of the commitment", &k.CommitmentKeys[i].GSigmaNeg})
	}
	return points
}

// each returns an error for the first point that does not pass.
func each[P any](points []named[P], fault string, pass func(P) bool) error {
	for _, p := range points {
		if !pass(p.point) {
			return errors.New(p.name + " " + fault)
		}
	}
	return nil
}

// sameG1 reports whether p = ±q.
func sameG1(p, q *curve.G1Affine) bool {
	var neg curve.G1Affine
	neg.Neg(q)
	return p.Equal(q) || p.Equal(&neg)
}

// sameG2 reports whether p = ±q.
func sameG2(p, q *curve.G2Affine) bool {
	var neg curve.G2Affine
	neg.Neg(q)
	return p.Equal(q) || p.Equal(&neg)
}

// sameScalar reports whether p and q are the same multiple of the generators: e(p, [1]₂) = e([1]₁, q).
func sameScalar(p *curve.G1Affine, q *curve.G2Affine) (bool, error) {
	_, _, g1, g2 := curve.Generators()
	g1.Neg(&g1)
	return curve.PairingCheck([]curve.G1Affine{*p, g1}, []curve.G2Affine{g2, *q})
}
