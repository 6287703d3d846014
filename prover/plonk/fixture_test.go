// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"context"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/unsafesetup"
)

// powers proves that Y = −X²⁺ˢⁱᶻᵉ. It commits to some of its wires, so often.
type powers struct {
	Y frontend.Variable `gnark:",public"`
	X frontend.Variable

	Size        int `gnark:"-"`
	Commitments int `gnark:"-"`
}

func (c *powers) Define(api frontend.API) error {
	y := api.Mul(c.X, c.X)
	for range c.Size {
		y = api.Mul(y, c.X)
	}
	api.AssertIsEqual(c.Y, api.Neg(y))
	for i := range c.Commitments {
		h, err := api.(frontend.Committer).Commit(c.X, y, i)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(h, 0)
	}
	return nil
}

func newPowers(x int64, size int) *powers {
	var y, factor fr.Element
	factor.SetInt64(x)
	y.Neg(&factor)
	for range size + 1 {
		y.Mul(&y, &factor)
	}
	return &powers{X: x, Y: y}
}

// equal proves that X = Y, in one gate.
type equal struct {
	Y frontend.Variable `gnark:",public"`
	X frontend.Variable
}

func (c *equal) Define(api frontend.API) error {
	api.AssertIsEqual(c.X, c.Y)
	return nil
}

// secret has no public inputs.
type secret struct{ X, Y frontend.Variable }

func (c *secret) Define(api frontend.API) error {
	api.AssertIsEqual(api.Mul(c.X, c.X, c.X), c.Y)
	return nil
}

// A circuit is one with keys and an assignment.
type circuit struct {
	gates  *cs.SparseR1CS
	pk     *gnark.ProvingKey
	full   witness.Witness
	public fr.Vector
}

func newCircuit(t testing.TB, c, assignment frontend.Circuit) *circuit {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, c)
	if err != nil {
		t.Fatal(err)
	}
	gates := compiled.(*cs.SparseR1CS)
	size := ecc.NextPowerOfTwo(uint64(gates.GetNbConstraints() + len(gates.Public)))
	canonical, lagrange, err := unsafesetup.SRS(size)
	if err != nil {
		t.Fatal(err)
	}
	pk, _, err := gnark.Setup(gates, *canonical, *lagrange)
	if err != nil {
		t.Fatal(err)
	}
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	public, err := full.Public()
	if err != nil {
		t.Fatal(err)
	}
	return &circuit{gates, pk, full, public.Vector().(fr.Vector)}
}

// forContracts is how gnark makes proofs for contracts.
var forContracts = solidity.WithProverTargetSolidityVerifier(backend.PLONK)

func (c *circuit) solve(t testing.TB, device accel.Device, options Options, opts ...backend.ProverOption) *Solution {
	t.Helper()
	s, err := NewKey(c.gates, c.pk, options).Solve(device, c.full, append(opts, forContracts)...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (c *circuit) prove(t testing.TB, device accel.Device, options Options, opts ...backend.ProverOption) *gnark.Proof {
	t.Helper()
	proof, err := c.solve(t, device, options, opts...).Prove(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func (c *circuit) verify(proof *gnark.Proof) error {
	return gnark.Verify(proof, c.pk.Vk, c.public, solidity.WithVerifierTargetSolidityVerifier(backend.PLONK))
}
