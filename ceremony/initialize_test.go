// SPDX-License-Identifier: Apache-2.0

package ceremony_test

import (
	"reflect"
	"testing"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/zkml-go/zkml/ceremony"
)

// The initial state, and what no contribution changes, are gnark's.
func TestInitialize(t *testing.T) {
	t.Parallel()
	for _, c := range []*toy{{Five: 5}, {Range: true, Five: 5}, {Range: true, Five: -123456789}} {
		r := compile(t, c)
		circuit := newCircuit(t, r, powers()[0])
		var want mpcsetup.Phase2
		wantEvaluations := want.Initialize(r, ceremony.Powers(circuit))
		got, evaluations := ceremony.Evaluate(circuit)
		if !reflect.DeepEqual(got.Parameters, want.Parameters) {
			t.Errorf("%+v: another initial state", c)
		}
		if !reflect.DeepEqual(*evaluations, wantEvaluations) {
			t.Errorf("%+v: other evaluations", c)
		}
		if len(want.Parameters.G1.PKK) == 0 || len(wantEvaluations.G1.VKK) == 0 {
			t.Errorf("%+v: nothing to compare", c)
		}
	}
}
