// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"testing"

	prover "github.com/zkml-go/zkml/prover/snark"
)

// A key that decodes has one encoding, and proving with it fails without a panic unless it is honest.
func FuzzReadProvingKey(f *testing.F) {
	fs := fixtures(f)
	for _, fixture := range fs {
		data := write(f, fixture.pk)
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	f.Add([]byte("zkml.pk\x00\x00\x01\x01\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pk, err := prover.ReadProvingKey(bytes.NewReader(data))
		if err != nil {
			return
		}
		if !bytes.Equal(write(t, pk), data) {
			t.Fatal("decoded a key that has another encoding")
		}
		for _, fixture := range fs {
			prover.Prove(t.Context(), nil, fixture.cs, pk, divided(47))
		}
	})
}

// A constraint system that decodes has one encoding.
func FuzzReadConstraintSystem(f *testing.F) {
	for _, fixture := range fixtures(f) {
		data := write(f, fixture.cs)
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cs, err := prover.ReadConstraintSystem(bytes.NewReader(data))
		if err != nil {
			return
		}
		if !bytes.Equal(write(t, cs), data) {
			t.Fatal("decoded a constraint system that has another encoding")
		}
	})
}
