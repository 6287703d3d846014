// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// poseidon are the two permutations in use: that of transcripts, and that of statements and
// long messages. Each permutes what the one before left.
func poseidon() []kernel {
	var out []kernel
	for _, p := range []struct{ width, full, partial int }{
		{transcript.Width, transcript.FullRounds, transcript.PartialRounds},
		{sponge.Width, sponge.FullRounds, sponge.PartialRounds},
	} {
		out = append(out, kernel{name: bench.With("Poseidon2", "width", strconv.Itoa(p.width)),
			prepare: func(accel.Device, int) (*measure.Operation, error) {
				state := []fr.Element(elements(seeded(11), p.width))
				w := products(poseidonMuls(p.width, p.full, p.partial))
				w.Single = true
				return &measure.Operation{Elements: 1, Work: w,
					Warm: repeat(func() error { transcript.Poseidon2{}.Permute(state); return nil })}, nil
			}})
	}
	return out
}
