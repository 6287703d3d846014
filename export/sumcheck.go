// SPDX-License-Identifier: Apache-2.0

package export

import (
	"encoding/binary"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/statement"
)

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

// WrapWords are the words of a wrap that a contract can not compute itself, ζ and the three of the
// statement left out, and the wrap's challenge Z'.
type WrapWords struct {
	V, Rho                    fr.Element
	P1AtZeta, P1AtZetaInverse fr.Element
	P2AtZeta, P2AtZetaInverse fr.Element
	Z                         fr.Element
}

// SumcheckKey returns the system that a wrap makes and the calldata form of a verifying key: that of the
// wrap, as Key returns it, for Groth16 with -[τ]₂ after it, and then
//
//	0x000  n⋅2³² + ⌊n/2⌋⋅2¹⁶ + number of witness columns
//	0x020  model columns, G1
//
// which is 864 bytes with Groth16 and 736 with PLONK, and 64 for each model column.
//
// n is the number of variables of a column. SumcheckKey returns ErrUnsupported for wraps that Key refuses
// and for wraps with a commitment, for a PLONK wrap over another SRS than the columns, for columns of fewer
// than 2 or more than 28 variables, for no witness column or more than 65,535, and if [τ]₂ is infinity. It
// does not judge whether the key is safe.
func SumcheckKey(wrap VerifyingKey, columns Columns) (system string, key []byte, err error) {
	switch {
	case columns.NumVars < minColumnVars || columns.NumVars > maxColumnVars:
		return "", nil, fmt.Errorf("columns of %d variables, want %d to %d: %w",
			columns.NumVars, minColumnVars, maxColumnVars, ErrUnsupported)
	case columns.NumWitness < 1 || columns.NumWitness > maxWitnessColumns:
		return "", nil, fmt.Errorf("%d witness columns, want 1 to %d: %w", columns.NumWitness, maxWitnessColumns, ErrUnsupported)
	case columns.Tau.IsInfinity():
		return "", nil, fmt.Errorf("SRS whose secret is 0: %w", ErrUnsupported)
	}
	if system, key, err = wrapKey(wrap, columns.Tau); err != nil {
		return "", nil, fmt.Errorf("wrap: %w", err)
	}
	key = append(key, make([]byte, 24)...)
	key = binary.BigEndian.AppendUint32(key, uint32(columns.NumVars))
	key = binary.BigEndian.AppendUint16(key, uint16(columns.NumVars/2))
	key = binary.BigEndian.AppendUint16(key, uint16(columns.NumWitness))
	return system, appendG1(key, columns.Model...), nil
}

// wrapKey returns the part of a key that depends on the wrap, with -[τ]₂ in it.
func wrapKey(wrap VerifyingKey, tau curve.G2Affine) (system string, key []byte, err error) {
	system, key, err = Key(wrap)
	switch {
	case err != nil:
		return "", nil, err
	case system == statement.Groth16 && len(key) == groth16KeyBytes:
		tau.Neg(&tau)
		return statement.Sumcheck, appendG2(key, tau), nil
	case system == statement.Plonk && len(key) == plonkKeyBytes:
		if own := wrap.(*plonk_bn254.VerifyingKey).Kzg.G2[1]; !own.Equal(&tau) {
			return "", nil, fmt.Errorf("the SRS is not that of the columns: %w", ErrUnsupported)
		}
		return statement.SumcheckPlonk, key, nil
	}
	return "", nil, fmt.Errorf("key with a commitment: %w", ErrUnsupported)
}

// SumcheckProof returns the calldata form of a proof, 960 bytes, 64 for each witness column, and the
// calldata form of the wrap's proof. After the witness columns:
//
//	0x000  [h]  G1      0x160  g(ζ)            0x2a0  [q_L]  G1      0x3c0  the wrap
//	0x040  [q]  G1      0x180  g(1/ζ)          0x2e0  v
//	0x080  [g]  G1      0x1a0  h(ζ)            0x300  ρ
//	0x0c0  h(α)         0x1c0  h(1/ζ)          0x320  P₁(ζ)
//	0x0e0  [S]  G1      0x1e0  S(ζ)            0x340  P₁(1/ζ)
//	0x120  [D]  G1      0x200  S(1/ζ)          0x360  P₂(ζ)
//	                    0x220  [H]    G1       0x380  P₂(1/ζ)
//	                    0x260  [q_m]  G1       0x3a0  Z'
//
// SumcheckProof returns ErrUnsupported unless the wrap has the length of a proof without a commitment.
func SumcheckProof(witness []curve.G1Affine, opening *Opening, words *WrapWords, wrap []byte) ([]byte, error) {
	if len(wrap) != groth16ProofBytes && len(wrap) != plonkProofBytes {
		return nil, fmt.Errorf("wrap of %d bytes, want %d or %d: %w", len(wrap), groth16ProofBytes, plonkProofBytes, ErrUnsupported)
	}
	o := opening
	b := appendG1(nil, witness...)
	b = appendG1(b, o.H, o.Q, o.G)
	b = appendScalars(b, o.HAtAlpha)
	b = appendG1(b, o.S, o.D)
	b = appendScalars(b, o.GAtZeta, o.GAtZetaInverse, o.HAtZeta, o.HAtZetaInverse, o.SAtZeta, o.SAtZetaInverse)
	b = appendG1(b, o.Quotient, o.BatchQuotient, o.LinQuotient)
	b = appendScalars(b, words.V, words.Rho,
		words.P1AtZeta, words.P1AtZetaInverse, words.P2AtZeta, words.P2AtZetaInverse, words.Z)
	return append(b, wrap...), nil
}

func appendScalars(b []byte, scalars ...fr.Element) []byte {
	for i := range scalars {
		b = append(b, scalars[i].Marshal()...)
	}
	return b
}
