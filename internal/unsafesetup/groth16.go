// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	"fmt"
	"slices"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Groth16 runs the setup of Groth16 with secrets of its own, which it overwrites. Keys are as ceremonies
// make them, with γ = 1 and [1]₂ as the base of commitment keys: gnark's setup draws both, which proves
// nothing more, and a verifier can merge pairings with the generator.
func Groth16(r1cs *cs.R1CS) (*groth16.ProvingKey, *groth16.VerifyingKey, error) {
	return groth16With(r1cs, new(secrets), new(vectors))
}

// groth16With is Groth16 with memory for what it draws and derives from it, which it overwrites.
func groth16With(r1cs *cs.R1CS, s *secrets, v *vectors) (*groth16.ProvingKey, *groth16.VerifyingKey, error) {
	defer s.wipe()
	defer v.wipe()
	if err := s.draw(len(r1cs.CommitmentInfo.(constraint.Groth16Commitments))); err != nil {
		return nil, nil, err
	}
	pk, vk, err := groth16Of(r1cs, s, v)
	if err != nil {
		return nil, nil, fmt.Errorf("groth16 setup: %w", err)
	}
	return pk, vk, nil
}

// secrets are what forges proofs.
type secrets struct {
	tau, alpha, beta, delta fr.Element
	sigma                   []fr.Element // of each commitment
}

// draw draws the secrets, with those of n commitments, none of them 0.
func (s *secrets) draw(n int) error {
	s.sigma = make([]fr.Element, n)
	each := []*fr.Element{&s.tau, &s.alpha, &s.beta, &s.delta}
	for i := range s.sigma {
		each = append(each, &s.sigma[i])
	}
	for _, e := range each {
		for e.IsZero() {
			if _, err := e.SetRandom(); err != nil {
				return fmt.Errorf("draw the secrets of a setup: %w", err)
			}
		}
	}
	return nil
}

func (s *secrets) wipe() {
	clear(s.sigma)
	*s = secrets{sigma: s.sigma}
}

// groth16Of makes the keys of given secrets. With u, v and w the polynomials of a wire in the three
// matrices, at τ,
//
//	A = [u]₁, B = [v]₁ and [v]₂, K = [(β⋅u + α⋅v + w)/d]₁, Z = [τⁱ⋅(τᴺ − 1)/δ]₁
//
// where d is δ for the wires that only the prover has and γ = 1 for those that are public, committed to,
// or the hash of a commitment.
func groth16Of(r1cs *cs.R1CS, s *secrets, v *vectors) (*groth16.ProvingKey, *groth16.VerifyingKey, error) {
	domain := fft.NewDomain(uint64(r1cs.GetNbConstraints()))
	if err := v.evaluate(r1cs, domain, &s.tau); err != nil {
		return nil, nil, err
	}
	v.combine(r1cs, s)
	v.quotientPowers(domain, s)
	pk, vk := new(groth16.ProvingKey), new(groth16.VerifyingKey)
	v.left, pk.InfinityA, pk.NbInfinityA = nonzero(v.left)
	v.right, pk.InfinityB, pk.NbInfinityB = nonzero(v.right)
	v.alone = []fr.Element{s.alpha, s.beta, s.delta}
	g1 := splitPoints(multiplesG1, append([][]fr.Element{v.alone, v.left, v.right, v.z, v.public, v.private},
		append(v.committed, v.scaled...)...)...)
	g2 := splitPoints(multiplesG2, v.alone, s.sigma, v.right)

	pk.Domain = *domain
	pk.G1.Alpha, pk.G1.Beta, pk.G1.Delta = g1[0][0], g1[0][1], g1[0][2]
	pk.G1.A, pk.G1.B, pk.G1.Z, pk.G1.K = g1[1], g1[2], g1[3], g1[5]
	pk.G2.Beta, pk.G2.Delta, pk.G2.B = g2[0][1], g2[0][2], g2[2]
	vk.G1.Alpha, vk.G1.Beta, vk.G1.Delta, vk.G1.K = g1[0][0], g1[0][1], g1[0][2], g1[4]
	vk.G2.Beta, vk.G2.Delta = g2[0][1], g2[0][2]
	_, _, _, vk.G2.Gamma = curve.Generators()
	bases, scaled := g1[6:6+len(s.sigma)], g1[6+len(s.sigma):]
	for i := range s.sigma {
		pk.CommitmentKeys = append(pk.CommitmentKeys, pedersen.ProvingKey{Basis: bases[i], BasisExpSigma: scaled[i]})
		key := pedersen.VerifyingKey{G: vk.G2.Gamma}
		key.GSigmaNeg.Neg(&g2[1][i])
		vk.CommitmentKeys = append(vk.CommitmentKeys, key)
	}
	info := r1cs.CommitmentInfo.(constraint.Groth16Commitments)
	vk.PublicAndCommitmentCommitted = info.GetPublicAndCommitmentCommitted(info.CommitmentIndexes(), r1cs.GetNbPublicVariables())
	return pk, vk, vk.Precompute()
}

// splitPoints returns the multiples of the generator by each vector. One call for all makes the best of
// the tables.
func splitPoints[P any](multiples func([]fr.Element) []P, vectors ...[]fr.Element) [][]P {
	all := slices.Concat(vectors...)
	defer clear(all)
	points := multiples(all)
	out := make([][]P, len(vectors))
	for i, v := range vectors {
		out[i], points = points[:len(v):len(v)], points[len(v):]
	}
	return out
}
