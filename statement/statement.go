// SPDX-License-Identifier: Apache-2.0

// Package statement computes the public inputs of an inference circuit from what the statement says in
// the open: the bytes of the public tensors and the commitments to the committed ones.
//
// A circuit has three public inputs, elements of the scalar field of BN254, whatever the sizes of its
// tensors:
//
//	D = keccak256(model, context, input, output, commitments) mod r
//	Z = Poseidon2(D, w₀, …, wₙ₋₁)       computed in the circuit
//	E = ∑ wⱼ⋅Zʲ
//
// The words wⱼ of a statement are
//
//	w₀ = len(input)⋅2¹²⁸ + len(output)⋅2⁶⁴ + len(commitments),
//	the 28-byte chunks of input, big endian, the last one padded with zero bytes on the right,
//	the chunks of output, likewise,
//	the commitments.
//
// The circuit exposes Z and E of the words that it holds; contracts/src/Statement.sol computes D and E
// from calldata and takes Z from the proof. Z is fixed only after D, which fixes the words of calldata,
// and after the words of the circuit: if the two differ, E agrees with probability at most n/r.
package statement

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// Names of the proof systems: the strings whose keccak256 is system() of the contracts.
const (
	Groth16       = "groth16-bn254-v1"
	Plonk         = "plonk-bn254-v1"
	Sumcheck      = "sumcheck-groth16-bn254-v1"
	SumcheckPlonk = "sumcheck-plonk-bn254-v1"
)

// ChunkBytes is the number of tensor bytes in a word. It is below 32, so that every word is below the
// field order, and a multiple of 1, 2, 4 and 7: elements of these sizes never straddle two words.
const ChunkBytes = 28

// Align pads the bytes of the tensors on one side of a statement with zeros to where the next
// one begins: at a word.
func Align(b []byte) []byte {
	for len(b)%ChunkBytes != 0 {
		b = append(b, 0)
	}
	return b
}

// NumWords returns the number of words of a statement with so many input bytes, output bytes and
// commitments.
func NumWords(inputBytes, outputBytes, numCommitments int) int {
	return 1 + numChunks(inputBytes) + numChunks(outputBytes) + numCommitments
}

// Words returns the words of a statement, NumWords of them.
func Words(input, output []byte, commitments []fr.Element) []fr.Element {
	words := make([]fr.Element, 0, NumWords(len(input), len(output), len(commitments)))
	var lengths [24]byte
	binary.BigEndian.PutUint64(lengths[0:], uint64(len(input)))
	binary.BigEndian.PutUint64(lengths[8:], uint64(len(output)))
	binary.BigEndian.PutUint64(lengths[16:], uint64(len(commitments)))
	var first fr.Element
	first.SetBytes(lengths[:])
	words = append(words, first)
	words = appendChunks(words, input)
	words = appendChunks(words, output)
	return append(words, commitments...)
}

// Evaluate returns E = ∑ wⱼ⋅zʲ.
func Evaluate(words []fr.Element, z fr.Element) fr.Element {
	var e fr.Element
	for j := len(words) - 1; j >= 0; j-- {
		e.Mul(&e, &z).Add(&e, &words[j])
	}
	return e
}

// Digest returns D. model is the result of ModelID, context is whatever the calling contract binds the
// proof to.
func Digest(model, context [32]byte, input, output []byte, commitments []fr.Element) fr.Element {
	packed := make([]byte, 0, fr.Bytes*len(commitments))
	for i := range commitments {
		packed = append(packed, commitments[i].Marshal()...)
	}
	tag := Keccak([]byte("zkml.statement.v1"))
	h := Keccak(tag[:], model[:], context[:], hash(input), hash(output), hash(packed))
	var d fr.Element
	d.SetBytes(h[:])
	return d
}

// ModelID names a model for a proof system, as modelId of the contracts does: the digest of the integer
// program, the system and the verifying key in its calldata form.
func ModelID(modelDigest [32]byte, system string, key []byte) [32]byte {
	tag := Keccak([]byte("zkml.model.v1"))
	return Keccak(tag[:], modelDigest[:], hash([]byte(system)), hash(key))
}

// Keccak returns the Keccak-256 hash, Ethereum's keccak256, of the concatenation of its arguments.
func Keccak(parts ...[]byte) [32]byte {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	return [32]byte(h.Sum(nil))
}

func hash(b []byte) []byte {
	h := Keccak(b)
	return h[:]
}

func numChunks(n int) int { return (n + ChunkBytes - 1) / ChunkBytes }

func appendChunks(words []fr.Element, b []byte) []fr.Element {
	for len(b) > 0 {
		var chunk [ChunkBytes]byte
		b = b[copy(chunk[:], b):]
		var w fr.Element
		w.SetBytes(chunk[:])
		words = append(words, w)
	}
	return words
}
