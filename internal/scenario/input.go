// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// echo returns its input.
func echo(lo, hi int64) *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{4}, lo, hi, ir.Public)
	return b.output(x, ir.Public).p
}

// told returns the lies of s with those about inputs that leave their ranges.
func (s *Scenario) told() []Forged {
	out := slices.Clone(s.Forged)
	for _, id := range s.Program.Inputs {
		in := s.Program.Input(id)
		for i := range min(2, in.Shape.Size()) {
			out = append(out,
				Forged{fmt.Sprintf("%s[%d] just below its range", in.Name, i), set(in.Name, i, in.Declared.Lo-1)},
				Forged{fmt.Sprintf("%s[%d] just above its range", in.Name, i), set(in.Name, i, in.Declared.Hi+1)})
		}
	}
	return out
}

// far are lies about x that are not near its range.
var far = []Forged{
	{"far below the range", set("x", 1, -1<<40)},
	{"far above the range", set("x", 1, 1<<40)},
	{"one half", addFraction("x", 2, 1, 2)},
}

var (
	_ = register(Scenario{
		Name:    "input",
		Program: echo(-3, 10),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{-3, 0, 7, 10}},
		Forged:  far,
	})

	// A range of 2¹⁰ integers is one split.
	_ = register(Scenario{
		Name:    "input/limbs",
		Program: echo(0, 1023),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{0, 1, 512, 1023}},
		Forged:  slices.Concat(far, limbLies),
	})

	// A range of another length is two splits.
	_ = register(Scenario{
		Name:    "input/wide",
		Program: echo(-5, 1000),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{-5, 0, 507, 1000}},
		Forged: append(slices.Concat(far, limbLies),
			// The largest integer that the first split lets pass, and the least
			// that the second does.
			Forged{"the end of the first split", set("x", 0, -5+1023)},
			Forged{"the start of the second split", set("x", 0, 1000-1023)}),
	})
)

// limbLies leave the value and change its digits.
var limbLies = []Forged{
	{"limb 1 + 1", addColumn("x/input limb 1", 0, 2, 1)},
	{"limb 1 − 1", addColumn("x/input limb 1", 0, 2, -1)},
	{"limb 1 + 16, limb 2 − 1", all(
		addColumn("x/input limb 1", 0, 2, 16), addColumn("x/input limb 2", 0, 2, -1))},
	{"limb 2 = 0", func(r *Run) { r.Column("x/input limb 2", 0)[2].SetZero() }},
}
