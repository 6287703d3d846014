// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"bytes"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/scenario"
)

// FuzzVerifier gives the verifier arbitrary messages: it accepts the honest ones and
// panics on none.
func FuzzVerifier(f *testing.F) {
	type target struct {
		scenario *scenario.Scenario
		honest   []fr.Element
		verify   func(messages []fr.Element) error
	}
	var targets []target
	for _, name := range messageScenarios {
		s := scenario.Get(name)
		set, w, _, honest := honestProof(f, s.Model(), s.Inputs)
		targets = append(targets, target{s, honest, func(m []fr.Element) error { return set.verify(w, m) }})
	}
	for k, t := range targets {
		var b bytes.Buffer
		for i := range t.honest {
			b.Write(t.honest[i].Marshal())
		}
		honest := b.Bytes()
		f.Add(uint8(k), honest)
		f.Add(uint8(k), honest[:len(honest)/2])
		f.Add(uint8(k), append(bytes.Clone(honest), 1))
		f.Add(uint8(k), make([]byte, len(honest)))
		f.Add(uint8(k), bytes.Repeat([]byte{0xff}, len(honest)))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		target := targets[int(which)%len(targets)]
		var messages []fr.Element
		honest := true
		for i := 0; len(data) > 0; i++ {
			n := min(fr.Bytes, len(data))
			var x fr.Element
			x.SetBytes(data[:n]) // reduced modulo r
			messages = append(messages, x)
			honest = honest && i < len(target.honest) && x.Equal(&target.honest[i])
			data = data[n:]
		}
		honest = honest && len(messages) == len(target.honest)
		if err := target.verify(messages); (err == nil) != honest {
			t.Errorf("honest: %v, verdict: %v", honest, err)
		}
	})
}
