// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	"golang.org/x/crypto/sha3"
)

// probeInputs are the statements that the probes forge proofs of. A sound key accepts none of the
// forgeries, whether the statement is true or not.
func probeInputs(n int) []PublicInputs {
	counted := make(PublicInputs, n)
	for i := range counted {
		counted[i].SetInt64(int64(i + 1))
	}
	return []PublicInputs{make(PublicInputs, n), counted}
}

// probeGroth16 forges proofs without a witness, in the ways that work for keys with γ ∈ {0, ±β, ±δ}, and
// with points that everybody knows.
func probeGroth16(key groth16Key) error {
	for _, public := range probeInputs(len(key.G1.K) - 1 - len(key.CommitmentKeys)) {
		for _, forged := range forgeGroth16(key, public) {
			if verifyGroth16(key, forged.point, public) == nil {
				return fmt.Errorf("a forged proof was accepted: %s", forged.name)
			}
		}
	}
	for i := range key.CommitmentKeys {
		_, _, m, _ := curve.Generators()
		var zero, neg curve.G1Affine
		neg.Neg(&m)
		for _, pok := range []curve.G1Affine{zero, m, neg} {
			if key.CommitmentKeys[i].Verify(m, pok) == nil {
				return fmt.Errorf("a forged proof of knowledge was accepted")
			}
		}
	}
	return nil
}

// forgeGroth16 returns the proofs that probeGroth16 tries. If there is a commitment, it and its proof of
// knowledge are 0.
func forgeGroth16(key groth16Key, public PublicInputs) []named[*groth16.Proof] {
	commitments := make([]curve.G1Affine, len(key.CommitmentKeys))
	scalars := append(fr.Vector{fr.One()}, public...)
	for i := range commitments {
		scalars = append(scalars, hashCommitment(&commitments[i]))
	}
	var l, negL, sum, difference, zero curve.G1Affine
	if _, err := l.MultiExp(key.G1.K, scalars, ecc.MultiExpConfig{NbTasks: 1}); err != nil {
		return nil // a length that the rules before have refused
	}
	negL.Neg(&l)
	sum.Add(&key.G1.Alpha, &l)
	difference.Sub(&key.G1.Alpha, &l)
	_, _, g1, g2 := curve.Generators()

	proof := func(name string, a curve.G1Affine, b curve.G2Affine, c curve.G1Affine) named[*groth16.Proof] {
		return named[*groth16.Proof]{name, &groth16.Proof{Ar: a, Bs: b, Krs: c, Commitments: commitments}}
	}
	return []named[*groth16.Proof]{
		proof("A = alpha, B = beta, C = -L", key.G1.Alpha, key.G2.Beta, negL),
		proof("A = alpha, B = beta, C = L", key.G1.Alpha, key.G2.Beta, l),
		proof("A = alpha, B = beta, C = 0", key.G1.Alpha, key.G2.Beta, zero),
		proof("A = alpha + L, B = beta, C = 0", sum, key.G2.Beta, zero),
		proof("A = alpha - L, B = beta, C = 0", difference, key.G2.Beta, zero),
		proof("A = B = C = 0", zero, curve.G2Affine{}, zero),
		proof("A = B = C = 1", g1, g2, g1),
	}
}

// hashCommitment is the hash to the field of the Groth16 contracts.
func hashCommitment(p *curve.G1Affine) fr.Element {
	h := sha3.NewLegacyKeccak256()
	h.Write(p.Marshal())
	var e fr.Element
	e.SetBytes(h.Sum(nil))
	return e
}

// probePlonk tries proofs whose points and values are all zero, all one, and multiples that follow from
// nothing in the key.
func probePlonk(key plonkKey) error {
	for _, public := range probeInputs(int(key.NbPublicVariables)) {
		for seed := range uint64(3) {
			if verifyPlonk(key, samplePlonkProof(key, seed), public) == nil {
				return fmt.Errorf("a proof of the multiples %d, %d², … was accepted", seed, seed)
			}
		}
	}
	return nil
}

// samplePlonkProof returns a well-formed proof of consecutive powers of seed.
func samplePlonkProof(key plonkKey, seed uint64) *plonk.Proof {
	_, _, g1, _ := curve.Generators()
	base := fr.NewElement(seed)
	power := fr.One()
	next := func() fr.Element { power.Mul(&power, &base); return power }
	point := func() (p curve.G1Affine) {
		e := next()
		p.ScalarMultiplication(&g1, e.BigInt(new(big.Int)))
		return p
	}
	proof := new(plonk.Proof)
	for i := range proof.LRO {
		proof.LRO[i] = point()
		proof.H[i] = point()
	}
	proof.Z = point()
	proof.BatchedProof.H = point()
	proof.ZShiftedOpening.H = point()
	proof.ZShiftedOpening.ClaimedValue = next()
	for range key.Qcp {
		proof.Bsb22Commitments = append(proof.Bsb22Commitments, point())
	}
	for range numPlonkOpenings + len(key.Qcp) {
		proof.BatchedProof.ClaimedValues = append(proof.BatchedProof.ClaimedValues, next())
	}
	return proof
}
