// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/groth16"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

// FreeCircuit has the public inputs of an inference circuit and no inference: whoever proves it chooses
// D, Z and E. It shows what a contract makes of them, honest or not.
type FreeCircuit struct {
	D, Z, E frontend.Variable `gnark:",public"`
	Product frontend.Variable // D⋅Z + E
	Small   frontend.Variable // 16 bits

	committed bool
}

// NewFreeCircuit returns the circuit to compile, with or without a commitment.
func NewFreeCircuit(committed bool) *FreeCircuit { return &FreeCircuit{committed: committed} }

// Define checks Product and, in the committed variant, Small, which needs gnark's one commitment.
func (c *FreeCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(api.Add(api.Mul(c.D, c.Z), c.E), c.Product)
	if c.committed {
		rangecheck.New(api).Check(c.Small, 16)
	}
	api.AssertIsDifferent(c.Small, 0)
	return nil
}

// Assignment returns the witness of FreeCircuit for the public inputs.
func Assignment(public [3]fr.Element) *FreeCircuit {
	var product fr.Element
	product.Mul(&public[0], &public[1]).Add(&product, &public[2])
	return &FreeCircuit{D: public[0], Z: public[1], E: public[2], Product: product, Small: 1}
}

// Groth16 proves FreeCircuit.
type Groth16 struct {
	VK  groth16.VerifyingKey
	Key []byte // calldata form of VK

	ccs constraint.ConstraintSystem
	pk  groth16.ProvingKey
}

// NewGroth16 compiles FreeCircuit, with or without a commitment, and makes keys for it.
func NewGroth16(t testing.TB, committed bool) *Groth16 {
	t.Helper()
	logger.Disable()
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, NewFreeCircuit(committed))
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := groth16.Setup(ccs)
	if err != nil {
		t.Fatal(err)
	}
	key, err := export.Groth16Key(vk)
	if err != nil {
		t.Fatal(err)
	}
	return &Groth16{VK: vk, Key: key, ccs: ccs, pk: pk}
}

// Prove returns the calldata form of a proof for the public inputs.
func (g *Groth16) Prove(t testing.TB, public [3]fr.Element) []byte {
	t.Helper()
	witness, err := frontend.NewWitness(Assignment(public), ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(g.ccs, g.pk, witness, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		t.Fatal(err)
	}
	b, err := export.Groth16Proof(proof)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Inference returns an accepted inference of a made-up model with tensors of the given sizes. Tensors,
// commitments and Z are random and have no zero byte, which calldata would get cheaper.
func (g *Groth16) Inference(t testing.TB, inputBytes, outputBytes, numCommitments int) *export.Inference {
	t.Helper()
	v := &export.Inference{
		ModelDigest: [32]byte(randomBytes(t, 32)), Context: [32]byte(randomBytes(t, 32)),
		System: statement.Groth16, Key: g.Key,
		Input: randomBytes(t, inputBytes), Output: randomBytes(t, outputBytes),
		Commitments: make([]fr.Element, numCommitments),
		Z:           randomElement(t),
	}
	for i := range v.Commitments {
		v.Commitments[i] = randomElement(t)
	}
	v.Proof = g.Prove(t, v.PublicInputs())
	return v
}

// Verify is gnark's verdict on a proof in its calldata form.
func (g *Groth16) Verify(public [3]fr.Element, proof []byte) error {
	decoded, err := decodeGroth16(proof)
	if err != nil {
		return err
	}
	witness, err := frontend.NewWitness(
		&FreeCircuit{D: public[0], Z: public[1], E: public[2]}, ecc.BN254.ScalarField(), frontend.PublicOnly())
	if err != nil {
		return err
	}
	return groth16.Verify(decoded, g.VK, witness, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
}

// decodeGroth16 reads the calldata form by putting gnark's count of commitments back.
func decodeGroth16(b []byte) (groth16.Proof, error) {
	if len(b) != 256 && len(b) != 384 {
		return nil, fmt.Errorf("proof of %d bytes", len(b))
	}
	raw := bytes.Clone(b[:256])
	rest := b[256:]
	if len(rest) == 0 {
		rest = make([]byte, 64)
		rest[0] = 0x40 // no proof of knowledge: gnark's mark of the point at infinity
		raw = binary.BigEndian.AppendUint32(raw, 0)
	} else {
		raw = binary.BigEndian.AppendUint32(raw, 1)
	}
	proof := new(groth16_bn254.Proof)
	if _, err := proof.ReadFrom(bytes.NewReader(append(raw, rest...))); err != nil {
		return nil, err
	}
	return proof, nil
}

func randomElement(t testing.TB) fr.Element {
	t.Helper()
	b := randomBytes(t, fr.Bytes)
	b[0] = b[0]&0x1f | 1 // below the field order
	var e fr.Element
	e.SetBigInt(new(big.Int).SetBytes(b))
	return e
}
