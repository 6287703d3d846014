// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// A setup is a compiled circuit with keys.
type setup struct {
	cs *cs.R1CS
	pk *gnark.ProvingKey
	vk *gnark.VerifyingKey
}

func newSetup(t testing.TB, circuit frontend.Circuit) *setup {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, circuit)
	if err != nil {
		t.Fatal(err)
	}
	s := &setup{cs: compiled.(*cs.R1CS), pk: new(gnark.ProvingKey), vk: new(gnark.VerifyingKey)}
	if err := gnark.Setup(s.cs, s.pk, s.vk); err != nil {
		t.Fatal(err)
	}
	return s
}

func fullWitness(t testing.TB, assignment frontend.Circuit) witness.Witness {
	t.Helper()
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	return full
}

// verify has gnark verify a proof, with the hash of the contracts.
func (s *setup) verify(t testing.TB, full witness.Witness, proof *gnark.Proof) error {
	t.Helper()
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	return gnark.Verify(proof, s.vk, public.Vector().(fr.Vector), solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
}

// powers proves that Y = X^(2^(Size+1) − 1), by two products for each of Size, no factor of
// which is small unless X is. With commitments, X and powers of it are committed.
type powers struct {
	X frontend.Variable
	Y frontend.Variable `gnark:",public"`

	Size        int `gnark:"-"`
	Commitments int `gnark:"-"`
	Squares     int `gnark:"-"` // so many rows more
}

func (c *powers) Define(api frontend.API) error {
	y := c.X
	var all []frontend.Variable
	for range c.Size {
		y = api.Mul(y, y, c.X)
		all = append(all, y)
	}
	api.AssertIsEqual(y, c.Y)
	for range c.Squares {
		api.Mul(c.X, c.X)
	}
	for k := range c.Commitments {
		v, err := api.(frontend.Committer).Commit(append([]frontend.Variable{c.X}, all[min(k, len(all)):]...)...)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(api.Mul(v, c.X), 3)
	}
	return nil
}

func newPowers(x int64, size int) *powers {
	var e fr.Element
	e.SetInt64(x)
	y := e
	for range size {
		y.Square(&y)
		y.Mul(&y, &e)
	}
	return &powers{X: x, Y: y, Size: size}
}
