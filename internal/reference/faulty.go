// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"maps"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A Hearing is what a transcript does with a message.
type Hearing int

const (
	// Heard messages are absorbed where they are sent.
	Heard Hearing = iota
	// Unheard messages are not absorbed.
	Unheard
	// Late messages are absorbed when the next one comes: after the challenges that
	// should depend on them.
	Late
)

// A Faulty transcript does not absorb all messages as it should: a planted fault.
type Faulty struct {
	*transcript.Transcript[fr.Element]
	ear *ear
}

// NewFaulty returns a transcript that has absorbed nothing. hear says what becomes of
// message number n with a label.
func NewFaulty(hear func(label string, n int) Hearing) *Faulty {
	e := &ear{hear: hear, heard: map[string]int{}}
	f := &Faulty{transcript.New[fr.Element](e, transcript.Poseidon2{}), e}
	f.Observe = f.observe
	return f
}

// An ear is the arithmetic of a faulty transcript, which adds messages to its state.
type ear struct {
	arith.Native
	hear    func(label string, n int) Hearing
	heard   map[string]int // messages so far, by label
	left    int            // elements of the current message that are not absorbed
	late    bool           // they are to be absorbed later
	pending []fr.Element
}

// Add implements arith.Field.
func (e *ear) Add(a, b fr.Element) fr.Element {
	if e.left == 0 {
		return e.Native.Add(a, b)
	}
	e.left--
	if e.late {
		e.pending = append(e.pending, b)
	}
	return a
}

const labelLate = "late"

func (f *Faulty) observe(e transcript.Event) {
	if e.Challenge || e.Label == labelLate {
		return
	}
	if xs := f.ear.pending; len(xs) > 0 {
		f.ear.pending = nil
		f.Absorb(labelLate, xs...)
	}
	n := f.ear.heard[e.Label]
	f.ear.heard[e.Label] = n + 1
	if h := f.ear.hear(e.Label, n); h != Heard {
		f.ear.left, f.ear.late = e.Len, h == Late
	}
}

// Ahead returns the k challenges that would follow a message of n zeros, and forgets
// both. If the transcript does not hear that message, they follow any.
func (f *Faulty) Ahead(message string, n int, challenge string, k int) []fr.Element {
	t, e := *f.Transcript, *f.ear
	e.heard = maps.Clone(e.heard)
	f.Absorb(message, make([]fr.Element, n)...)
	out := f.Challenges(challenge, k)
	*f.Transcript, *f.ear = t, e
	return out
}
