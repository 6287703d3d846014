// SPDX-License-Identifier: Apache-2.0

// Package sumcheck verifies proofs of the sumcheck system: commitments to columns, an
// opening of them at one point (package protocol/pcs), and an argument that the columns
// at that point are those of an honest run (package protocol/reduction).
//
// The argument comes in two forms. A wrapped proof replaces it by a Groth16 or PLONK
// proof that somebody knows one (package circuits/wrap); it has a constant size but for the
// commitments, is zero-knowledge, and is what contracts take. A plain proof is the
// argument itself; it needs the program to verify, and is not zero-knowledge.
//
// Both begin with
//
//	seed = keccak256(tag ‖ D ‖ commitments of the proof) mod r
//
// where D hashes the model's name, and with it the commitments of the model, the
// context and the statement. Everything that a challenge depends on is in the seed or
// comes before the challenge in the transcript.
//
// Verifiers are total: the answer to any bytes is nil or a rejection.
package sumcheck

import (
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
)

// Seed returns the seed of the transcripts: the hash of D and of the commitments of a
// proof.
func Seed(d fr.Element, commitments []curve.G1Affine) fr.Element {
	tag := statement.Keccak([]byte("zkml.sumcheck.seed.v1"))
	h := statement.Keccak(tag[:], d.Marshal(), marshalPoints(commitments))
	var seed fr.Element
	seed.SetBytes(h[:])
	return seed
}

func reject(format string, args ...any) error {
	return &verifier.RejectError{Reason: fmt.Sprintf(format, args...)}
}

// rejected makes a rejection of an error.
func rejected(err error) error {
	var r *verifier.RejectError
	if err == nil || errors.As(err, &r) {
		return err
	}
	return reject("%v", err)
}
