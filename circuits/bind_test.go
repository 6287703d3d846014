// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"encoding/binary"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/tensor"
)

// A loose circuit binds its public inputs otherwise than it should.
type loose struct {
	Circuit

	how *binding // a pointer: gnark compares circuits, and functions do not compare
}

type binding func(api frontend.API, d, z, e frontend.Variable, words []frontend.Variable) error

// Define implements frontend.Circuit.
func (c *loose) Define(api frontend.API) error { return c.define(api, *c.how) }

// Loosely returns c with other bonds between public inputs and words, for tests
// outside the package.
func Loosely(c *Circuit, equations func(api frontend.API, d, z, e frontend.Variable, words []frontend.Variable) error) frontend.Circuit {
	how := binding(equations)
	return &loose{Circuit: *c, how: &how}
}

// Bonds are the two equations that bind the public inputs.
var Bonds = struct{ Z, E binding }{
	Z: func(api frontend.API, d, z, _ frontend.Variable, words []frontend.Variable) error {
		want, err := hash(api, sponge.Statement, append([]frontend.Variable{d}, words...))
		api.AssertIsEqual(z, want)
		return err
	},
	E: func(api frontend.API, _, z, e frontend.Variable, words []frontend.Variable) error {
		api.AssertIsEqual(e, evaluate(api, words, z))
		return nil
	},
}

// challengeOf binds with a Z that is a hash of something.
func challengeOf(what func(d frontend.Variable, words []frontend.Variable) []frontend.Variable) *binding {
	how := binding(func(api frontend.API, d, z, e frontend.Variable, words []frontend.Variable) error {
		want, err := hash(api, sponge.Statement, what(d, words))
		if err != nil {
			return err
		}
		api.AssertIsEqual(z, want)
		api.AssertIsEqual(e, evaluate(api, words, z))
		return nil
	})
	return &how
}

// bytes56 is a public tensor of eight elements of 56 bits: two words of the
// statement with no bit to spare.
func bytes56(t *testing.T) *Model {
	t.Helper()
	p := &ir.Program{}
	x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{8}, Declared: ir.Range{Hi: 1<<56 - 1}, Scale: 1, Visibility: ir.Public})
	if err != nil {
		t.Fatal(err)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: x, Scale: 1, Visibility: ir.Private}}
	m, err := NewModel(p, relation.Options{TableBits: 8})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// tensorOf returns the elements of two words.
func tensorOf(words []*big.Int) []int64 {
	var out []int64
	for _, w := range words {
		b := w.FillBytes(make([]byte, statement.ChunkBytes))
		for ; len(b) > 0; b = b[7:] {
			out = append(out, int64(binary.BigEndian.Uint64(append([]byte{0}, b[:7]...))))
		}
	}
	return out
}

// root returns small integers a and b, not 0, with a + b·z ≡ 0 modulo the field
// order: the extended Euclidean algorithm, stopped half way.
func root(z fr.Element) (a, b *big.Int) {
	r0, r1 := new(big.Int).Set(ecc.BN254.ScalarField()), z.BigInt(new(big.Int))
	t0, t1 := big.NewInt(0), big.NewInt(1) // rᵢ ≡ tᵢ·z
	for r1.BitLen() > 128 {
		q := new(big.Int).Div(r0, r1)
		r0, r1 = r1, new(big.Int).Sub(r0, new(big.Int).Mul(q, r1))
		t0, t1 = t1, new(big.Int).Sub(t0, new(big.Int).Mul(q, t1))
	}
	return r1, new(big.Int).Neg(t1)
}

// shifted returns words + (a, b).
func shifted(words []*big.Int, a, b *big.Int) []*big.Int {
	return []*big.Int{new(big.Int).Add(words[0], a), new(big.Int).Add(words[1], b)}
}

// TestChallengeNeedsBoth plants challenges Z that do not depend on the words of
// the circuit, or not on those of calldata. In either case the prover finds two
// tensors of the same E, proves the one and claims the other.
func TestChallengeNeedsBoth(t *testing.T) {
	t.Parallel()
	m := bytes56(t)
	middle := new(big.Int).Lsh(big.NewInt(1), 8*statement.ChunkBytes-1)
	base := []*big.Int{middle, middle}
	baseWords := claimOf(t, m, tensorOf(base))
	d := element(1234)

	// The hash of D alone: the tensor of calldata is fixed first, the circuit's
	// second.
	zOfD := sponge.Hash(sponge.Statement, d)
	// The hash of the words alone: the other way round.
	zOfWords := sponge.Hash(sponge.Statement, baseWords...)

	other := func(z fr.Element) []int64 {
		a, b := root(z)
		return tensorOf(shifted(base, a, b))
	}
	for _, c := range []struct {
		name            string
		how             *binding
		z               fr.Element
		proved, claimed []int64
	}{
		{"Z of D", challengeOf(func(d frontend.Variable, _ []frontend.Variable) []frontend.Variable {
			return []frontend.Variable{d}
		}), zOfD, other(zOfD), tensorOf(base)},
		{"Z of the words", challengeOf(func(_ frontend.Variable, words []frontend.Variable) []frontend.Variable {
			return words
		}), zOfWords, tensorOf(base), other(zOfWords)},
	} {
		trace, err := m.System.Program.Run([][]int64{c.proved})
		if err != nil {
			t.Fatalf("%s: the proved tensor is out of range: %v", c.name, err)
		}
		claim, err := m.Claim(trace, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := m.Assign(trace, claim, nil, d)
		if err != nil {
			t.Fatal(err)
		}
		claimed := claimOf(t, m, c.claimed)
		a.Z, a.E = c.z, statement.Evaluate(claimed, c.z)
		if !accepts(&loose{Circuit: *m.Circuit(), how: c.how}, &loose{Circuit: *a}) {
			t.Errorf("%s: the lie does not pass", c.name)
		}
		if accepts(m.Circuit(), a) {
			t.Errorf("%s: the lie passes although Z is of both", c.name)
		}
		// With the Z that the circuit asks for, E is another.
		z := claim.Public(d)[1]
		a.Z, a.E = z, statement.Evaluate(claimed, z)
		if accepts(m.Circuit(), a) {
			t.Errorf("%s: the lie passes with the right Z", c.name)
		}
		a.E = claim.Public(d)[2]
		if !accepts(m.Circuit(), a) {
			t.Errorf("%s: the truth does not pass", c.name)
		}
	}
}

// claimOf returns the words of a tensor that calldata may have.
func claimOf(t *testing.T, m *Model, data []int64) []fr.Element {
	t.Helper()
	trace, err := m.System.Program.Run([][]int64{data})
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Claim(trace, nil)
	if err != nil {
		t.Fatal(err)
	}
	return statement.Words(c.Input, c.Output, c.Commitments)
}
