// SPDX-License-Identifier: Apache-2.0

// Package snark compiles gnark circuits with three public inputs, makes their keys and proves with them,
// in Groth16 or PLONK over BN254. It knows nothing of what a circuit says; package verifier/snark is its
// counterpart.
//
// Proofs are for the contracts: the hash from commitments to the field is the one that they use. Every
// proof is verified before it is returned.
package snark

import (
	"errors"

	"github.com/consensys/gnark/logger"
)

// ErrUnsatisfied is returned when an assignment does not satisfy the circuit, or a hint cannot compute
// on it: no proof exists or none can be found. Faults of keys or of the machine do not wrap it.
var ErrUnsatisfied = errors.New("the assignment does not satisfy the circuit")

// ErrNeedsSetup is returned by Setup when the options leave the secrets of the keys to nobody: Groth16
// keys need a ceremony for each circuit and PLONK keys an SRS, unless the caller asks for insecure keys.
var ErrNeedsSetup = errors.New("no trusted setup")

// gnark logs to standard output by default, which belongs to results: it is silenced when the package is
// loaded. A program that wants gnark's log sets its own logger later.
var _ = silence()

func silence() bool {
	logger.Disable()
	return true
}
