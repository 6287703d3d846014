// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"fmt"
	"sync"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/zkml-go/zkml/verifier/snark"
)

// A ConstraintSystem is a compiled circuit: rank-1 constraints for Groth16, gates for PLONK. It has
// exactly three public inputs and at most one commitment. It is safe for concurrent use; proofs of one
// system are solved one after the other, because gnark keeps the state of lookups in it.
type ConstraintSystem struct {
	system  snark.System
	cs      *cs.R1CS // gnark's type of both kinds
	solving sync.Mutex
}

// Compile translates a circuit for a proof system. It is an error if the circuit has not exactly three
// public inputs or has more than one commitment; gadgets that look up or check ranges share one unless
// they ask for their own. For Groth16 it is an error if a public input is committed, which happens when
// it is range checked or looked up itself. Options are passed to gnark.
func Compile(circuit frontend.Circuit, system snark.System, opts ...frontend.CompileOption) (*ConstraintSystem, error) {
	var builder frontend.NewBuilder
	switch system {
	case snark.Groth16:
		builder = r1cs.NewBuilder
	case snark.Plonk:
		builder = scs.NewBuilder
	default:
		return nil, fmt.Errorf("compile: unknown proof system %q", system)
	}
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), builder, circuit, opts...)
	if err != nil {
		return nil, fmt.Errorf("compile for %s: %w", system, err)
	}
	bn254, ok := compiled.(*cs.R1CS)
	if !ok {
		return nil, fmt.Errorf("compile for %s: gnark returned a %T", system, compiled)
	}
	return newConstraintSystem(system, bn254)
}

// newConstraintSystem checks what every system must satisfy.
func newConstraintSystem(system snark.System, c *cs.R1CS) (*ConstraintSystem, error) {
	public, commitments, publicCommitted := c.GetNbPublicVariables(), 0, 0
	switch info := c.CommitmentInfo.(type) {
	case constraint.Groth16Commitments:
		if system != snark.Groth16 {
			return nil, fmt.Errorf("rank-1 constraints, want gates of %s", system)
		}
		public-- // the wire that is 1
		commitments = len(info)
		for i := range info {
			publicCommitted += len(info[i].PublicAndCommitmentCommitted)
		}
	case constraint.PlonkCommitments:
		if system != snark.Plonk {
			return nil, fmt.Errorf("gates of plonk, want constraints of %s", system)
		}
		commitments = len(info)
	default:
		return nil, fmt.Errorf("commitments of unknown type %T", info)
	}
	if err := snark.CheckPublicInputs(public); err != nil {
		return nil, fmt.Errorf("circuit with %w", err)
	}
	if commitments > snark.MaxCommitments {
		return nil, fmt.Errorf("circuit with %d commitments, at most %d: the contracts reject proofs with more",
			commitments, snark.MaxCommitments)
	}
	if publicCommitted > 0 {
		return nil, fmt.Errorf("circuit that commits to %d public inputs, want 0: the contracts hash the commitment alone",
			publicCommitted)
	}
	return &ConstraintSystem{system: system, cs: c}, nil
}

// System returns the proof system that c was compiled for.
func (c *ConstraintSystem) System() snark.System { return c.system }

// NumConstraints returns the number of constraints, for PLONK of gates.
func (c *ConstraintSystem) NumConstraints() int { return c.cs.GetNbConstraints() }

// NumWires returns the number of wires, public inputs and constants included.
func (c *ConstraintSystem) NumWires() int {
	return c.cs.NbInternalVariables + c.cs.GetNbPublicVariables() + c.cs.GetNbSecretVariables()
}

// NumCommitments returns the number of BSB22 commitments in a proof, 0 or 1.
func (c *ConstraintSystem) NumCommitments() int {
	return len(c.cs.CommitmentInfo.CommitmentIndexes())
}

// domainSize returns the size of the domain that the constraints are interpolated over, a power of two.
func (c *ConstraintSystem) domainSize() uint64 {
	rows := c.cs.GetNbConstraints()
	if c.system == snark.Plonk {
		rows += c.cs.GetNbPublicVariables() // one gate for each
	}
	return ecc.NextPowerOfTwo(uint64(rows))
}

// NumPowers returns the number of powers of τ in G1 that an SRS for this circuit must hold: the size of
// the domain and 3 more, for blinding. It returns 0 for Groth16, which takes no SRS.
func (c *ConstraintSystem) NumPowers() int {
	if c.system != snark.Plonk {
		return 0
	}
	return int(c.domainSize()) + blindingPowers
}

// blindingPowers is what PLONK's polynomials have in degree beyond the domain, by their blinding.
const blindingPowers = 3
