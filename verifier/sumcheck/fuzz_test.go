// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"bytes"
	"testing"

	"github.com/zkml-go/zkml/statement"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// FuzzUnmarshalProof: what decodes has one encoding, and proves nothing that is false.
func FuzzUnmarshalProof(f *testing.F) {
	x := newFixture(f)
	for _, data := range x.proofs(f) {
		f.Add(data)
		f.Add(data[:len(data)-32])
		f.Add(append(bytes.Clone(data), 0))
		f.Add(make([]byte, len(data)))
		zeroed := bytes.Clone(data)
		clear(zeroed[32:])
		f.Add(zeroed)
	}
	other := &statement.Claim{Input: x.wrapped.Claim.Input, Output: bytes.Clone(x.wrapped.Claim.Output)}
	other.Output[0] ^= 1
	f.Fuzz(func(t *testing.T, data []byte) {
		if vsumcheck.IsPlain(data) {
			proof, err := vsumcheck.UnmarshalPlain(data)
			if err != nil {
				rejected(t, "decoding", err)
				return
			}
			if !bytes.Equal(marshal(t, proof), data) {
				t.Fatal("decoded a proof that has another encoding")
			}
			rejected(t, "a false statement", vsumcheck.VerifyPlain(x.key(), x.job.Plan, x.job.ID, x.context, other, proof))
			return
		}
		proof, err := vsumcheck.UnmarshalProof(x.key(), data)
		if err != nil {
			rejected(t, "decoding", err)
			return
		}
		if !bytes.Equal(marshal(t, proof), data) {
			t.Fatal("decoded a proof that has another encoding")
		}
		rejected(t, "a false statement", vsumcheck.Verify(x.key(), x.job.ID, x.context, other, x.wrapped.Public[1], proof))
	})
}

// FuzzUnmarshalVerifyingKey: a key that decodes has one encoding, and honest proofs of a
// false statement pass under none.
func FuzzUnmarshalVerifyingKey(f *testing.F) {
	x := newFixture(f)
	data := marshal(f, x.key())
	f.Add(data)
	f.Add(data[:len(data)-1])
	f.Add(data[:len(data)-64])
	f.Add(data[:22])
	zeroed := bytes.Clone(data)
	clear(zeroed[22:])
	f.Add(zeroed)
	other := &statement.Claim{Input: x.wrapped.Claim.Input, Output: bytes.Clone(x.wrapped.Claim.Output)}
	other.Output[0] ^= 1
	f.Fuzz(func(t *testing.T, data []byte) {
		vk, err := vsumcheck.UnmarshalVerifyingKey(data)
		if err != nil {
			return
		}
		if !bytes.Equal(marshal(t, vk), data) {
			t.Fatal("decoded a key that has another encoding")
		}
		rejected(t, "wrapped", vsumcheck.Verify(vk, x.job.ID, x.context, other, x.wrapped.Public[1], x.wrapped.Proof))
		rejected(t, "plain", vsumcheck.VerifyPlain(vk, x.job.Plan, x.job.ID, x.context, other, x.plain.Plain))
	})
}
