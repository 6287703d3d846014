// SPDX-License-Identifier: Apache-2.0

package pcs_test

import (
	"reflect"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/pcs"
)

// firstChallenge is the first challenge that depends on a field of a proof, in the order
// of the rounds: α, γ, ζ, β, y, δ.
var firstChallenge = map[string]int{
	"Ch": 0,
	"Cq": 1, "Cg": 1, "HAlpha": 1,
	"CS": 2, "CD": 2,
	"G": 3, "GInv": 3, "H": 3, "HInv": 3, "S": 3, "SInv": 3, "CH": 3,
	"Cm": 4,
	"CL": 5,
}

// A message changes the challenges that come after it, all of them, and no other.
func TestChallengesDependOnMessages(t *testing.T) {
	t.Parallel()
	var s pcs.Statement
	_, _, g, _ := curve.Generators()
	challenges := func(p *pcs.Proof) (out [6]fr.Element) {
		c := reflect.ValueOf(pcs.Derive(s, p))
		for i := range out {
			out[i] = c.Field(i).Interface().(fr.Element)
		}
		return out
	}
	var empty pcs.Proof
	before := challenges(&empty)
	fields := reflect.TypeFor[pcs.Proof]()
	for i := range fields.NumField() {
		var p pcs.Proof
		switch x := reflect.ValueOf(&p).Elem().Field(i).Addr().Interface().(type) {
		case *fr.Element:
			x.SetOne()
		case *curve.G1Affine:
			*x = g
		}
		name := fields.Field(i).Name
		first, ok := firstChallenge[name]
		if !ok {
			t.Errorf("%s is in no round", name)
		}
		for k, c := range challenges(&p) {
			if changed := !c.Equal(&before[k]); changed != (k >= first) {
				t.Errorf("%s: challenge %d changed: %t", name, k, changed)
			}
		}
	}
	for name, x := range map[string]*fr.Element{"d": &s.D, "ρ": &s.Rho, "v": &s.V} {
		x.SetOne()
		for k, c := range challenges(&empty) {
			if c.Equal(&before[k]) {
				t.Errorf("challenge %d does not depend on %s", k, name)
			}
		}
		x.SetZero()
	}
}
