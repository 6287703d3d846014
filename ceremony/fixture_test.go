// SPDX-License-Identifier: Apache-2.0

package ceremony_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/rangecheck"

	"github.com/zkml-go/zkml/ceremony"
	"github.com/zkml-go/zkml/ceremony/ptau"
	"github.com/zkml-go/zkml/internal/unsafesetup"
)

// toy proves that Z = X⋅Y + Five and E = D⋅X + Z, and with Range that X < 2¹⁶, which takes a commitment.
type toy struct {
	D, Z, E frontend.Variable `gnark:",public"`
	X, Y    frontend.Variable

	Range bool `gnark:"-"`
	Five  int  `gnark:"-"`
}

func (c *toy) Define(api frontend.API) error {
	api.AssertIsEqual(c.Z, api.Add(api.Mul(c.X, c.Y), c.Five))
	api.AssertIsEqual(c.E, api.Add(api.Mul(c.D, c.X), c.Z))
	if c.Range {
		rangecheck.New(api).Check(c.X, 16)
	}
	return nil
}

func compile(t testing.TB, c *toy) *cs.R1CS {
	t.Helper()
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
	if err != nil {
		t.Fatal(err)
	}
	return compiled.(*cs.R1CS)
}

// proves checks that keys prove what is true of the circuit with 5 and not what is false.
func proves(t testing.TB, r *cs.R1CS, keys *ceremony.Keys) {
	t.Helper()
	full, err := frontend.NewWitness(&toy{D: 7, Z: 148, E: 225, X: 11, Y: 13}, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(r, keys.ProvingKey, full, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		t.Fatal(err)
	}
	public := fr.Vector{fr.NewElement(7), fr.NewElement(148), fr.NewElement(225)}
	verify := func() error {
		return groth16.Verify(proof, keys.VerifyingKey, public, solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
	}
	if err := verify(); err != nil {
		t.Error(err)
	}
	public[1].SetUint64(149)
	if verify() == nil {
		t.Error("a proof of another statement is accepted")
	}
}

const power = 10

// powers returns two files of powers of tau.
var powers = sync.OnceValue(func() (files [2]*ptau.File) {
	for i := range files {
		var b bytes.Buffer
		err := unsafesetup.WritePtau(&b, power)
		if err == nil {
			files[i], err = ptau.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
		}
		if err != nil {
			panic(err)
		}
	}
	return files
})

func newCircuit(t testing.TB, r *cs.R1CS, file *ptau.File) *ceremony.Circuit {
	t.Helper()
	c, err := ceremony.NewCircuit(r, file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// hold returns a ceremony of a circuit with n contributions.
func hold(t testing.TB, circuit *ceremony.Circuit, n int) (*ceremony.Ceremony, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ceremony")
	c, err := ceremony.Create(dir, circuit, ceremony.Subject{System: "groth16"})
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		contribute(t, c)
	}
	return c, dir
}

func contribute(t testing.TB, c *ceremony.Ceremony) {
	t.Helper()
	if _, err := c.Contribute("somebody", nil); err != nil {
		t.Fatal(err)
	}
}

func reopen(t testing.TB, dir string) *ceremony.Ceremony {
	t.Helper()
	c, err := ceremony.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func read(t testing.TB, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

var beacon = bytes.Repeat([]byte{7}, ceremony.MinBeacon)
