// SPDX-License-Identifier: Apache-2.0

package groth16_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
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
