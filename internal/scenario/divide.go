// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

func divided(lo, hi, divisor int64) *ir.Program {
	b := newProgram()
	x := b.input("a", tensor.Shape{5}, lo, hi, ir.Private)
	d := b.input("b", tensor.Shape{5}, 1, divisor, ir.Private)
	return b.output(b.add("q", ir.Divide{}, x, d), ir.Public).p
}

// The remainder follows a forged quotient: it is b smaller or larger, hence
// negative or not below b.
var divisions = []Forged{
	{"quotient + 1", add("q", 2, 1)},
	{"quotient − 1", add("q", 1, -1)},
	{"quotient − 1 where the remainder stays below the largest divisor", add("q", 4, -1)},
	{"quotient + 1 where the remainder stays near 0", add("q", 4, 1)},
	{"quotient is 0", set("q", 0, 0)},
	{"rounded toward 0", add("q", 3, 1)},
	{"quotient of another element", swap("q", 0, 1)},
	{"a quotient that only the field has, remainder − 1", addFraction("q", 1, 1, 7)},
	{"a quotient that only the field has, remainder + 1", addFraction("q", 1, -1, 7)},
}

var (
	_ = register(Scenario{
		Name:    "divide",
		Program: divided(-60, 60, 10),
		Options: relation.Options{TableBits: 8},
		Inputs:  [][]int64{{60, 30, -20, -59, 13}, {1, 7, 10, 10, 3}},
		Forged:  divisions,
	})
	// The quotient is wider than a table.
	_ = register(Scenario{
		Name:    "divide/wide",
		Program: divided(-2048, 2047, 16),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{2047, 30, -2000, -1959, 13}, {1, 7, 16, 11, 3}},
		Forged:  divisions,
	})
)
