// SPDX-License-Identifier: Apache-2.0

package export

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Lengths of the calldata form of Groth16 keys and proofs, without and with a BSB22 commitment.
const (
	groth16KeyBytes            = 704
	groth16KeyBytesCommitted   = 1024
	groth16ProofBytes          = 256
	groth16ProofBytesCommitted = 384
)

// Groth16Key returns the calldata form of a verifying key, 704 bytes, or 1,024 with a commitment:
//
//	0x000  -δ   G2        0x200  K₁  G1, of D         0x2c0  K₄   G1, of the commitment's hash
//	0x080   α   G1        0x240  K₂  G1, of Z         0x300  -σG  G2, Pedersen
//	0x0c0  -β   G2        0x280  K₃  G1, of E         0x380   G   G2, Pedersen
//	0x140  -γ   G2
//	0x1c0   K₀  G1
//
// It returns ErrUnsupported for curves other than BN254 and for circuits that have not exactly three
// public inputs, have more than one commitment or commit to public wires. It does not judge whether the
// key is safe.
func Groth16Key(vk groth16.VerifyingKey) ([]byte, error) {
	key, ok := vk.(*groth16_bn254.VerifyingKey)
	if !ok {
		return nil, fmt.Errorf("groth16 key of type %T, want BN254: %w", vk, ErrUnsupported)
	}
	commitments := len(key.PublicAndCommitmentCommitted)
	switch {
	case commitments > 1:
		return nil, fmt.Errorf("groth16 key with %d commitments, at most 1: %w", commitments, ErrUnsupported)
	case len(key.CommitmentKeys) != commitments:
		return nil, fmt.Errorf("groth16 key with %d commitment keys, want %d: %w",
			len(key.CommitmentKeys), commitments, ErrUnsupported)
	case len(key.G1.K) != 1+numPublicInputs+commitments:
		return nil, fmt.Errorf("groth16 key with %d public inputs, want %d: %w",
			len(key.G1.K)-1-commitments, numPublicInputs, ErrUnsupported)
	case commitments == 1 && len(key.PublicAndCommitmentCommitted[0]) != 0:
		return nil, fmt.Errorf("groth16 key whose commitment holds %d public wires, want 0: %w",
			len(key.PublicAndCommitmentCommitted[0]), ErrUnsupported)
	}
	var betaNeg, gammaNeg, deltaNeg curve.G2Affine
	betaNeg.Neg(&key.G2.Beta)
	gammaNeg.Neg(&key.G2.Gamma)
	deltaNeg.Neg(&key.G2.Delta)

	b := make([]byte, 0, groth16KeyBytesCommitted)
	b = appendG2(b, deltaNeg)
	b = appendG1(b, key.G1.Alpha)
	b = appendG2(b, betaNeg, gammaNeg)
	b = appendG1(b, key.G1.K...)
	for _, pedersen := range key.CommitmentKeys {
		b = appendG2(b, pedersen.GSigmaNeg, pedersen.G)
	}
	return b, nil
}

// Groth16Proof returns the calldata form of a proof, 256 bytes, or 384 with a commitment:
//
//	A‖B‖C, then the commitment and its proof of knowledge.
//
// The proof must have been made with solidity.WithProverTargetSolidityVerifier(backend.GROTH16) if its
// circuit has a commitment. Groth16Proof returns ErrUnsupported for curves other than BN254, for more
// than one commitment and for points at infinity, which no prover finds by chance.
func Groth16Proof(proof groth16.Proof) ([]byte, error) {
	p, ok := proof.(*groth16_bn254.Proof)
	if !ok {
		return nil, fmt.Errorf("groth16 proof of type %T, want BN254: %w", proof, ErrUnsupported)
	}
	if len(p.Commitments) > 1 {
		return nil, fmt.Errorf("groth16 proof with %d commitments, at most 1: %w", len(p.Commitments), ErrUnsupported)
	}
	points := []curve.G1Affine{p.Ar, p.Krs}
	if len(p.Commitments) == 1 {
		points = append(points, p.Commitments[0], p.CommitmentPok)
	}
	infinity := p.Bs.IsInfinity()
	for i := range points {
		infinity = infinity || points[i].IsInfinity()
	}
	if infinity {
		return nil, fmt.Errorf("groth16 proof with a point at infinity: %w", ErrUnsupported)
	}
	b := make([]byte, 0, groth16ProofBytesCommitted)
	b = appendG1(b, points[0])
	b = appendG2(b, p.Bs)
	return appendG1(b, points[1:]...), nil
}
