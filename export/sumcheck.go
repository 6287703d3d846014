// SPDX-License-Identifier: Apache-2.0

package export

import (
	"encoding/binary"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
)

// numWrapInputs is the number of public inputs of every wrap circuit: d, Z, E, ρ, ζ, v, P₁(ζ), P₁(1/ζ),
// P₂(ζ) and P₂(1/ζ).
const numWrapInputs = 10

// The numbers of variables that columns may have, and of witness columns, as the contract limits them.
const (
	minColumnVars     = 2
	maxColumnVars     = 28
	maxWitnessColumns = 1<<16 - 1
)

// Columns is what a verifier of the sumcheck system knows of the columns before any proof: the part of
// its key that belongs to the polynomial commitment.
type Columns struct {
	Tau        curve.G2Affine   // [τ]₂ of the SRS, whose generators are those of EIP-197
	NumVars    int              // columns have 2^NumVars elements and a blinding one
	NumWitness int              // columns that every proof commits to, the mask column first among them
	Model      []curve.G1Affine // commitments to the columns of the model
}

// An Opening is a Mercury proof, in the letters of SumcheckVerifier.sol.
type Opening struct {
	H, Q, G                    curve.G1Affine
	HAtAlpha                   fr.Element
	S, D                       curve.G1Affine
	GAtZeta, GAtZetaInverse    fr.Element
	HAtZeta, HAtZetaInverse    fr.Element
	SAtZeta, SAtZetaInverse    fr.Element
	Quotient                   curve.G1Affine // [H], of f − (ζᵇ − α)⋅q − g(ζ) by X − ζ
	BatchQuotient, LinQuotient curve.G1Affine // [q_m] and [q_L]
}

// WrapInputs are the public inputs of a wrap that a contract can not compute itself, ζ and the three of
// the statement left out.
type WrapInputs struct {
	V, Rho                    fr.Element
	P1AtZeta, P1AtZetaInverse fr.Element
	P2AtZeta, P2AtZetaInverse fr.Element
}

// SumcheckKey returns the calldata form of a verifying key, 1,312 bytes and 64 for each model column:
//
//	0x000  -δ   G2      0x140  -γ        G2      0x480  -[τ]₂   G2
//	0x080   α   G1      0x1c0  K₀ … K₁₀  G1      0x500  n⋅2³² + ⌊n/2⌋⋅2¹⁶ + number of witness columns
//	0x0c0  -β   G2                               0x520  model columns, G1
//
// n is the number of variables of a column. SumcheckKey returns ErrUnsupported for wraps over other curves
// than BN254, with another number of public inputs than ten or with commitments, for columns of fewer than
// 2 or more than 28 variables, for no witness column or more than 65,535, and if [τ]₂ is infinity. It does
// not judge whether the key is safe.
func SumcheckKey(wrap groth16.VerifyingKey, columns Columns) ([]byte, error) {
	b, err := groth16Key(wrap, numWrapInputs, 0)
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	switch {
	case columns.NumVars < minColumnVars || columns.NumVars > maxColumnVars:
		return nil, fmt.Errorf("columns of %d variables, want %d to %d: %w",
			columns.NumVars, minColumnVars, maxColumnVars, ErrUnsupported)
	case columns.NumWitness < 1 || columns.NumWitness > maxWitnessColumns:
		return nil, fmt.Errorf("%d witness columns, want 1 to %d: %w", columns.NumWitness, maxWitnessColumns, ErrUnsupported)
	case columns.Tau.IsInfinity():
		return nil, fmt.Errorf("SRS whose secret is 0: %w", ErrUnsupported)
	}
	var tauNeg curve.G2Affine
	tauNeg.Neg(&columns.Tau)
	b = appendG2(b, tauNeg)
	b = append(b, make([]byte, 24)...)
	b = binary.BigEndian.AppendUint32(b, uint32(columns.NumVars))
	b = binary.BigEndian.AppendUint16(b, uint16(columns.NumVars/2))
	b = binary.BigEndian.AppendUint16(b, uint16(columns.NumWitness))
	return appendG1(b, columns.Model...), nil
}

// SumcheckProof returns the calldata form of a proof, 1,184 bytes and 64 for each witness column. After
// the witness columns:
//
//	0x000  [h]  G1      0x160  g(ζ)            0x2a0  [q_L]  G1      0x3a0  A  G1
//	0x040  [q]  G1      0x180  g(1/ζ)          0x2e0  v              0x3e0  B  G2
//	0x080  [g]  G1      0x1a0  h(ζ)            0x300  ρ              0x460  C  G1
//	0x0c0  h(α)         0x1c0  h(1/ζ)          0x320  P₁(ζ)
//	0x0e0  [S]  G1      0x1e0  S(ζ)            0x340  P₁(1/ζ)
//	0x120  [D]  G1      0x200  S(1/ζ)          0x360  P₂(ζ)
//	                    0x220  [H]    G1       0x380  P₂(1/ζ)
//	                    0x260  [q_m]  G1
//
// SumcheckProof returns ErrUnsupported for wraps that Groth16Proof refuses and for wraps with a
// commitment.
func SumcheckProof(witness []curve.G1Affine, opening *Opening, inputs *WrapInputs, wrap groth16.Proof) ([]byte, error) {
	groth16, err := Groth16Proof(wrap)
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	if len(groth16) != groth16ProofBytes {
		return nil, fmt.Errorf("wrap with a commitment: %w", ErrUnsupported)
	}
	o := opening
	b := appendG1(nil, witness...)
	b = appendG1(b, o.H, o.Q, o.G)
	b = appendScalars(b, o.HAtAlpha)
	b = appendG1(b, o.S, o.D)
	b = appendScalars(b, o.GAtZeta, o.GAtZetaInverse, o.HAtZeta, o.HAtZetaInverse, o.SAtZeta, o.SAtZetaInverse)
	b = appendG1(b, o.Quotient, o.BatchQuotient, o.LinQuotient)
	b = appendScalars(b, inputs.V, inputs.Rho,
		inputs.P1AtZeta, inputs.P1AtZetaInverse, inputs.P2AtZeta, inputs.P2AtZetaInverse)
	return append(b, groth16...), nil
}

func appendScalars(b []byte, scalars ...fr.Element) []byte {
	for i := range scalars {
		b = append(b, scalars[i].Marshal()...)
	}
	return b
}
