// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/protocol/sponge"
)

// hashed says that Want is the hash of Elements.
type hashed struct {
	Elements []frontend.Variable
	Want     frontend.Variable

	domain sponge.Domain
}

// Define implements frontend.Circuit.
func (c *hashed) Define(api frontend.API) error {
	h, err := hash(api, c.domain, c.Elements)
	api.AssertIsEqual(h, c.Want)
	return err
}

// TestHashInCircuit compares with the hash outside, for every length up to 40.
func TestHashInCircuit(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for n := range 41 {
		if testing.Short() && n%5 > 1 {
			continue
		}
		elements := make([]fr.Element, n)
		a := &hashed{Elements: make([]frontend.Variable, n)}
		for i := range elements {
			elements[i].SetUint64(rng.Uint64())
			elements[i].Square(&elements[i]).Square(&elements[i])
			a.Elements[i] = elements[i]
		}
		shape := &hashed{Elements: make([]frontend.Variable, n), domain: sponge.Domain(1 + rng.IntN(2))}
		a.Want = sponge.Hash(shape.domain, elements...)
		if !accepts(shape, a) {
			t.Errorf("domain %d, %d elements: the hashes differ", shape.domain, n)
		}
		other := *shape
		other.domain = 3 - shape.domain
		if accepts(&other, a) {
			t.Errorf("domain %d, %d elements: the hash is that of the other domain", shape.domain, n)
		}
	}
}
