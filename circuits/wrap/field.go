// SPDX-License-Identifier: Apache-2.0

package wrap

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/permutation/poseidon2"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A field is arithmetic on the variables of a circuit.
type field struct{ api frontend.API }

var _ arith.Field[frontend.Variable] = field{}

func (f field) Const(c fr.Element) frontend.Variable          { return c.BigInt(new(big.Int)) }
func (f field) Add(a, b frontend.Variable) frontend.Variable  { return f.api.Add(a, b) }
func (f field) Sub(a, b frontend.Variable) frontend.Variable  { return f.api.Sub(a, b) }
func (f field) Mul(a, b frontend.Variable) frontend.Variable  { return f.api.Mul(a, b) }
func (f field) Inverse(a frontend.Variable) frontend.Variable { return f.api.Inverse(a) }

func (f field) Sum(xs []frontend.Variable) frontend.Variable {
	switch len(xs) {
	case 0:
		return 0
	case 1:
		return xs[0]
	}
	return f.api.Add(xs[0], xs[1], xs[2:]...)
}

func (f field) AssertEqual(a, b frontend.Variable, _ string) { f.api.AssertIsEqual(a, b) }

// A permutation is Poseidon2 with the parameters of the transcript and of the sponge.
type permutation struct{ narrow, wide *poseidon2.Permutation }

var _ transcript.Permutation[frontend.Variable] = permutation{}

func newPermutation(api frontend.API) (permutation, error) {
	narrow, err := poseidon2.NewPoseidon2FromParameters(api, transcript.Width, transcript.FullRounds, transcript.PartialRounds)
	if err != nil {
		return permutation{}, err
	}
	wide, err := poseidon2.NewPoseidon2FromParameters(api, sponge.Width, sponge.FullRounds, sponge.PartialRounds)
	return permutation{narrow, wide}, err
}

// Permute implements transcript.Permutation.
func (p permutation) Permute(state []frontend.Variable) {
	perm := p.narrow
	if len(state) == sponge.Width {
		perm = p.wide
	}
	if err := perm.Permutation(state); err != nil {
		panic("zkml: internal error: " + err.Error()) // states have one of two widths
	}
}
