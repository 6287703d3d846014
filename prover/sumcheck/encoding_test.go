// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"bytes"
	"encoding"
	"errors"
	"sync"
	"testing"

	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/verifier"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

var denseInputs = [][]int64{{4, -4, 3, 0, 1, -2, 2, -1}}

// denseProofs proves a run of dense in both forms, once for all tests.
var denseProofs = sync.OnceValues(func() (out [2]*sumcheck.Result, err error) {
	j, err := denseJob()
	if err != nil {
		return out, err
	}
	for i := range out {
		if out[i], err = j.Prove(background, denseInputs, [32]byte{9}, i == 1); err != nil {
			return out, err
		}
	}
	return out, nil
})

func marshal(t testing.TB, m encoding.BinaryMarshaler) []byte {
	t.Helper()
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A codec decodes one kind of encoding, and judges what was decoded.
type codec struct {
	name   string
	data   []byte
	decode func(data []byte) (encoding.BinaryMarshaler, error)
	verify func(m encoding.BinaryMarshaler) error // nil: a key
}

func codecs(t testing.TB) []codec {
	t.Helper()
	pk, _ := keyed(t)
	vk := pk.VerifyingKey()
	proofs, err := denseProofs()
	if err != nil {
		t.Fatal(err)
	}
	j, _ := denseJob()
	wrapped, plain := proofs[0], proofs[1]
	return []codec{
		{"key", marshal(t, vk), func(data []byte) (encoding.BinaryMarshaler, error) {
			return vsumcheck.UnmarshalVerifyingKey(data)
		}, nil},
		{"proof", marshal(t, wrapped.Proof), func(data []byte) (encoding.BinaryMarshaler, error) {
			return vsumcheck.UnmarshalProof(vk, data)
		}, func(m encoding.BinaryMarshaler) error {
			return vsumcheck.Verify(vk, j.ID, wrapped.Context, wrapped.Claim, wrapped.Public[1], m.(*vsumcheck.Proof))
		}},
		{"plain", marshal(t, plain.Plain), func(data []byte) (encoding.BinaryMarshaler, error) {
			return vsumcheck.UnmarshalPlain(data)
		}, func(m encoding.BinaryMarshaler) error {
			return vsumcheck.VerifyPlain(vk, j.Plan, j.ID, plain.Context, plain.Claim, m.(*vsumcheck.Plain))
		}},
	}
}

// TestEncodings decodes what was encoded, and refuses prefixes of it and whatever is
// longer. With a bit flipped, keys do not decode or are other keys, and proofs do not
// decode or are rejected.
func TestEncodings(t *testing.T) {
	t.Parallel()
	for _, c := range codecs(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m, err := c.decode(c.data)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(marshal(t, m), c.data) {
				t.Error("not decoded as encoded")
			}
			if c.verify != nil {
				if err := c.verify(m); err != nil {
					t.Error(err)
				}
			}
			step := 1
			switch {
			case testing.Short():
				step = 13
			case c.verify == nil:
				step = 5 // decoding a key takes milliseconds: it is linted
			}
			for n := 0; n < len(c.data); n += step {
				// A key of fewer columns of the model is a key, too.
				if m, err := c.decode(c.data[:n]); err == nil && (c.verify != nil || !bytes.Equal(marshal(t, m), c.data[:n])) {
					t.Errorf("%d of %d bytes decode", n, len(c.data))
				}
			}
			if _, err := c.decode(append(bytes.Clone(c.data), 0)); err == nil {
				t.Error("a trailing byte is decoded")
			}
			for i := 0; i < len(c.data); i += step {
				changed := bytes.Clone(c.data)
				changed[i] ^= 1 << (i % 8)
				m, err := c.decode(changed)
				switch {
				case err != nil && c.verify != nil && !errors.Is(err, verifier.ErrRejected):
					t.Errorf("byte %d: %v is no rejection", i, err)
				case err != nil:
				case bytes.Equal(marshal(t, m), c.data):
					t.Errorf("byte %d: the same encoding", i)
				case c.verify != nil && !errors.Is(c.verify(m), verifier.ErrRejected):
					t.Errorf("byte %d: accepted", i)
				}
			}
		})
	}
}

// FuzzEncodings: what decodes has one encoding, and verifiers do not panic on it.
func FuzzEncodings(f *testing.F) {
	all := codecs(f)
	for i, c := range all {
		f.Add(uint8(i), c.data)
		f.Add(uint8(i), c.data[:len(c.data)/2])
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		c := all[int(which)%len(all)]
		m, err := c.decode(data)
		if err != nil {
			return
		}
		if !bytes.Equal(marshal(t, m), data) {
			t.Fatalf("%s: decoded what has another encoding", c.name)
		}
		if c.verify == nil || bytes.Equal(data, c.data) {
			return
		}
		// Groth16 proofs are malleable, so another wrapped one may be accepted.
		if err := c.verify(m); err == nil && c.name == "plain" {
			t.Fatal("another proof is accepted")
		}
	})
}
