// SPDX-License-Identifier: Apache-2.0

package wrap_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/internal/scenario"
)

func init() { logger.Disable() } // gnark reports every forged assignment

// TestForged changes every public input, and the private ones: some messages, for those
// of every kind see protocol/reduction.
func TestForged(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"statement", "contract/chained"} {
		circuit, a := assign(t, scenario.Get(name))
		inputs := map[string]*frontend.Variable{
			"seed": &a.Seed, "Z": &a.Z, "E": &a.E, "rho": &a.Rho, "zeta": &a.Zeta, "V": &a.V, "salt": &a.Salt,
		}
		for i := range a.P {
			inputs[fmt.Sprintf("P[%d]", i)] = &a.P[i]
		}
		for k := range a.Salts {
			inputs[fmt.Sprintf("salt of commitment %d", k)] = &a.Salts[k]
			for i := range a.Words[k] {
				inputs[fmt.Sprintf("word %d of commitment %d", i, k)] = &a.Words[k][i]
			}
		}
		for i := 0; i < len(a.Messages); i += 9 {
			inputs[fmt.Sprintf("message %d", i)] = &a.Messages[i]
		}
		inputs["the last message"] = &a.Messages[len(a.Messages)-1]
		for what, v := range inputs {
			honest := (*v).(fr.Element)
			forged := fr.One()
			forged.Add(&forged, &honest)
			*v = forged
			if test.IsSolved(circuit, a, ecc.BN254.ScalarField()) == nil {
				t.Errorf("%s: %s + 1: accepted", name, what)
			}
			*v = honest
		}
		if err := test.IsSolved(circuit, a, ecc.BN254.ScalarField()); err != nil {
			t.Errorf("%s: the assignment was not restored: %v", name, err)
		}
	}
}
