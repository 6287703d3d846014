// SPDX-License-Identifier: Apache-2.0

package exemplar

import (
	"testing"

	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
)

// Circuit returns the circuit of a model of package examples, its tensors public, and the
// assignment of a run of it on a drawn digit.
func Circuit(t testing.TB, model []byte) (circuit, assignment frontend.Circuit) {
	t.Helper()
	p := Program(t, model)
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := quant.QuantizeInput(p.Input(p.Inputs[0]), Digits(t)[0][0])
	if err != nil {
		t.Fatal(err)
	}
	trace, err := p.Run([][]int64{x})
	if err != nil {
		t.Fatal(err)
	}
	claim, err := m.Claim(trace, nil)
	if err != nil {
		t.Fatal(err)
	}
	if assignment, err = m.Assign(trace, claim, nil, claim.Digest([32]byte{}, [32]byte{})); err != nil {
		t.Fatal(err)
	}
	return m.Circuit(), assignment
}
