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
	// drawn are the challenges so far, by the permutation and the lane that they are
	// read from; absorbed is how many there were when each message came.
	drawn    [][2]int
	outputs  [][transcript.Width]fr.Element
	absorbed []int
}

// challenges returns all challenges that were drawn.
func (r *rigged) challenges() []fr.Element {
	var out []fr.Element
	for _, d := range r.drawn {
		out = append(out, r.outputs[d[0]][d[1]])
	}
	return out
}

// values are those of challenges, by label and number.
type values map[string]map[int]fr.Element

// newTranscript returns a transcript that has absorbed seed.
func newTranscript(f arith.Field[fr.Element], values values, seed fr.Element) *transcript.Transcript[fr.Element] {
	t, _ := newRigged(f, values, seed)
	return t
}

func newRigged(f arith.Field[fr.Element], values values, seed fr.Element) (*transcript.Transcript[fr.Element], *rigged) {
	r := &rigged{values: values, later: map[int]map[int]fr.Element{}}
	t := transcript.New[fr.Element](f, r)
	t.Observe = r.observe
	t.Absorb("seed", seed)
	return t, r
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
	r.outputs = append(r.outputs, [transcript.Width]fr.Element(state))
	r.perms++
}

func (r *rigged) observe(e transcript.Event) {
	if !e.Challenge {
		r.absorbed = append(r.absorbed, len(r.drawn))
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
		r.drawn = append(r.drawn, [2]int{perms - 1, r.at})
		r.at++
	}
}
