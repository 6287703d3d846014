// SPDX-License-Identifier: Apache-2.0

package wrap_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/circuits/wrap"
	"github.com/zkml-go/zkml/internal/scenario"
)

func init() { logger.Disable() } // gnark reports every forged assignment

// TestForged changes every public input, and the private ones: words, some messages, for
// those of every kind see protocol/reduction.
func TestForged(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"statement", "contract/chained"} {
		circuit, a := assign(t, scenario.Get(name))
		inputs := map[string]*frontend.Variable{
			"D of the wrap": &a.WrapD, "Z of the wrap": &a.WrapZ, "E of the wrap": &a.WrapE, "salt": &a.Salt,
		}
		for i, word := range a.List() {
			inputs[fmt.Sprintf("word %d", i)] = word
		}
		for k := range a.Salts {
			inputs[fmt.Sprintf("salt of commitment %d", k)] = &a.Salts[k]
			for i := range a.Tensors[k] {
				inputs[fmt.Sprintf("word %d of commitment %d", i, k)] = &a.Tensors[k][i]
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

// TestOtherWords proves of true words what the public inputs say of others, for a circuit
// that does not bind them and for the one that does.
func TestOtherWords(t *testing.T) {
	t.Parallel()
	circuit, a := assign(t, scenario.Get("statement"))
	var honest, other []fr.Element
	for _, word := range a.List() {
		honest = append(honest, (*word).(fr.Element))
	}
	one := fr.One()
	for i := range honest {
		other = slices.Clone(honest)
		other[i].Add(&other[i], &one)
		bind(a, fr.NewElement(9), other)
		for k, word := range a.List() {
			*word = honest[k]
		}
		if err := test.IsSolved(&wrap.Unbound{Circuit: *circuit}, &wrap.Unbound{Circuit: *a}, ecc.BN254.ScalarField()); err != nil {
			t.Errorf("word %d + 1, not bound: %v", i, err)
		}
		if test.IsSolved(circuit, a, ecc.BN254.ScalarField()) == nil {
			t.Errorf("word %d + 1: accepted", i)
		}
	}
}

// TestForgedWords changes every word and binds the changed words honestly: the reduction
// fixes each of them.
func TestForgedWords(t *testing.T) {
	t.Parallel()
	circuit, a := assign(t, scenario.Get("statement"))
	var honest []fr.Element
	for _, word := range a.List() {
		honest = append(honest, (*word).(fr.Element))
	}
	d, one := fr.NewElement(7), fr.One()
	bind(a, d, honest)
	if err := test.IsSolved(circuit, a, ecc.BN254.ScalarField()); err != nil {
		t.Fatalf("another D: %v", err)
	}
	for i := range honest {
		words := slices.Clone(honest)
		words[i].Add(&words[i], &one)
		bind(a, d, words)
		if test.IsSolved(circuit, a, ecc.BN254.ScalarField()) == nil {
			t.Errorf("word %d + 1: accepted", i)
		}
	}
}
