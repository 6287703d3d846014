// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// columnShapes are sizes of columns and numbers of them.
var columnShapes = []struct{ n, witness, model int }{
	{2, 1, 0}, {2, 1, 1}, {3, 2, 0}, {4, 1, 3}, {5, 2, 2}, {6, 3, 1}, {7, 2, 4},
}

// TestSumcheckAccepts proves statements under keys of all kinds and shapes, on every EVM.
func TestSumcheckAccepts(t *testing.T) {
	t.Parallel()
	for _, keys := range wraps(t) {
		var inferences []*export.Inference
		for i, s := range columnShapes {
			p := newSumcheckProver(t, keys, s.n, s.witness, s.model)
			inferences = append(inferences, p.inference(t, 15*i, 60-10*i, i%3))
		}
		t.Run(keys.name, func(t *testing.T) {
			a := keys.artifact(t)
			evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
				contract := deploy(t, c, a)
				for i, v := range inferences {
					if got := evmtest.Verdict(t, c, contract, v.Calldata()); got != "" {
						t.Errorf("%+v: honest proof refused with %s", columnShapes[i], got)
					}
				}
			})
		})
	}
}

// TestSumcheckVerifierInGo gives such proofs to the verifier that the mutants are compared with.
func TestSumcheckVerifierInGo(t *testing.T) {
	t.Parallel()
	for _, keys := range wraps(t) {
		for _, s := range columnShapes {
			p := newSumcheckProver(t, keys, s.n, s.witness, s.model)
			if err := keys.verifySumcheck(evmtest.NewCall(p.inference(t, 31, 1, 1))); err != nil {
				t.Errorf("%s, %+v: %v", keys.name, s, err)
			}
		}
	}
}
