// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"errors"
	"fmt"
	"sync"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/constraint"

	prover "github.com/zkml-go/zkml/prover/groth16"
	"github.com/zkml-go/zkml/verifier/snark"
)

// A ProvingKey is what proofs of one circuit are made with, and its verifying key, which every proof is
// checked with. It holds no secrets. It is immutable and safe for concurrent use.
type ProvingKey struct {
	vk      *snark.VerifyingKey
	groth16 *groth16.ProvingKey
	plonk   *plonk.ProvingKey

	once     sync.Once
	resident *prover.Key

	columns columns
}

// points returns the key of Groth16 for devices.
func (pk *ProvingKey) points() *prover.Key {
	pk.once.Do(func() { pk.resident = prover.NewKey(pk.groth16) })
	return pk.resident
}

// System returns the proof system of the key.
func (pk *ProvingKey) System() snark.System { return pk.vk.System() }

// VerifyingKey returns the key that verifies the proofs.
func (pk *ProvingKey) VerifyingKey() *snark.VerifyingKey { return pk.vk }

var errOtherCircuit = errors.New("the proving key is not of this circuit")

// Fits reports an error unless all slices of the key have the lengths that the circuit needs: gnark
// indexes them, in goroutines of its own, where a panic ends the program.
//
// NB! The key of another circuit may have these lengths. Proofs with it do not verify.
func (pk *ProvingKey) Fits(c *ConstraintSystem) error {
	if pk.System() != c.system {
		return fmt.Errorf("%w: it is for %s, want %s", errOtherCircuit, pk.System(), c.system)
	}
	if pk.plonk != nil {
		return fitsPlonk(pk.plonk, c)
	}
	return fitsGroth16(pk.groth16, c)
}

// length is a length that a key has and should have.
type length struct {
	name      string
	got, want int
}

func check(lengths []length) error {
	for _, l := range lengths {
		if l.got != l.want {
			return fmt.Errorf("%w: %d %s, want %d", errOtherCircuit, l.got, l.name, l.want)
		}
	}
	return nil
}

func fitsGroth16(pk *groth16.ProvingKey, c *ConstraintSystem) error {
	info := c.cs.CommitmentInfo.(constraint.Groth16Commitments)
	wires, size := c.NumWires(), int(c.domainSize())
	private := c.cs.GetNbSecretVariables() + c.cs.NbInternalVariables - len(info)
	lengths := []length{
		{"commitment keys", len(pk.CommitmentKeys), len(info)},
		{"wires in A", len(pk.InfinityA), wires},
		{"wires in B", len(pk.InfinityB), wires},
	}
	if err := check(lengths); err != nil {
		return err
	}
	for i := range info {
		n := len(info[i].PrivateCommitted)
		private -= n
		lengths = append(lengths,
			length{"points of a commitment", len(pk.CommitmentKeys[i].Basis), n},
			length{"points of a proof of knowledge", len(pk.CommitmentKeys[i].BasisExpSigma), n})
	}
	lengths = append(lengths,
		length{"points at infinity in A", int(pk.NbInfinityA), count(pk.InfinityA)},
		length{"points at infinity in B", int(pk.NbInfinityB), count(pk.InfinityB)},
		length{"points of A", len(pk.G1.A), wires - count(pk.InfinityA)},
		length{"points of B in G1", len(pk.G1.B), wires - count(pk.InfinityB)},
		length{"points of B in G2", len(pk.G2.B), wires - count(pk.InfinityB)},
		length{"points of K", len(pk.G1.K), private},
		length{"points of Z", len(pk.G1.Z), size - 1},
		length{"rows of the domain", int(pk.Domain.Cardinality), size})
	return check(lengths)
}

func fitsPlonk(pk *plonk.ProvingKey, c *ConstraintSystem) error {
	info := c.cs.CommitmentInfo.(constraint.PlonkCommitments)
	size := int(c.domainSize())
	lengths := []length{
		{"rows of the domain", int(pk.Vk.Size), size},
		{"powers of tau", len(pk.Kzg.G1), size + blindingPowers},
		{"points of the Lagrange basis", len(pk.KzgLagrange.G1), size},
		{"public inputs", int(pk.Vk.NbPublicVariables), c.cs.GetNbPublicVariables()},
		{"commitments", len(pk.Vk.Qcp), len(info)},
		{"commitment rows", len(pk.Vk.CommitmentConstraintIndexes), len(info)},
	}
	if err := check(lengths); err != nil {
		return err
	}
	for i := range info {
		if got, want := pk.Vk.CommitmentConstraintIndexes[i], uint64(info[i].CommitmentIndex); got != want {
			return fmt.Errorf("%w: commitment in row %d, want %d", errOtherCircuit, got, want)
		}
	}
	return nil
}

func count(flags []bool) int {
	n := 0
	for _, f := range flags {
		if f {
			n++
		}
	}
	return n
}
