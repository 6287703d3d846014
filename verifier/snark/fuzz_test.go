// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/zkml-go/zkml/verifier"
	"github.com/zkml-go/zkml/verifier/snark"
)

// A key that decodes has one encoding, passes Lint and does not make Verify panic.
func FuzzReadVerifyingKey(f *testing.F) {
	fs := fixtures(f)
	for _, fixture := range fs {
		data := marshal(f, fixture.vk)
		f.Add(data)
		f.Add(data[:len(data)-1])
		f.Add(append(bytes.Clone(data), 0))
		zeroed := bytes.Clone(data)
		clear(zeroed[12:])
		f.Add(zeroed)
	}
	f.Add([]byte("zkml.vk\x00\x00\x01\x01\x02"))
	f.Fuzz(func(t *testing.T, data []byte) {
		vk, err := snark.ReadVerifyingKey(bytes.NewReader(data))
		if err != nil {
			return
		}
		if !bytes.Equal(marshal(t, vk), data) {
			t.Fatal("decoded a key that has another encoding")
		}
		if err := snark.Lint(vk); err != nil {
			t.Fatal(err)
		}
		for _, fixture := range fs {
			if err := snark.Verify(vk, fixture.proof, falseInputs); !errors.Is(err, verifier.ErrRejected) {
				t.Fatalf("false statement: got %v, want a rejection", err)
			}
		}
	})
}

// A proof that decodes has one encoding, and proves nothing that is false.
func FuzzUnmarshalProof(f *testing.F) {
	fs := fixtures(f)
	for _, fixture := range fs {
		data := marshal(f, fixture.proof)
		f.Add(string(fixture.system), data)
		f.Add(string(fixture.system), data[:len(data)-32])
		f.Add(string(fixture.system), make([]byte, len(data)))
	}
	f.Add("stark", []byte{})
	f.Fuzz(func(t *testing.T, system string, data []byte) {
		proof, err := snark.UnmarshalProof(snark.System(system), data)
		if err != nil {
			return
		}
		if !bytes.Equal(marshal(t, proof), data) {
			t.Fatal("decoded a proof that has another encoding")
		}
		for _, fixture := range fs {
			if err := snark.Verify(fixture.vk, proof, falseInputs); !errors.Is(err, verifier.ErrRejected) {
				t.Fatalf("false statement under the key of %s: got %v, want a rejection", fixture.name, err)
			}
		}
	})
}
