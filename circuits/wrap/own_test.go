// SPDX-License-Identifier: Apache-2.0

package wrap_test

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/circuits/wrap"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
)

// noBits is an API that does not check how many bits a number has.
type noBits struct{ frontend.API }

func (noBits) ToBinary(frontend.Variable, ...int) []frontend.Variable { return nil }

// A looseCircuit is the wrap without that check: a planted fault.
type looseCircuit struct{ *wrap.Circuit }

func (c *looseCircuit) Define(api frontend.API) error { return c.Circuit.Define(noBits{api}) }

// TestOwnCommitments: a commitment to a column may be any that begins as those do, as
// verifiers compare it with the column. One that begins in another way, which they would
// not compare, is refused: it could be a commitment to anything.
func TestOwnCommitments(t *testing.T) {
	t.Parallel()
	s := scenario.Get("statement")
	options := reduction.Options{Vars: 8, OwnWords: 1}
	first, last := statement.ColumnKind(), statement.ColumnKind()
	var end fr.Element
	end.SetBigInt(new(big.Int).Lsh(big.NewInt(1), 248))
	one := fr.One()
	last.Add(&last, &end).Sub(&last, &one)
	honest := statement.ColumnCommitment(make([]byte, 64))
	solves := func(own []fr.Element, loose bool) bool {
		circuit, a := assignOwn(t, s, options, own)
		if loose {
			return test.IsSolved(&looseCircuit{circuit}, &looseCircuit{a}, ecc.BN254.ScalarField()) == nil
		}
		return test.IsSolved(circuit, a, ecc.BN254.ScalarField()) == nil
	}
	if !solves([]fr.Element{first, last}, false) || !solves([]fr.Element{honest, honest}, false) {
		t.Error("commitments to columns are refused")
	}
	var before, after fr.Element
	before.Sub(&first, &one)
	after.Add(&last, &one)
	for what, c := range map[string]fr.Element{
		"the number before": before, "the number after": after, "0": {}, "a hash": fr.NewElement(12345),
	} {
		if statement.IsColumnCommitment(&c) {
			t.Fatalf("%s is a commitment to a column", what)
		}
		for _, own := range [][]fr.Element{{c, honest}, {honest, c}} {
			if solves(own, false) {
				t.Errorf("%s: accepted", what)
			}
			if !solves(own, true) {
				t.Errorf("%s: the planted fault was not exploited", what)
			}
		}
	}
	// The circuit binds them to the statement.
	circuit, a := assignOwn(t, s, options, []fr.Element{honest, last})
	for k := range a.Own {
		old := a.Own[k]
		a.Own[k] = fr.NewElement(uint64(k))
		if test.IsSolved(circuit, a, ecc.BN254.ScalarField()) == nil {
			t.Errorf("another commitment %d than the statement's is accepted", k)
		}
		a.Own[k] = old
	}
}
