// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A rigged permutation makes chosen challenges known numbers: a planted fault. It follows
// the transcript to know which lane the next challenge is read from.
type rigged struct {
	transcript.Poseidon2
	values  values
	state   []fr.Element
	perms   int // of the state
	at      int
	drawing bool
	later   map[int]map[int]fr.Element // lanes to set after a permutation, by its number
}

// values are those of challenges, by label and number.
type values map[string]map[int]fr.Element

// newTranscript returns a transcript that has absorbed seed.
func newTranscript(f arith.Field[fr.Element], values values, seed fr.Element) *transcript.Transcript[fr.Element] {
	r := &rigged{values: values, later: map[int]map[int]fr.Element{}}
	t := transcript.New[fr.Element](f, r)
	t.Observe = r.observe
	t.Absorb("seed", seed)
	return t
}

// Permute implements transcript.Permutation.
func (r *rigged) Permute(state []fr.Element) {
	r.Poseidon2.Permute(state)
	if len(state) != transcript.Width {
		return
	}
	r.state = state
	for lane, v := range r.later[r.perms] {
		state[lane] = v
	}
	r.perms++
}

func (r *rigged) observe(e transcript.Event) {
	if !e.Challenge {
		n := e.Len
		if n >= 12 {
			n = 1 // it is hashed first
		}
		for range n {
			if r.drawing || r.at == transcript.Rate {
				r.at, r.drawing = 0, false
			}
			r.at++
		}
		return
	}
	perms := r.perms
	for i := range e.Len {
		if !r.drawing || r.at == transcript.Rate {
			r.at, r.drawing = 0, true
			perms++
		}
		if v, ok := r.values[e.Label][i]; ok {
			if perms == r.perms {
				r.state[r.at] = v
			} else {
				if r.later[perms-1] == nil {
					r.later[perms-1] = map[int]fr.Element{}
				}
				r.later[perms-1][r.at] = v
			}
		}
		r.at++
	}
}
