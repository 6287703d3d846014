// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

func rescaled(lo, hi int64, op ir.Rescale) *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{6}, lo, hi, ir.Private)
	return b.output(b.add("q", op, x), ir.Public).p
}

// quotients are the lies about q = ⌊(M·x + 2^(s−1))/2ˢ⌋. The remainder follows
// q: a quotient that is 1 too large has a remainder that is 2ˢ too small.
func quotients(op ir.Rescale) []Forged {
	return []Forged{
		{"quotient + 1", add("q", 2, 1)},
		{"quotient − 1", add("q", 3, -1)},
		{"quotient is 0", set("q", 0, 0)},
		{"quotient of another element", swap("q", 0, 5)},
		{"below the interval", add("q", 0, -1)},
		{"above the interval", add("q", 5, 1)},
		// The remainder changes by 1 and stays in range.
		{"quotient that only the field has, remainder − 1", addFraction("q", 1, 1, 1<<op.Shift)},
		{"quotient that only the field has, remainder + 1", addFraction("q", 3, -1, 1<<op.Shift)},
	}
}

var (
	_ = register(Scenario{
		Name:    "rescale",
		Program: rescaled(-40, 40, ir.Rescale{Multiplier: 1, Shift: 3}),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{-40, -13, -4, 4, 20, 40}},
		Forged: append(quotients(ir.Rescale{Shift: 3}),
			Forged{"a tie toward −∞", set("q", 3, 0)},
			Forged{"a tie away from 0", set("q", 2, -1)},
			Forged{"rounded toward 0", set("q", 1, -1)}),
	})
	_ = register(Scenario{
		Name:    "rescale/multiplier",
		Program: rescaled(-39, 40, ir.Rescale{Multiplier: 5, Shift: 4}),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{-39, -13, -4, 5, 20, 40}},
		Forged: append(quotients(ir.Rescale{Shift: 4}),
			Forged{"without the multiplier", set("q", 5, 3)}),
	})
	// The remainder and the quotient are both wider than a table.
	_ = register(Scenario{
		Name:    "rescale/wide",
		Program: rescaled(-20000, 20000, ir.Rescale{Multiplier: 3, Shift: 10}),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{-20000, -13000, -4, 4, 511, 20000}},
		Forged: append(quotients(ir.Rescale{Shift: 10}),
			Forged{"remainder limb 1 + 1", addColumn("q/rescale limb 1", 0, 1, 1)},
			Forged{"remainder limb 2 − 1", addColumn("q/rescale limb 2", 0, 1, -1)}),
	})
	_ = register(Scenario{
		Name:    "rescale/looked up",
		Program: clamped(),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{-40, -13, -4, 4, 20, 40}},
		Forged: append(quotients(ir.Rescale{Shift: 3}),
			Forged{"the result of the next quotient", add("y", 4, 1)},
			Forged{"not clamped below", set("y", 0, -5)},
			Forged{"not clamped above", set("y", 5, 5)},
			Forged{"clamped to the wrong side", set("y", 0, 3)}),
	})
)

// clamped is a rescale with a lookup: the lookup states the range of q.
func clamped() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{6}, -40, 40, ir.Private)
	q := b.add("q", ir.Rescale{Multiplier: 1, Shift: 3}, x)
	return b.output(b.lookup("y", q, func(x int64) int64 { return min(max(x, -3), 3) }), ir.Public).p
}
