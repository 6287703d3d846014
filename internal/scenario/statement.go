// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// visible has inputs and outputs of every visibility, elements of every size and
// an output that is constant.
func visible() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{5}, 0, 15, ir.Public)
	y := b.input("y", tensor.Shape{5}, -8, 7, ir.Committed)
	z := b.input("z", tensor.Shape{5}, 0, 15, ir.Private)
	u := b.input("u", tensor.Shape{5}, 0, 15, ir.Committed)
	scaled := func(name string, c int64, args ...ir.ID) ir.ID {
		coefs := make([]int64, len(args))
		for i := range coefs {
			coefs[i] = c
		}
		return b.add(name, ir.Linear{Coefs: coefs}, args...)
	}
	b.output(scaled("bytes 2", 1000, x, y), ir.Public)
	b.output(scaled("bytes 4", -100000, z), ir.Public)
	b.output(scaled("hidden", 3, u, z), ir.Private)
	b.output(scaled("bytes 7", 1<<48, y), ir.Committed)
	b.output(scaled("bytes 7 of all", 1<<40, x, y, z, u), ir.Public)
	b.output(b.constant("constant", tensor.Shape{3}, 5, -6, 7), ir.Public)
	return b.p
}

var _ = register(Scenario{
	Name:    "statement",
	Program: visible(),
	Options: relation.Options{TableBits: 4},
	Inputs:  [][]int64{{0, 1, 2, 3, 15}, {-8, -1, 0, 1, 7}, {15, 3, 2, 1, 0}, {4, 5, 6, 7, 8}},
	Forged: []Forged{
		{"commitments exchanged", claimed(func(w []fr.Element) {
			w[len(w)-3], w[len(w)-2] = w[len(w)-2], w[len(w)-3]
		})},
		{"a commitment left out", claimed(func(w []fr.Element) { w[len(w)-1].SetZero() })},
		{"another input", claimed(func(w []fr.Element) { addOne(&w[1]) })},
		{"words exchanged", claimed(func(w []fr.Element) { w[2], w[3] = w[3], w[2] })},
		{"the salts exchanged", func(r *Run) {
			words := r.Words()
			r.Salts[0], r.Salts[1] = r.Salts[1], r.Salts[0]
			r.Public.Claim = func(w []fr.Element) { copy(w, words) }
		}},
		{"another salt", func(r *Run) {
			words := r.Words()
			addOne(&r.Salts[2])
			r.Public.Claim = func(w []fr.Element) { copy(w, words) }
		}},
		{"no salt", func(r *Run) {
			words := r.Words()
			r.Salts[0].SetZero()
			r.Public.Claim = func(w []fr.Element) { copy(w, words) }
		}},
	},
})

// claimed lets calldata have other words than the run.
func claimed(change func(words []fr.Element)) func(*Run) {
	return func(r *Run) { r.Public.Claim = change }
}
