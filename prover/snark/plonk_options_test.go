// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"testing"

	"github.com/consensys/gnark/backend"
)

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
