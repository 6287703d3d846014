// SPDX-License-Identifier: Apache-2.0

package export

import (
	"fmt"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/plonk"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
)

// Lengths of the calldata form of PLONK keys and proofs, without and with a BSB22 commitment.
const (
	plonkKeyBytes            = 704
	plonkKeyBytesCommitted   = 800
	plonkProofBytes          = 768
	plonkProofBytesCommitted = 864
)

// plonkCosetShift is the u of the cosets 1, u, u² that the copy constraints run over, a constant of the
// contract: gnark-crypto's generator of the multiplicative group of the field.
const plonkCosetShift = 5

// PlonkKey returns the calldata form of a verifying key, 704 bytes, or 800 with a commitment:
//
//	0x000  [S₁]  G1      0x100  [Qr]  G1      0x200  -[τ]₂  G2     0x2c0  [Qcp]  G1
//	0x040  [S₂]  G1      0x140  [Qm]  G1      0x280   n            0x300  ω^c
//	0x080  [S₃]  G1      0x180  [Qo]  G1      0x2a0   ω
//	0x0c0  [Ql]  G1      0x1c0  [Qk]  G1
//
// n is the size of the domain, ω its generator and c the row of the commitment's hash: the public inputs
// come first, so that c is 3 more than gnark's index of the commitment's constraint.
//
// What is the same in every key is a constant of the contract instead. PlonkKey returns ErrUnsupported
// for keys where it is not: an SRS that does not start with the generators of EIP-197 or another shift
// of the cosets. It does so too for curves other than BN254, for circuits that have not exactly three
// public inputs and for more than one commitment. It does not judge whether the key is safe.
func PlonkKey(vk plonk.VerifyingKey) ([]byte, error) {
	key, ok := vk.(*plonk_bn254.VerifyingKey)
	if !ok {
		return nil, fmt.Errorf("plonk key of type %T, want BN254: %w", vk, ErrUnsupported)
	}
	_, _, g1, g2 := curve.Generators()
	shift := fr.NewElement(plonkCosetShift)
	size := fr.NewElement(key.Size)
	size.Mul(&size, &key.SizeInv)
	commitments := len(key.Qcp)
	switch {
	case commitments > 1:
		return nil, fmt.Errorf("plonk key with %d commitments, at most 1: %w", commitments, ErrUnsupported)
	case len(key.CommitmentConstraintIndexes) != commitments:
		return nil, fmt.Errorf("plonk key with %d commitment indexes, want %d: %w",
			len(key.CommitmentConstraintIndexes), commitments, ErrUnsupported)
	case key.NbPublicVariables != numPublicInputs:
		return nil, fmt.Errorf("plonk key with %d public inputs, want %d: %w",
			key.NbPublicVariables, numPublicInputs, ErrUnsupported)
	case key.Kzg.G1 != g1 || key.Kzg.G2[0] != g2:
		return nil, fmt.Errorf("plonk key whose SRS does not start with the generators of EIP-197: %w", ErrUnsupported)
	case key.CosetShift != shift:
		return nil, fmt.Errorf("plonk key with coset shift %s, want %d: %w",
			key.CosetShift.String(), plonkCosetShift, ErrUnsupported)
	case !size.IsOne():
		return nil, fmt.Errorf("plonk key with %s for the inverse of its domain size %d: %w",
			key.SizeInv.String(), key.Size, ErrUnsupported)
	}
	var tauNeg curve.G2Affine
	tauNeg.Neg(&key.Kzg.G2[1])

	b := make([]byte, 0, plonkKeyBytesCommitted)
	b = appendG1(b, key.S[:]...)
	b = appendG1(b, key.Ql, key.Qr, key.Qm, key.Qo, key.Qk)
	b = appendG2(b, tauNeg)
	b = append(b, length(int(key.Size))...)
	b = append(b, key.Generator.Marshal()...)
	for i, index := range key.CommitmentConstraintIndexes {
		row := new(big.Int).SetUint64(index)
		row.Add(row, big.NewInt(numPublicInputs))
		var power fr.Element
		power.Exp(key.Generator, row)
		b = append(appendG1(b, key.Qcp[i]), power.Marshal()...)
	}
	return b, nil
}

// PlonkProof returns the calldata form of a proof, 768 bytes, or 864 with a commitment, in gnark's
// MarshalSolidity layout; a bar marks a claimed value, at ζ where no other point is named:
//
//	0x000  [L]   G1      0x140  [H₂]  G1      0x200  s̄₂            0x300  q̄
//	0x040  [R]   G1      0x180  l̄             0x220  [z]   G1      0x320  [M]  G1, the commitment
//	0x080  [O]   G1      0x1a0  r̄             0x260  z̄ at ωζ
//	0x0c0  [H₀]  G1      0x1c0  ō             0x280  [W]   G1
//	0x100  [H₁]  G1      0x1e0  s̄₁            0x2c0  [W']  G1
//
// [z] is the grand product of the copy constraints, [W] and [W'] are the opening proofs at ζ and at ωζ.
//
// The proof must have been made with the default hashes of gnark's prover. PlonkProof returns
// ErrUnsupported for curves other than BN254, for more than one commitment and for a number of claimed
// values that no proof has. The value of the linearized polynomial is left out: contracts compute it.
func PlonkProof(proof plonk.Proof) ([]byte, error) {
	p, ok := proof.(*plonk_bn254.Proof)
	if !ok {
		return nil, fmt.Errorf("plonk proof of type %T, want BN254: %w", proof, ErrUnsupported)
	}
	commitments := len(p.Bsb22Commitments)
	if commitments > 1 {
		return nil, fmt.Errorf("plonk proof with %d commitments, at most 1: %w", commitments, ErrUnsupported)
	}
	values := p.BatchedProof.ClaimedValues
	if len(values) != 6+commitments {
		return nil, fmt.Errorf("plonk proof with %d claimed values, want %d: %w",
			len(values), 6+commitments, ErrUnsupported)
	}
	b := make([]byte, 0, plonkProofBytesCommitted)
	b = appendG1(b, p.LRO[:]...)
	b = appendG1(b, p.H[:]...)
	for i := 1; i < 6; i++ {
		b = append(b, values[i].Marshal()...)
	}
	b = appendG1(b, p.Z)
	b = append(b, p.ZShiftedOpening.ClaimedValue.Marshal()...)
	b = appendG1(b, p.BatchedProof.H, p.ZShiftedOpening.H)
	for i, m := range p.Bsb22Commitments {
		b = append(b, values[6+i].Marshal()...)
		b = appendG1(b, m)
	}
	return b, nil
}
