// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/export"
)

// A Fixture is an accepted inference kept in a file. Gas depends on the bytes of keys and proofs, which
// are random, so figures to compare need proofs that stay. And what a contract accepted once it must
// accept after every change.
type Fixture struct {
	Inference export.Inference
	VK        []byte // gnark's raw encoding of the verifying key, where a test needs it
}

type fixtureFile struct {
	System      string          `json:"system"`
	ModelDigest hexutil.Bytes   `json:"modelDigest"`
	Context     hexutil.Bytes   `json:"context"`
	Key         hexutil.Bytes   `json:"key"`
	Input       hexutil.Bytes   `json:"input"`
	Output      hexutil.Bytes   `json:"output"`
	Commitments []hexutil.Bytes `json:"commitments"`
	Z           hexutil.Bytes   `json:"z"`
	Proof       hexutil.Bytes   `json:"proof"`
	VK          hexutil.Bytes   `json:"vk"`
}

// ReadFixture reads a fixture from a file.
func ReadFixture(t testing.TB, file string) Fixture {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var f fixtureFile
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	v := export.Inference{
		System: f.System, ModelDigest: [32]byte(f.ModelDigest), Context: [32]byte(f.Context),
		Key: f.Key, Input: f.Input, Output: f.Output, Proof: f.Proof,
		Commitments: make([]fr.Element, len(f.Commitments)),
	}
	v.Z.SetBytes(f.Z)
	for i, c := range f.Commitments {
		v.Commitments[i].SetBytes(c)
	}
	return Fixture{v, f.VK}
}

// Write writes a fixture to a file.
func (f Fixture) Write(t testing.TB, file string) {
	t.Helper()
	v := f.Inference
	out := fixtureFile{
		System: v.System, ModelDigest: v.ModelDigest[:], Context: v.Context[:], Key: v.Key,
		Input: v.Input, Output: v.Output, Z: v.Z.Marshal(), Proof: v.Proof, VK: f.VK,
	}
	for i := range v.Commitments {
		out.Commitments = append(out.Commitments, v.Commitments[i].Marshal())
	}
	data, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
