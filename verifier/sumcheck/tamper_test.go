// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// groth16Negated returns a wrapped proof with −A and −B in its Groth16 part: another
// proof of the same statement, as Groth16 has it.
func groth16Negated(t *testing.T, data []byte) []byte {
	t.Helper()
	out := bytes.Clone(data)
	at := len(out) - 8*32
	for _, y := range [][2]int{{at + 32, at + 64}, {at + 64 + 64, at + 64 + 96}, {at + 64 + 96, at + 64 + 128}} {
		copy(out[y[0]:y[1]], negated(out[y[0]:y[1]]))
	}
	return out
}

// TestTamper changes every byte of an honest proof in turn; -short every 31st, which
// reaches every element.
func TestTamper(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for kind, honest := range f.proofs(t) {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			step := 1
			if testing.Short() {
				step = 31
			}
			for i := 0; i < len(honest); i += step {
				data := bytes.Clone(honest)
				data[i] ^= 1
				rejected(t, fmt.Sprintf("byte %d changed", i), f.verifyBytes(data))
			}
		})
	}
}

// TestLengths gives proofs of other lengths.
func TestLengths(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for kind, honest := range f.proofs(t) {
		for _, n := range []int{0, 1, 31, len(honest) / 2, len(honest) - 64, len(honest) - 1} {
			rejected(t, fmt.Sprintf("%d bytes of a %s proof", n, kind), f.verifyBytes(honest[:n]))
		}
		for _, more := range []int{1, 32, 64, 1 << 16} {
			rejected(t, fmt.Sprintf("a %s proof and %d bytes", kind, more), f.verifyBytes(append(bytes.Clone(honest), make([]byte, more)...)))
		}
		rejected(t, kind+" twice", f.verifyBytes(slices.Concat(honest, honest)))
		rejected(t, kind+" zeroed", f.verifyBytes(make([]byte, len(honest))))
		rejected(t, kind+" of all ones", f.verifyBytes(bytes.Repeat([]byte{0xff}, len(honest))))
	}
}

// TestSwaps exchanges the commitments to columns, elements of the opening, and messages.
func TestSwaps(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for kind, honest := range f.proofs(t) {
		start := 0
		if kind == "plain" {
			start = len(honest) % 32
		}
		for i := start; i+64 <= len(honest); i += 32 {
			a, b := honest[i:i+32], honest[i+32:i+64]
			if bytes.Equal(a, b) {
				continue
			}
			data := slices.Concat(honest[:i], b, a, honest[i+64:])
			rejected(t, fmt.Sprintf("%s: words at %d and %d swapped", kind, i, i+32), f.verifyBytes(data))
		}
		// Points next to each other: the mask and the first column.
		points := start
		if kind == "wrapped" {
			points = 0
		}
		data := slices.Concat(honest[:points], honest[points+64:points+128], honest[points:points+64], honest[points+128:])
		rejected(t, kind+": the mask and the first column swapped", f.verifyBytes(data))
	}
}

// TestMalleable: what Groth16 lets anybody change makes a proof of the same statement and
// of no other. Hence proofs must not serve as names of statements.
func TestMalleable(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	proof, err := vsumcheck.UnmarshalProof(f.key(), groth16Negated(t, f.proofs(t)["wrapped"]))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.verify(proof); err != nil {
		t.Errorf("(−A, −B, C): %v", err)
	}
	rejected(t, "(−A, −B, C) in another context",
		vsumcheck.Verify(f.key(), f.job.ID, [32]byte{}, f.wrapped.Claim, f.wrapped.Public[1], proof))
}
