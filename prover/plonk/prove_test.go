// SPDX-License-Identifier: Apache-2.0

package plonk_test

import (
	"context"
	"fmt"
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
	"github.com/consensys/gnark/std/rangecheck"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/prover/plonk"
)

// powers proves that Y = Xᴺ⁺² and that X has 20 bits, if Range is set.
type powers struct {
	Y frontend.Variable `gnark:",public"`
	X frontend.Variable

	N     int  `gnark:"-"`
	Range bool `gnark:"-"`
}

func (c *powers) Define(api frontend.API) error {
	y := api.Mul(c.X, c.X)
	for range c.N {
		y = api.Mul(y, c.X)
	}
	api.AssertIsEqual(c.Y, y)
	if c.Range {
		rangecheck.New(api).Check(c.X, 20)
	}
	return nil
}

// A circuit is one with keys and an assignment.
type circuit struct {
	gates   *cs.SparseR1CS
	pk      *gnark.ProvingKey
	full    witness.Witness
	public  fr.Vector
	options []backend.ProverOption
}

func newCircuit(t testing.TB, c, assignment frontend.Circuit, options ...backend.ProverOption) *circuit {
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
	return &circuit{gates, pk, full, public.Vector().(fr.Vector), options}
}

func newPowers(t testing.TB, n int, ranged bool, options ...backend.ProverOption) *circuit {
	t.Helper()
	x, y := 3, fr.NewElement(9)
	for range n {
		factor := fr.NewElement(uint64(x))
		y.Mul(&y, &factor)
	}
	return newCircuit(t, &powers{N: n, Range: ranged}, &powers{X: x, Y: y}, options...)
}

func (c *circuit) prove(device accel.Device, extended bool) (*gnark.Proof, error) {
	key := plonk.NewKey(c.gates, c.pk, plonk.Options{Extended: extended})
	defer key.Drop(device)
	s, err := key.Solve(device, c.full, c.options...)
	if err != nil {
		return nil, err
	}
	return s.Prove(context.Background())
}

func (c *circuit) verify(proof *gnark.Proof) error {
	return gnark.Verify(proof, c.pk.Vk, c.public, solidity.WithVerifierTargetSolidityVerifier(backend.PLONK))
}

// gnark's verifier accepts proofs of circuits of all sizes from the smallest on, with and
// without a commitment.
func TestVerifies(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 4, 11, 100, 1000, 10000} {
		for _, ranged := range []bool{false, true} {
			for _, extended := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d,range=%v,extended=%v", n, ranged, extended), func(t *testing.T) {
					c := newPowers(t, n, ranged)
					proof, err := c.prove(cpu.Device{}, extended)
					if err != nil {
						t.Fatal(err)
					}
					t.Log("n =", c.pk.Vk.Size)
					if err := c.verify(proof); err != nil {
						t.Error(err)
					}
				})
			}
		}
	}
}
