// SPDX-License-Identifier: Apache-2.0

package export_test

import (
	"bytes"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/accounts/abi"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

const modelABI = `[{"type":"function","name":"verifyInference","stateMutability":"view","outputs":[],"inputs":[
	{"name":"context","type":"bytes32"},{"name":"input","type":"bytes"},{"name":"output","type":"bytes"},
	{"name":"commitments","type":"bytes32[]"},{"name":"proof","type":"bytes"}]}]`

// TestCalldata compares the encoder with go-ethereum's, for lengths on both sides of a word's end.
func TestCalldata(t *testing.T) {
	t.Parallel()
	generic, err := contracts.ForSystem(statement.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	model, err := abi.JSON(strings.NewReader(modelABI))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 67 {
		v := export.Inference{System: statement.Groth16, Commitments: make([]fr.Element, n%4)}
		for _, field := range []struct {
			to    *[]byte
			bytes int
		}{{&v.Key, n}, {&v.Input, 2 * n}, {&v.Output, 66 - n}, {&v.Proof, n / 2}} {
			*field.to = make([]byte, field.bytes)
			rand.Read(*field.to)
		}
		rand.Read(v.ModelDigest[:])
		rand.Read(v.Context[:])
		v.Z.MustSetRandom()
		commitments := make([][32]byte, len(v.Commitments))
		for i := range v.Commitments {
			v.Commitments[i].MustSetRandom()
			commitments[i] = v.Commitments[i].Bytes()
		}
		proof := slices.Concat(v.Z.Marshal(), v.Proof)
		want, err := generic.PackVerifyInference(
			v.Model(), v.ModelDigest, v.Context, v.Key, v.Input, v.Output, commitments, proof)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Calldata(); !bytes.Equal(got, want) {
			t.Errorf("n = %d: got calldata %x, want %x", n, got, want)
		}
		if want, err = model.Pack("verifyInference", v.Context, v.Input, v.Output, commitments, proof); err != nil {
			t.Fatal(err)
		}
		if got := v.ModelCalldata(); !bytes.Equal(got, want) {
			t.Errorf("n = %d: got model calldata %x, want %x", n, got, want)
		}
	}
}
