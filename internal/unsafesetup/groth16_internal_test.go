// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/zkml-go/zkml/verifier/snark"
)

// chain computes Steps times x ← 3⋅x² − x + Y, and with Commit asserts a relation to a challenge from
// each of so many commitments. Unused is in no constraint.
type chain struct {
	Start, End, Y frontend.Variable `gnark:",public"`
	Unused        frontend.Variable

	Steps, Commit int `gnark:"-"`
}

func (c *chain) Define(api frontend.API) error {
	x := c.Start
	var seen []frontend.Variable
	for range c.Steps {
		square := api.Mul(x, x)
		seen = append(seen, square)
		x = api.Add(api.Sub(api.Mul(square, 3), x), c.Y)
	}
	for i := range c.Commit {
		n := len(seen) / c.Commit
		h, err := api.(frontend.Committer).Commit(seen[i*n : (i+1)*n]...)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(h, seen[0])
	}
	api.AssertIsEqual(x, c.End)
	return nil
}

func (c *chain) assignment() *chain {
	x, y := fr.NewElement(2), fr.NewElement(5)
	three := fr.NewElement(3)
	for range c.Steps {
		var square fr.Element
		square.Square(&x).Mul(&square, &three)
		x.Sub(&square, &x).Add(&x, &y)
	}
	return &chain{Start: 2, End: x, Y: y, Unused: 1}
}

func compileChain(t testing.TB, c *chain) *cs.R1CS {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c, frontend.IgnoreUnconstrainedInputs())
	if err != nil {
		t.Fatal(err)
	}
	return compiled.(*cs.R1CS)
}

// Proofs with the keys verify in gnark, those of other statements do not, and our lint passes the keys.
func TestGroth16(t *testing.T) {
	t.Parallel()
	for commitments := range 3 {
		t.Run(fmt.Sprint(commitments), func(t *testing.T) {
			t.Parallel()
			c := &chain{Steps: 20, Commit: commitments}
			r := compileChain(t, c)
			pk, vk, err := Groth16(r)
			if err != nil {
				t.Fatal(err)
			}
			_, _, _, g2 := curve.Generators()
			if !vk.G2.Gamma.Equal(&g2) {
				t.Error("gamma is not the generator")
			}
			if pk.NbInfinityA == 0 || pk.NbInfinityB == 0 {
				t.Error("no wire is without a point: this test does not see how they are left out")
			}
			full, err := frontend.NewWitness(c.assignment(), ecc.BN254.ScalarField())
			if err != nil {
				t.Fatal(err)
			}
			proof, err := groth16.Prove(r, pk, full, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
			if err != nil {
				t.Fatal(err)
			}
			public, err := full.Public()
			if err != nil {
				t.Fatal(err)
			}
			inputs := public.Vector().(fr.Vector)
			verify := func() error {
				return groth16.Verify(proof, vk, inputs, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
			}
			if err := verify(); err != nil {
				t.Error(err)
			}
			inputs[1].Double(&inputs[1])
			if verify() == nil {
				t.Error("the proof is accepted for another end")
			}
			if commitments > snark.MaxCommitments {
				return
			}
			if _, err := snark.NewGroth16VerifyingKey(vk, true); err != nil {
				t.Errorf("the lint refuses the key: %v", err)
			}
		})
	}
}

// The parts of the keys are as long as gnark's, with the same points at infinity left out.
func TestGroth16Sizes(t *testing.T) {
	t.Parallel()
	r := compileChain(t, &chain{Steps: 20, Commit: 1})
	pk, vk, err := Groth16(r)
	if err != nil {
		t.Fatal(err)
	}
	gpk, gvk := new(groth16.ProvingKey), new(groth16.VerifyingKey)
	if err := groth16.Setup(r, gpk, gvk); err != nil {
		t.Fatal(err)
	}
	sizes := func(pk *groth16.ProvingKey, vk *groth16.VerifyingKey) string {
		return fmt.Sprint(len(pk.G1.A), len(pk.G1.B), len(pk.G2.B), len(pk.G1.K), len(pk.G1.Z), len(vk.G1.K), pk.NbInfinityA, pk.NbInfinityB,
			pk.InfinityA, pk.InfinityB, len(pk.CommitmentKeys[0].Basis), len(pk.CommitmentKeys[0].BasisExpSigma), vk.PublicAndCommitmentCommitted, pk.Domain.Cardinality)
	}
	if got, want := sizes(pk, vk), sizes(gpk, gvk); got != want {
		t.Errorf("got %s, gnark has %s", got, want)
	}
}

// Nothing that forges proofs is left in memory that the setup had.
func TestGroth16Wipes(t *testing.T) {
	t.Parallel()
	var s secrets
	var v vectors
	if _, _, err := groth16With(compileChain(t, &chain{Steps: 20, Commit: 1}), &s, &v); err != nil {
		t.Fatal(err)
	}
	for i, e := range append([][]fr.Element{{s.tau, s.alpha, s.beta, s.delta}, s.sigma}, v.each()...) {
		if len(e) == 0 {
			t.Errorf("vector %d is empty: this test shows nothing", i)
		}
		for _, x := range e[:cap(e)] {
			if !x.IsZero() {
				t.Errorf("vector %d is not overwritten", i)
				break
			}
		}
	}
}

func BenchmarkGroth16(b *testing.B) {
	r := compileChain(b, &chain{Steps: 1 << 14, Commit: 1})
	for b.Loop() {
		if _, _, err := Groth16(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGroth16OfGnark(b *testing.B) {
	r := compileChain(b, &chain{Steps: 1 << 14, Commit: 1})
	for b.Loop() {
		if err := groth16.Setup(r, new(groth16.ProvingKey), new(groth16.VerifyingKey)); err != nil {
			b.Fatal(err)
		}
	}
}
