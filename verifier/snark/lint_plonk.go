// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
)

type plonkKey = *plonk.VerifyingKey

// maxDomainBits is the 2-adicity of the field: no domain is larger than 2²⁸.
const maxDomainBits = 28

// plonkRules are the rules for PLONK keys. n is the size of the domain ⟨ω⟩, u the shift of its cosets.
var plonkRules = []rule[plonkKey]{
	{"commitments", func(k plonkKey) error {
		n := len(k.Qcp)
		if n > MaxCommitments {
			return fmt.Errorf("%d commitments, at most %d", n, MaxCommitments)
		}
		if len(k.CommitmentConstraintIndexes) != n {
			return fmt.Errorf("%d commitment rows, want %d", len(k.CommitmentConstraintIndexes), n)
		}
		return nil
	}},
	{"public-inputs", func(k plonkKey) error {
		if k.NbPublicVariables != NumPublicInputs {
			return fmt.Errorf("%d public inputs, want %d", k.NbPublicVariables, NumPublicInputs)
		}
		return nil
	}},
	// ω of an order below n, or a wrong 1/n, makes the Lagrange polynomials vanish where they should bind
	// the public inputs.
	{"domain", func(k plonkKey) error {
		if k.Size < 2*k.NbPublicVariables || k.Size > 1<<maxDomainBits || k.Size&(k.Size-1) != 0 {
			return fmt.Errorf("size %d is not a power of two from 8 to 2^%d", k.Size, maxDomainBits)
		}
		one, size := fr.One(), fr.NewElement(k.Size)
		if size.Mul(&size, &k.SizeInv); !size.Equal(&one) {
			return errors.New("the inverse of the size is wrong")
		}
		var half, negOne fr.Element
		half.Exp(k.Generator, new(big.Int).SetUint64(k.Size/2))
		if negOne.Neg(&one); !half.Equal(&negOne) {
			return errors.New("the generator is not of the order of the domain")
		}
		return nil
	}},
	// The row of the commitment lies in the domain, after the public inputs: in theirs, it would add its
	// hash to a public input.
	{"commitment-row", func(k plonkKey) error {
		for _, row := range k.CommitmentConstraintIndexes {
			if row >= k.Size-k.NbPublicVariables {
				return fmt.Errorf("row %d of the commitment, at most %d", row, k.Size-k.NbPublicVariables-1)
			}
		}
		return nil
	}},
	// ⟨ω⟩, u⟨ω⟩ and u²⟨ω⟩ are disjoint, or the permutation connects wires of different columns:
	// u ≠ 0, uⁿ ≠ 1 and u²ⁿ ≠ 1.
	{"cosets", func(k plonkKey) error {
		var power fr.Element
		power.Exp(k.CosetShift, new(big.Int).SetUint64(2*k.Size))
		if one := fr.One(); power.IsZero() || power.Equal(&one) {
			return errors.New("the cosets of the domain are not disjoint")
		}
		return nil
	}},
	{"on-curve", func(k plonkKey) error {
		return cmp.Or(
			each(plonkG1(k), "is not on the curve", (*curve.G1Affine).IsOnCurve),
			each(plonkG2(k), "is not on the twist", (*curve.G2Affine).IsOnCurve))
	}},
	{"subgroup", func(k plonkKey) error {
		return each(plonkG2(k), "is not in the subgroup", (*curve.G2Affine).IsInSubGroup)
	}},
	// Commitments are to multiples of the standard generators; a base of 0 commits to nothing.
	{"srs-generators", func(k plonkKey) error {
		_, _, g1, g2 := curve.Generators()
		if !k.Kzg.G1.Equal(&g1) || !k.Kzg.G2[0].Equal(&g2) {
			return errors.New("the SRS does not start with the generators")
		}
		return nil
	}},
	// Whoever knows τ opens a commitment to any value. 0 and 1 are an SRS that nobody contributed to; the
	// fourth roots of unity are what gnark-crypto makes for benchmarks.
	{"srs-tau", func(k plonkKey) error {
		_, _, _, g2 := curve.Generators()
		root, err := fr.Generator(4)
		if err != nil {
			return err
		}
		var rootG2 curve.G2Affine
		rootG2.ScalarMultiplication(&g2, root.BigInt(new(big.Int)))
		tau := &k.Kzg.G2[1]
		if tau.IsInfinity() || sameG2(tau, &g2) || sameG2(tau, &rootG2) {
			return errors.New("the secret of the SRS is 0 or a fourth root of unity: anybody can forge proofs")
		}
		return nil
	}},
	// [ql] = 0 leaves the public inputs unbound, [qcp] = 0 the challenge drawn from the commitment, and
	// [sᵢ] = 0 breaks the permutation. The other selectors are 0 for some circuits.
	{"identity", func(k plonkKey) error {
		points := []named[*curve.G1Affine]{
			{"[s1]", &k.S[0]}, {"[s2]", &k.S[1]}, {"[s3]", &k.S[2]}, {"[ql]", &k.Ql},
		}
		for i := range k.Qcp {
			points = append(points, named[*curve.G1Affine]{"[qcp]", &k.Qcp[i]})
		}
		return each(points, "is the identity", func(p *curve.G1Affine) bool { return !p.IsInfinity() })
	}},
	// [sᵢ] = [sⱼ] sends two columns to the same places: not a permutation.
	{"permutation", func(k plonkKey) error {
		if k.S[0].Equal(&k.S[1]) || k.S[0].Equal(&k.S[2]) || k.S[1].Equal(&k.S[2]) {
			return errors.New("two columns of the permutation are equal")
		}
		return nil
	}},
	{"probe", probePlonk},
}

func plonkG1(k plonkKey) []named[*curve.G1Affine] {
	points := []named[*curve.G1Affine]{
		{"[s1]", &k.S[0]}, {"[s2]", &k.S[1]}, {"[s3]", &k.S[2]},
		{"[ql]", &k.Ql}, {"[qr]", &k.Qr}, {"[qm]", &k.Qm}, {"[qo]", &k.Qo}, {"[qk]", &k.Qk},
		{"[1] in G1", &k.Kzg.G1},
	}
	for i := range k.Qcp {
		points = append(points, named[*curve.G1Affine]{"[qcp]", &k.Qcp[i]})
	}
	return points
}

func plonkG2(k plonkKey) []named[*curve.G2Affine] {
	return []named[*curve.G2Affine]{{"[1] in G2", &k.Kzg.G2[0]}, {"[tau] in G2", &k.Kzg.G2[1]}}
}
