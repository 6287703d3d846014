// SPDX-License-Identifier: Apache-2.0

package export_test

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/plonk"
	plonk_bls12381 "github.com/consensys/gnark/backend/plonk/bls12-381"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test/unsafekzg"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/export"
)

// plonkCircuit has the number of public inputs of an inference circuit and the given number of
// commitments.
type plonkCircuit struct {
	Public  [3]frontend.Variable `gnark:",public"`
	Product frontend.Variable

	commitments int
}

func (c *plonkCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(api.Mul(c.Public[0], c.Public[1], c.Public[2]), c.Product)
	for range c.commitments {
		challenge, err := api.(frontend.Committer).Commit(c.Product)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(challenge, c.Product)
	}
	return nil
}

func provePlonk(t *testing.T, commitments int) (*plonk_bn254.VerifyingKey, *plonk_bn254.Proof) {
	t.Helper()
	logger.Disable()
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &plonkCircuit{commitments: commitments})
	if err != nil {
		t.Fatal(err)
	}
	srs, lagrange, err := unsafekzg.NewSRS(ccs)
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := plonk.Setup(ccs, srs, lagrange)
	if err != nil {
		t.Fatal(err)
	}
	assignment := &plonkCircuit{Public: [3]frontend.Variable{2, 3, 5}, Product: 30}
	witness, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := plonk.Prove(ccs, pk, witness)
	if err != nil {
		t.Fatal(err)
	}
	return vk.(*plonk_bn254.VerifyingKey), proof.(*plonk_bn254.Proof)
}

// TestPlonkLayout reads keys and proofs back, and compares the proof with gnark's own encoding. That
// contracts accept them is tested with the contracts.
func TestPlonkLayout(t *testing.T) {
	t.Parallel()
	for commitments := range 2 {
		vk, proof := provePlonk(t, commitments)
		key, err := export.PlonkKey(vk)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(key), 704+96*commitments; got != want {
			t.Fatalf("%d commitments: got key of %d bytes, want %d", commitments, got, want)
		}
		points := []curve.G1Affine{vk.S[0], vk.S[1], vk.S[2], vk.Ql, vk.Qr, vk.Qm, vk.Qo, vk.Qk}
		var want []byte
		for i := range points {
			want = append(want, points[i].Marshal()...)
		}
		tau := vk.Kzg.G2[1]
		tau.Neg(&tau)
		want = append(want, tau.Marshal()...)
		want = append(want, new(big.Int).SetUint64(vk.Size).FillBytes(make([]byte, 32))...)
		want = append(want, vk.Generator.Marshal()...)
		if commitments == 1 {
			power := fr.One() // ω^c, c counted from the first public input
			for range 3 + vk.CommitmentConstraintIndexes[0] {
				power.Mul(&power, &vk.Generator)
			}
			want = append(append(want, vk.Qcp[0].Marshal()...), power.Marshal()...)
		}
		if diff := cmp.Diff(want, key); diff != "" {
			t.Errorf("%d commitments: key differs (-want +got):\n%s", commitments, diff)
		}

		b, err := export.PlonkProof(proof)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := len(b), 768+96*commitments; got != want {
			t.Errorf("%d commitments: got proof of %d bytes, want %d", commitments, got, want)
		}
		if !bytes.Equal(b, proof.MarshalSolidity()) {
			t.Errorf("%d commitments: proof is not as gnark encodes it", commitments)
		}
	}
}

func TestPlonkKeyUnsupported(t *testing.T) {
	t.Parallel()
	vk, _ := provePlonk(t, 1)
	two, _ := provePlonk(t, 2)
	if _, err := export.PlonkKey(vk); err != nil {
		t.Fatal(err)
	}
	changed := func(change func(vk *plonk_bn254.VerifyingKey)) plonk.VerifyingKey {
		c := *vk
		change(&c)
		return &c
	}
	for name, key := range map[string]plonk.VerifyingKey{
		"no key":          nil,
		"other curve":     new(plonk_bls12381.VerifyingKey),
		"two commitments": two,
		"no commitment index": changed(func(vk *plonk_bn254.VerifyingKey) {
			vk.CommitmentConstraintIndexes = nil
		}),
		"two public inputs":  changed(func(vk *plonk_bn254.VerifyingKey) { vk.NbPublicVariables = 2 }),
		"four public inputs": changed(func(vk *plonk_bn254.VerifyingKey) { vk.NbPublicVariables = 4 }),
		"other generator of G1": changed(func(vk *plonk_bn254.VerifyingKey) {
			vk.Kzg.G1.Neg(&vk.Kzg.G1)
		}),
		"other generator of G2": changed(func(vk *plonk_bn254.VerifyingKey) {
			vk.Kzg.G2[0].Neg(&vk.Kzg.G2[0])
		}),
		"other coset":        changed(func(vk *plonk_bn254.VerifyingKey) { vk.CosetShift.SetUint64(7) }),
		"inverse of another": changed(func(vk *plonk_bn254.VerifyingKey) { vk.Size *= 2 }),
		"domain of size 0":   changed(func(vk *plonk_bn254.VerifyingKey) { vk.Size = 0 }),
	} {
		if _, err := export.PlonkKey(key); !errors.Is(err, export.ErrUnsupported) {
			t.Errorf("%s: got error %v, want ErrUnsupported", name, err)
		}
	}
}

func TestPlonkProofUnsupported(t *testing.T) {
	t.Parallel()
	_, proof := provePlonk(t, 1)
	_, two := provePlonk(t, 2)
	claiming := func(values ...fr.Element) plonk.Proof {
		c := *proof
		c.BatchedProof.ClaimedValues = values
		return &c
	}
	values := proof.BatchedProof.ClaimedValues
	for name, p := range map[string]plonk.Proof{
		"no proof":          nil,
		"empty proof":       new(plonk_bn254.Proof),
		"other curve":       new(plonk_bls12381.Proof),
		"two commitments":   two,
		"a value too few":   claiming(values[1:]...),
		"a value too many":  claiming(append(slices.Clone(values), fr.One())...),
		"no claimed values": claiming(),
	} {
		if _, err := export.PlonkProof(p); !errors.Is(err, export.ErrUnsupported) {
			t.Errorf("%s: got error %v, want ErrUnsupported", name, err)
		}
	}
}
