// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"fmt"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/sumcheck"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A Reader is the Party of a verifier: it takes the messages, in order, from a list. How
// many there are is the plan's, never the list's.
type Reader[T any] struct {
	Plan       *Plan
	Field      arith.Field[T]
	Transcript *transcript.Transcript[T]
	// Next returns the next n messages.
	Next func(n int) ([]T, error)
}

var _ Party[int8] = (*Reader[int8])(nil)

// From returns a Next that reads messages, and a function that tells whether all have
// been read.
func From[T any](messages []T) (next func(int) ([]T, error), done func() error) {
	return func(n int) ([]T, error) {
			if n > len(messages) {
				return nil, fmt.Errorf("the proof ends early")
			}
			out := messages[:n:n]
			messages = messages[n:]
			return out, nil
		}, func() error {
			if len(messages) > 0 {
				return fmt.Errorf("the proof has %d elements too many", len(messages))
			}
			return nil
		}
}

// Fractions implements Party.
func (r *Reader[T]) Fractions(_, _ T) (z []T, p, q T, err error) {
	proof := logup.Blank[T](r.Plan.Tree.Vars)
	to := proof.Elements()
	m, err := r.Next(len(to))
	if err != nil {
		return nil, p, q, err
	}
	for i := range to {
		*to[i] = m[i]
	}
	z, p, q = logup.Verify(r.Field, r.Transcript, r.Plan.Tree.Vars, proof)
	return z, p, q, nil
}

// LevelSum implements Party.
func (r *Reader[T]) LevelSum(*Level[T]) (sum T, err error) {
	m, err := r.Next(1)
	if err != nil {
		return sum, err
	}
	return m[0], nil
}

// LevelRounds implements Party.
func (r *Reader[T]) LevelRounds(l *Level[T], sum T) ([]T, T, error) {
	return r.rounds("level", sum, l.Rounds, l.Degree)
}

// LevelValues implements Party.
func (r *Reader[T]) LevelValues(l *Level[T], _ []T) ([]T, error) { return r.Next(l.NumValues()) }

// OpeningRounds implements Party.
func (r *Reader[T]) OpeningRounds(_ *Opening[T], sum T) ([]T, T, error) {
	return r.rounds("opening", sum, r.Plan.Layout.Vars, OpeningDegree)
}

// Columns implements Party.
func (r *Reader[T]) Columns([]T) ([]T, error) { return r.Next(r.Plan.Layout.NumColumns()) }

func (r *Reader[T]) rounds(label string, sum T, rounds, degree int) (point []T, value T, err error) {
	msgs := make([]sumcheck.Round[T], rounds)
	for j := range msgs {
		if msgs[j], err = r.Next(degree); err != nil {
			return nil, value, err
		}
	}
	point, value = sumcheck.Verify(r.Field, r.Transcript, label, sum, msgs, degree)
	return point, value, nil
}
