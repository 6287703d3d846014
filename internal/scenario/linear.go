// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// combined is the cube of 3a − 2b + 5.
func combined() *ir.Program {
	b := newProgram()
	x := b.input("a", tensor.Shape{3}, 0, 2, ir.Public)
	z := b.input("b", tensor.Shape{3}, 0, 2, ir.Public)
	y := b.add("y", ir.Linear{Coefs: []int64{3, -2}, Bias: 5}, x, z)
	return b.output(b.lookup("z", y, cube), ir.Public).p
}

var _ = register(Scenario{
	Name:    "linear",
	Program: combined(),
	Options: relation.Options{TableBits: 4},
	Inputs:  [][]int64{{0, 1, 2}, {2, 1, 0}},
	Forged: []Forged{
		{"+ 1", add("y", 0, 1)},
		{"− 1", add("y", 2, -1)},
		{"0", set("y", 1, 0)},
		{"without the bias", add("y", 1, -5)},
		{"the coefficients exchanged", set("y", 2, 5-2*2+3*0)},
		{"without an argument", add("y", 0, 2*2)},
		{"out of the interval", set("y", 0, 100)},
	},
})

// convolved is a strided convolution with padding: constant weights, so that it
// costs no product.
func convolved() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{6}, -4, 4, ir.Public)
	v := must(tensor.Windows(tensor.Shape{6}, []tensor.Window{{Kernel: 3, Stride: 2, Dilation: 1, Before: 1, Count: 3}}))
	w := b.constant("w", tensor.Shape{3, 2}, 3, -2, 1, 0, -3, 2)
	acc := b.add("acc", ir.Contract{Contraction: tensor.Contraction{
		Extents: []int{3, 3, 2}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}}, b.view("v", v, 0, x), w)
	return b.output(b.add("q", ir.Rescale{Multiplier: 1, Shift: 3}, acc), ir.Public).p
}

// multiplied is the matrix product of two inputs.
func multiplied() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{2, 2}, -4, 4, ir.Public)
	y := b.input("y", tensor.Shape{2, 2}, -4, 4, ir.Public)
	acc := b.add("acc", ir.Contract{Contraction: tensor.Contraction{
		Extents: []int{2, 2, 2}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}}, x, y)
	return b.output(b.add("q", ir.Rescale{Multiplier: 1, Shift: 3}, acc), ir.Public).p
}

// chained is the matrix product of two inputs, times the first: no range is stated
// between the two products.
func chained() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{2, 2}, -4, 4, ir.Public)
	y := b.input("y", tensor.Shape{2, 2}, -4, 4, ir.Public)
	product := ir.Contract{Contraction: tensor.Contraction{Extents: []int{2, 2, 2}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}}
	acc := b.add("acc", product, b.add("inner", product, x, y), x)
	return b.output(b.add("q", ir.Rescale{Multiplier: 1, Shift: 3}, acc), ir.Public).p
}

// accumulators are the lies about sums that a rescale by 2³ follows.
var accumulators = []Forged{
	{"a sum + 8", add("acc", 0, 8)},
	{"a sum − 8", add("acc", 1, -8)},
	{"a sum is 0", set("acc", 3, 0)},
	{"two sums swapped", swap("acc", 0, 3)},
	{"a sum out of the interval", set("acc", 2, 10000)},
	{"a quotient that only the field has", addFraction("q", 0, -1, 8)},
}

var (
	_ = register(Scenario{
		Name:    "contract/weights",
		Program: convolved(),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{4, -4, 3, 1, 2, -4}},
		Forged: append([]Forged{
			{"padding is 4", set("v", 0, 4)},
			{"windows one element on", all(set("v", 3, 3), set("v", 4, 1), set("v", 5, 2))},
		}, accumulators...),
	})
	_ = register(Scenario{
		Name:    "contract/activations",
		Program: multiplied(),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{4, -3, 2, 4}, {4, 4, -4, 3}},
		Forged: append([]Forged{
			{"the transpose", swap("acc", 1, 2)},
			{"elementwise", all(set("acc", 0, 16), set("acc", 1, -12), set("acc", 2, -8), set("acc", 3, 12))},
		}, accumulators...),
	})
	_ = register(Scenario{
		Name:    "contract/chained",
		Program: chained(),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{4, -3, 2, 4}, {4, 4, -4, 3}},
		Forged: append([]Forged{
			{"an inner sum + 8", add("inner", 0, 8)},
			{"an inner sum − 8", add("inner", 1, -8)},
			{"the inner sums are 0", all(set("inner", 0, 0), set("inner", 1, 0), set("inner", 2, 0), set("inner", 3, 0))},
			{"the inner sums transposed", swap("inner", 1, 2)},
		}, accumulators...),
	})
)
