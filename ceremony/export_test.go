// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	"bytes"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	groth16impl "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// Decode is decode.
var Decode = decode

// MustDecode is decode of what is a state.
func MustDecode(data []byte) *mpcsetup.Phase2 {
	p, err := decode(data)
	if err != nil {
		panic(err)
	}
	return p
}

// Encode returns the encoding of a state.
func Encode(p *mpcsetup.Phase2) []byte {
	var b bytes.Buffer
	if _, err := p.WriteTo(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Powers returns the powers of tau of a circuit.
func Powers(c *Circuit) *mpcsetup.SrsCommons { return c.powers }

// Gnark returns a key in gnark's form.
func Gnark(vk groth16.VerifyingKey) *groth16impl.VerifyingKey { return vk.(*groth16impl.VerifyingKey) }

// One returns 1.
func One() fr.Element { return fr.One() }

// Begin returns the hash in the initial state of a circuit.
func Begin(c *Circuit) []byte { return c.begin() }

// Evaluate is Circuit.evaluate.
var Evaluate = (*Circuit).evaluate
