// SPDX-License-Identifier: Apache-2.0

// Package wrap is the verifier of the reduction as a circuit: its Groth16 or PLONK
// proof is what a contract checks, besides one opening of the columns.
//
// The circuit proves that somebody knows messages with which the reduction, run on the
// transcript that begins with the seed and a salt, ends in the claimed evaluation of
// the columns, for a statement with the claimed polynomial. It has no commitment and
// no range check: all its arithmetic is that of the field.
//
// What it speaks of are ten words:
//
//	Seed   hash of the statement and of all commitments to columns
//	Z, E   the statement's challenge and its polynomial there
//	Rho, V the combination of the columns and its value at u
//	Zeta   a challenge of the opening
//	P      P₁(ζ), P₁(1/ζ), P₂(ζ), P₂(1/ζ): what the opening needs to know of u
//
// with
//
//	P₁(X) = ∏_{i<t₁} (1 − uᵢ + uᵢ·X^(2ⁱ))     P₂(X) = ∏_{i<t₂} (1 − u_{t₁+i} + u_{t₁+i}·X^(2ⁱ))
//
// Public are the three inputs that bind these words as others bind those of a
// statement: the hash of the verifier's words, the challenge, and the words' polynomial
// there (circuits.Bind, and WrapWords of verifier/sumcheck).
//
// Everything else is private. The salt is uniform, so that the challenges, of which some
// are known to verifiers, tell nothing about the messages.
package wrap

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A Circuit is the verifier of the reduction of a plan.
type Circuit struct {
	WrapD frontend.Variable `gnark:",public"`
	WrapZ frontend.Variable `gnark:",public"`
	WrapE frontend.Variable `gnark:",public"`

	Words

	Salt     frontend.Variable
	Messages []frontend.Variable
	// Salts and Tensors open the commitments of the statement that are hashes: a tensor is
	// its words.
	Salts   []frontend.Variable
	Tensors [][]frontend.Variable
	// Own are the last 31 bytes of those that are commitments to columns.
	Own []frontend.Variable

	// gnark looks for variables in every field, and a plan holds all weights.
	plan    *reduction.Plan       `gnark:"-"`
	tensors []reduction.Committed `gnark:"-"`
}

// Words are those of a wrap.
type Words struct {
	Seed, Z, E, Rho, Zeta, V frontend.Variable
	P                        [4]frontend.Variable
}

// List returns the words in their order.
func (w *Words) List() []*frontend.Variable {
	return []*frontend.Variable{&w.Seed, &w.Z, &w.E, &w.Rho, &w.Zeta, &w.V, &w.P[0], &w.P[1], &w.P[2], &w.P[3]}
}

// Assign assigns the words, in their order, and the public inputs.
func (c *Circuit) Assign(words, public []fr.Element) {
	for i, to := range c.List() {
		*to = words[i]
	}
	c.WrapD, c.WrapZ, c.WrapE = public[0], public[1], public[2]
}

// New returns the circuit of p, to be compiled or assigned.
func New(p *reduction.Plan) (*Circuit, error) {
	shape, err := p.Shape()
	if err != nil {
		return nil, err
	}
	tensors, err := reduction.CommittedTensors(p)
	if err != nil {
		return nil, err
	}
	c := &Circuit{plan: p, tensors: tensors, Messages: make([]frontend.Variable, shape.NumMessages)}
	for _, t := range tensors {
		if t.Own {
			c.Own = append(c.Own, nil)
			continue
		}
		c.Salts = append(c.Salts, nil)
		c.Tensors = append(c.Tensors, make([]frontend.Variable, t.NumWords))
	}
	return c, nil
}

// Blank returns the circuit of the same plan with nothing assigned, which New would have to
// run the reduction for.
func (c *Circuit) Blank() *Circuit {
	out := &Circuit{plan: c.plan, tensors: c.tensors, Messages: make([]frontend.Variable, len(c.Messages)),
		Salts: make([]frontend.Variable, len(c.Salts)), Own: make([]frontend.Variable, len(c.Own))}
	for _, words := range c.Tensors {
		out.Tensors = append(out.Tensors, make([]frontend.Variable, len(words)))
	}
	return out
}

// Define implements frontend.Circuit.
func (c *Circuit) Define(api frontend.API) error {
	if err := c.bind(api); err != nil {
		return err
	}
	return c.reduce(api)
}

// bind states what the public inputs say of the words.
func (c *Circuit) bind(api frontend.API) error {
	var words []frontend.Variable
	for _, w := range c.List() {
		words = append(words, *w)
	}
	return circuits.Bind(api, sponge.Wrap, c.WrapD, c.WrapZ, c.WrapE, words)
}

// reduce states that the words are those of a reduction.
func (c *Circuit) reduce(api frontend.API) error {
	f := field{api}
	perm, err := newPermutation(api)
	if err != nil {
		return err
	}
	statement := reduction.Statement[frontend.Variable]{
		Evaluate: func(z frontend.Variable) frontend.Variable {
			api.AssertIsEqual(c.Z, z)
			return c.E
		},
		Committed: c.Tensors,
	}
	if statement.Commitments, err = c.commitments(api); err != nil {
		return err
	}
	t := transcript.New[frontend.Variable](f, perm)
	t.Absorb("seed", c.Seed, c.Salt)
	next, done := reduction.From(c.Messages)
	party := &reduction.Reader[frontend.Variable]{Plan: c.plan, Field: f, Transcript: t, Next: next}
	result, err := reduction.Run(c.plan, f, t, statement, party)
	if err != nil {
		return err
	}
	if err := done(); err != nil {
		return fmt.Errorf("zkml: internal error: %w", err)
	}
	api.AssertIsEqual(c.Rho, result.Rho)
	api.AssertIsEqual(c.V, result.Value)
	p := pcs.PointAt[frontend.Variable](f, pcs.Params{Vars: c.plan.Layout.Vars}, result.Point, c.Zeta)
	for i, v := range []frontend.Variable{p.P1, p.P1Inv, p.P2, p.P2Inv} {
		api.AssertIsEqual(c.P[i], v)
	}
	return nil
}
