// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"hash"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	fiatshamir "github.com/consensys/gnark-crypto/fiat-shamir"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
)

// transcript derives the challenges as gnark's verifier does, by their names: γ, β, α, ζ.
type transcript struct {
	fs  *fiatshamir.Transcript
	err error
}

const (
	gamma = "gamma"
	beta  = "beta"
	alpha = "alpha"
	zeta  = "zeta"
)

// newTranscript binds γ, and all that follow from it, to the circuit and the public inputs.
func newTranscript(h hash.Hash, vk *gnark.VerifyingKey, public []fr.Element) *transcript {
	t := &transcript{fs: fiatshamir.NewTranscript(h, gamma, beta, alpha, zeta)}
	t.absorb(gamma, vk.S[:]...)
	t.absorb(gamma, vk.Ql, vk.Qr, vk.Qm, vk.Qo, vk.Qk)
	t.absorb(gamma, vk.Qcp...)
	for i := range public {
		t.bind(gamma, public[i].Marshal())
	}
	return t
}

func (t *transcript) absorb(challenge string, points ...curve.G1Affine) {
	for i := range points {
		t.bind(challenge, points[i].Marshal())
	}
}

func (t *transcript) bind(challenge string, data []byte) {
	if t.err == nil {
		t.err = t.fs.Bind(challenge, data)
	}
}

func (t *transcript) draw(challenge string) (x fr.Element) {
	if t.err != nil {
		return x
	}
	data, err := t.fs.ComputeChallenge(challenge)
	t.err = err
	x.SetBytes(data)
	return x
}
