// SPDX-License-Identifier: Apache-2.0

// Package transcript derives the challenges of the sumcheck system from what the
// prover has said so far (Fiat and Shamir).
//
// It is a duplex sponge over Poseidon2 of width 4 (8 full and 56 partial rounds,
// https://eprint.iacr.org/2023/323): three lanes absorb and are read, lane 3 is the
// capacity, which starts as a domain tag. Long messages are first hashed by the
// sponge of width 16 (package sponge), and their hash is absorbed.
//
// The order and the lengths of all messages are fixed by the verifying key, never
// by the prover, so messages need no padding or length: an absorb and the draw of a
// challenge stand at the same place in every proof of a model. The sequence of
// labels is what that says; tests pin it.
//
// The code is generic: the wrap circuit runs it over its variables.
package transcript

import (
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/sponge"
)

// The parameters of the permutation.
const (
	Width         = 4
	Rate          = Width - 1
	FullRounds    = 8
	PartialRounds = 56
)

// bulk is the least length of a message that is hashed first. A permutation of
// width 4 takes 3 elements for 264 constraints, one of width 16 takes 15 for 556.
const bulk = 12

// domain is the initial capacity, "zkml_sc" in ASCII: no other use of the permutation
// starts with it.
const domain = int64(0x7a6b6d6c5f7363) // "zkml_sc"

// A Permutation is Poseidon2 over T for states of Width and of sponge.Width lanes.
type Permutation[T any] interface {
	Permute(state []T)
}

// An Event is one step of a transcript: a message or a challenge of Len elements.
type Event struct {
	Label     string
	Challenge bool
	Len       int
}

// A Transcript absorbs messages and draws challenges.
type Transcript[T any] struct {
	field arith.Field[T]
	perm  Permutation[T]
	state [Width]T
	// at is the next lane to absorb into or, while drawing, to read.
	at      int
	drawing bool
	// Observe, if not nil, is told of every step.
	Observe func(Event)
}

// New returns a transcript that has absorbed nothing.
func New[T any](f arith.Field[T], p Permutation[T]) *Transcript[T] {
	t := &Transcript[T]{field: f, perm: p}
	for i := range t.state {
		t.state[i] = arith.Int(f, 0)
	}
	t.state[Rate] = arith.Int(f, domain)
	return t
}

// Absorb takes a message of the prover.
func (t *Transcript[T]) Absorb(label string, xs ...T) {
	t.observe(Event{Label: label, Len: len(xs)})
	if len(xs) >= bulk {
		xs = []T{t.hash(xs)}
	}
	for _, x := range xs {
		if t.drawing || t.at == Rate {
			if !t.drawing {
				t.perm.Permute(t.state[:])
			}
			t.at, t.drawing = 0, false
		}
		t.state[t.at] = t.field.Add(t.state[t.at], x)
		t.at++
	}
}

// Challenge draws a challenge that depends on everything absorbed and drawn so far.
func (t *Transcript[T]) Challenge(label string) T { return t.Challenges(label, 1)[0] }

// Challenges draws n challenges.
func (t *Transcript[T]) Challenges(label string, n int) []T {
	t.observe(Event{Label: label, Challenge: true, Len: n})
	out := make([]T, n)
	for i := range out {
		if !t.drawing || t.at == Rate {
			t.perm.Permute(t.state[:])
			t.at, t.drawing = 0, true
		}
		out[i] = t.state[t.at]
		t.at++
	}
	return out
}

// hash is sponge.Hash over T.
func (t *Transcript[T]) hash(xs []T) T {
	state := make([]T, sponge.Width)
	for i := range state {
		state[i] = arith.Int(t.field, 0)
	}
	state[sponge.Rate] = t.field.Const(sponge.Capacity(sponge.Message, len(xs)))
	for len(xs) > 0 {
		n := min(sponge.Rate, len(xs))
		for i := range n {
			state[i] = t.field.Add(state[i], xs[i])
		}
		xs = xs[n:]
		t.perm.Permute(state)
	}
	return state[0]
}

func (t *Transcript[T]) observe(e Event) {
	if t.Observe != nil {
		t.Observe(e)
	}
}
