// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// cube stands for what follows a virtual value: its columns show the value.
func cube(x int64) int64 { return x * x * x }

// transposed reads x[2,3] as its transpose with a row of padding below.
func transposed() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{2, 3}, -2, 3, ir.Public)
	v := tensor.View{
		From: tensor.Shape{2, 3}, Axes: tensor.Shape{4, 2}, To: tensor.Shape{4, 2},
		Index: []tensor.Affine{
			{Terms: []tensor.Term{{Axis: 1, Coef: 1}}},
			{Terms: []tensor.Term{{Axis: 0, Coef: 1}}},
		},
	}
	return b.output(b.lookup("y", b.view("v", v, 2, x), cube), ir.Public).p
}

var _ = register(Scenario{
	Name:    "view",
	Program: transposed(),
	Options: relation.Options{TableBits: 4},
	Inputs:  [][]int64{{-2, -1, 0, 1, 2, 3}},
	Forged: []Forged{
		{"two elements swapped", swap("v", 0, 1)},
		{"not transposed", all(set("v", 1, -1), set("v", 2, 0), set("v", 3, 1), set("v", 4, 2), set("v", 5, 3))},
		{"another padding", set("v", 6, 3)},
		{"padding is 0", set("v", 7, 0)},
		{"an element for the padding", set("v", 6, -2)},
		{"an element + 1", add("v", 2, 1)},
	},
})

// joined is x, a constant and z, along the second axis.
func joined() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{2, 2}, -2, 3, ir.Public)
	w := b.constant("w", tensor.Shape{2, 1}, 3, -1)
	z := b.input("z", tensor.Shape{2, 1}, -2, 3, ir.Public)
	c := b.add("c", ir.Concat{Axis: 1}, x, w, z)
	return b.output(b.lookup("y", c, cube), ir.Public).p
}

var _ = register(Scenario{
	Name:    "concat",
	Program: joined(),
	Options: relation.Options{TableBits: 4},
	Inputs:  [][]int64{{-2, -1, 0, 1}, {2, 3}},
	Forged: []Forged{
		{"the arguments in another order", swap("c", 0, 3)},
		{"another constant", set("c", 2, 2)},
		{"the constants swapped", swap("c", 2, 6)},
		{"rows swapped", all(swap("c", 0, 4), swap("c", 1, 5))},
		{"an element + 1", add("c", 3, 1)},
		{"an element is 0", set("c", 7, 0)},
	},
})
