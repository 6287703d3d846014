// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"math/big"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/permutation/poseidon2"

	"github.com/zkml-go/zkml/protocol/sponge"
)

// hash is sponge.Hash in the circuit.
func hash(api frontend.API, d sponge.Domain, elements []frontend.Variable) (frontend.Variable, error) {
	p, err := poseidon2.NewPoseidon2FromParameters(api, sponge.Width, sponge.FullRounds, sponge.PartialRounds)
	if err != nil {
		return nil, err
	}
	state := make([]frontend.Variable, sponge.Width)
	for i := range state {
		state[i] = 0
	}
	capacity := sponge.Capacity(d, len(elements))
	state[sponge.Rate] = capacity.BigInt(new(big.Int))
	for first := true; first || len(elements) > 0; first = false {
		n := min(sponge.Rate, len(elements))
		for i := range n {
			state[i] = api.Add(state[i], elements[i])
		}
		elements = elements[n:]
		if err := p.Permutation(state); err != nil {
			return nil, err
		}
	}
	return state[0], nil
}

// Commitment returns the commitment to the words of a tensor, as Commit does.
func Commitment(api frontend.API, salt frontend.Variable, words []frontend.Variable) (frontend.Variable, error) {
	return hash(api, sponge.Commitment, append([]frontend.Variable{salt}, words...))
}
