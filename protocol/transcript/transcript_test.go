// SPDX-License-Identifier: Apache-2.0

package transcript_test

import (
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
)

func newTranscript() *transcript.Transcript[fr.Element] {
	return transcript.New[fr.Element](&arith.Native{}, transcript.Poseidon2{})
}

func numbers(from, n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i].SetInt64(int64(from + i))
	}
	return out
}

// TestVectors pins challenges: the circuit must draw the same ones.
func TestVectors(t *testing.T) {
	tr := newTranscript()
	var got []string
	for _, n := range []int{1, 3, 4, 11, 12, 40} {
		tr.Absorb("message", numbers(n, n)...)
		for _, c := range tr.Challenges("challenge", n%5) {
			got = append(got, c.Text(16)[:8])
		}
	}
	const want = "[9f9c1a35 12f6b984 b802a861 4c9db8bd 441a0bcf 14491d22 18a3ced1 59eb1f48 1283c7b1 7da112a9 24a34422]"
	if fmt.Sprint(got) != want {
		t.Errorf("challenges %v, want %s", got, want)
	}
}

// TestDepends changes each element of each message before a challenge.
func TestDepends(t *testing.T) {
	lengths := []int{1, 2, 3, 7, 12, 31}
	draw := func(message, element int) fr.Element {
		tr := newTranscript()
		for k, n := range lengths {
			m := numbers(10*k, n)
			if k == message {
				m[element].SetInt64(-1)
			}
			tr.Absorb("message", m...)
			if k%2 == 0 {
				tr.Challenge("challenge")
			}
		}
		return tr.Challenge("last")
	}
	honest := draw(-1, 0)
	for k, n := range lengths {
		for i := range n {
			if c := draw(k, i); c.Equal(&honest) {
				t.Errorf("the challenge does not depend on element %d of message %d", i, k)
			}
		}
	}
}

func TestObserve(t *testing.T) {
	tr := newTranscript()
	var got []transcript.Event
	tr.Observe = func(e transcript.Event) { got = append(got, e) }
	tr.Absorb("a", numbers(0, 2)...)
	tr.Challenges("b", 3)
	if want := "[{a false 2} {b true 3}]"; fmt.Sprint(got) != want {
		t.Errorf("events %v, want %s", got, want)
	}
}
