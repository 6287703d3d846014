// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// looked is clamp and cube of one input: two tables with the same arguments.
func looked() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{5}, -8, 7, ir.Private)
	y := b.lookup("clamp", x, func(x int64) int64 { return min(max(x, -1), 5) })
	z := b.lookup("cube", x, cube)
	return b.output(y, ir.Public).output(z, ir.Public).p
}

var _ = register(Scenario{
	Name:    "lookup",
	Program: looked(),
	Options: relation.Options{TableBits: 4},
	Inputs:  [][]int64{{-8, -1, 0, 2, 7}},
	Forged: []Forged{
		{"+ 1", add("cube", 3, 1)},
		{"− 1", add("cube", 0, -1)},
		{"0", set("cube", 4, 0)},
		{"the result of another argument", set("cube", 3, 343)},
		{"two results swapped", swap("cube", 1, 2)},
		{"clamped to the wrong side", set("clamp", 0, 5)},
		{"clamped to the wrong side above", set("clamp", 4, -1)},
		{"not clamped", set("clamp", 0, -8)},
		{"the result of the other table", set("cube", 3, 2)},
		{"argument and result exchanged", all(set("x", 3, 7), set("cube", 3, 2), set("clamp", 3, 5))},
		{"an argument that no row has", all(set("x", 4, 8), set("cube", 4, 512))},
		{"a result that only the field has", addFraction("cube", 1, 1, 3)},
	},
})
