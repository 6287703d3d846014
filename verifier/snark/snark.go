// SPDX-License-Identifier: Apache-2.0

// Package snark verifies Groth16 and PLONK proofs over BN254 for the circuits of this module. It accepts
// what the contracts in package contracts accept.
//
// A circuit has three public inputs: D, Z and E of an inference statement (see package statement), or of
// the words of the wrap of the sumcheck system (package circuits/wrap).
//
// A VerifyingKey that this package hands out has passed Lint: a broken key verifies honest proofs as
// well as forged ones, so no key is used before it was examined. Verify is total: whatever the bytes of
// a proof, the answer is nil or a rejection.
//
// Groth16 follows https://eprint.iacr.org/2016/260 with the commitment of
// https://eprint.iacr.org/2022/1072; PLONK follows https://eprint.iacr.org/2019/953. The arithmetic is
// gnark's.
//
// NB! What is not checked: that a key belongs to a circuit (the model's bundle pins both by hash), and
// that nobody knows the secrets of the setup, which is what makes a key sound.
package snark

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/logger"
)

// A System is a proof system. Its value is what users write on the command line.
type System string

// The proof systems.
const (
	Groth16 System = "groth16"
	Plonk   System = "plonk"
)

// NumPublicInputs is the number of public inputs of a circuit: D, Z and E, in this order.
const NumPublicInputs = 3

// CheckPublicInputs reports an error unless circuits may have n public inputs.
func CheckPublicInputs(n int) error {
	if n != NumPublicInputs {
		return fmt.Errorf("%d public inputs, want %d", n, NumPublicInputs)
	}
	return nil
}

// MaxCommitments is the most BSB22 commitments that a circuit may have. Two make a Groth16 contract that
// rejects every proof.
const MaxCommitments = 1

// PublicInputs are those of a proof, as many as its key wants. Elements of the field are reduced by
// construction, so the aliases x and x + r of a public input are one value here.
type PublicInputs = []fr.Element

// ParseSystem returns the system that name spells. The error lists the systems.
func ParseSystem(name string) (System, error) {
	switch s := System(name); s {
	case Groth16, Plonk:
		return s, nil
	}
	return "", fmt.Errorf("unknown proof system %q: want %s or %s", name, Groth16, Plonk)
}

// gnark logs to standard output by default, which belongs to results: it is silenced when the package is
// loaded. A program that wants gnark's log sets its own logger later.
var _ = silence()

func silence() bool {
	logger.Disable()
	return true
}
