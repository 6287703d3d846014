// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"testing"

	"github.com/consensys/gnark/backend"

	"github.com/zkml-go/zkml/prover/plonk"
)

// PlonkKey is the key for devices of the circuit that was proved last.
func PlonkKey(pk *ProvingKey) *plonk.Key { return pk.columns.key }

// All parts of a proof of PLONK are blinded.
func TestPlonkIsStatistical(t *testing.T) {
	t.Parallel()
	config, err := backend.NewProverConfig(plonkOptions(nil)...)
	if err != nil {
		t.Fatal(err)
	}
	if !config.StatisticalZK {
		t.Error("the parts of the quotient are not blinded")
	}
}
