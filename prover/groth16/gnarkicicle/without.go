// SPDX-License-Identifier: Apache-2.0

//go:build !icicle

package gnarkicicle

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// A Prover proves with a key on a device.
type Prover struct{}

// New returns ErrNotBuilt.
func New(*groth16.ProvingKey, Kind, int) (*Prover, error) { return nil, ErrNotBuilt }

// Prove returns ErrNotBuilt.
func (*Prover) Prove(*cs.R1CS, witness.Witness) (*groth16.Proof, error) { return nil, ErrNotBuilt }
