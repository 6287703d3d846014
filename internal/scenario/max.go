// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

func maximum(shape tensor.Shape, lo, hi int64, axes ...int) *ir.Program {
	b := newProgram()
	x := b.input("x", shape, lo, hi, ir.Private)
	return b.output(b.add("m", ir.Max{Axes: axes}, x), ir.Public).p
}

func atLeastTwo() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{3, 1}, -4, 9, ir.Private)
	two := b.constant("two", tensor.Shape{3, 1}, 2, 2, 2)
	m := b.add("m", ir.Max{Axes: []int{1}}, b.add("rows", ir.Concat{Axis: 1}, x, two))
	return b.output(m, ir.Public).p
}

// second makes, for every row, a lie of another element that the maximum is
// compared with. The rows have their maximum at different places.
func second(values ...int64) []Forged {
	var out []Forged
	for i, x := range values {
		out = append(out, Forged{fmt.Sprintf("another element of row %d", i), set("m", i, x)})
	}
	return out
}

var (
	// Rows of three, over the first axis.
	_ = register(Scenario{
		Name:    "max",
		Program: maximum(tensor.Shape{3, 3}, -4, 9, 0),
		Options: relation.Options{TableBits: 4},
		Inputs: [][]int64{{
			9, 1, -4,
			5, 3, -3,
			0, 2, 8}},
		Forged: append(second(5, 2, -3),
			Forged{"larger than all", add("m", 1, 1)},
			Forged{"smaller than all", set("m", 1, 0)},
			Forged{"the least", set("m", 0, 0)},
			Forged{"beyond the interval", set("m", 0, 10)},
			Forged{"the maximum of another row", swap("m", 0, 1)},
			Forged{"half of something", addFraction("m", 0, 1, 2)}),
	})

	// Each row ends in the constant 2: the range of the result begins there, that of
	// the elements does not.
	_ = register(Scenario{
		Name:    "max/joined",
		Program: atLeastTwo(),
		Options: relation.Options{TableBits: 3},
		Inputs:  [][]int64{{5, -4, 2}},
		Forged: append(second(2, -4, 3),
			Forged{"between the elements", set("m", 1, 1)},
			Forged{"larger than all", add("m", 2, 1)},
			Forged{"half of something", addFraction("m", 0, 1, 2)}),
	})

	// Rows of six go through a tree: a full group and one that is filled.
	_ = register(Scenario{
		Name:    "max/tree",
		Program: maximum(tensor.Shape{6, 6}, -4, 9, 1),
		Options: relation.Options{TableBits: 4},
		Inputs: [][]int64{{
			9, 1, 2, 3, 4, 5,
			-4, 8, 2, 3, 4, 7,
			-4, -3, 7, -2, 0, 1,
			-4, -4, -4, -1, -3, -2,
			0, 1, 2, 3, 6, 5,
			0, 1, 2, 3, 4, 5}},
		Forged: append(second(5, 7, 1, -2, 3, 3),
			Forged{"larger than all", add("m", 3, 1)},
			Forged{"the filling", set("m", 3, -4)},
			Forged{"a group's maximum too large", all(
				addColumn("m/max maxima of 6", 0, 2, 1), addColumn("m", 0, 1, 1))},
			// The group's maximum is its second largest element, and m follows.
			Forged{"a maximum in place 0 ignored", all(
				addColumn("m/max maxima of 6", 0, 0, -6), addColumn("m", 0, 0, -4))},
			Forged{"a maximum in place 1 ignored", all(
				addColumn("m/max maxima of 6", 0, 2, -5), addColumn("m", 0, 1, -1))},
			Forged{"a maximum in place 2 ignored", all(
				addColumn("m/max maxima of 6", 0, 4, -9), addColumn("m", 0, 2, -6))},
			Forged{"a maximum in place 3 ignored", all(
				addColumn("m/max maxima of 6", 0, 6, -3), addColumn("m", 0, 3, -1))},
			Forged{"a maximum in the second group ignored", all(
				addColumn("m/max maxima of 6", 0, 9, -1), addColumn("m", 0, 4, -1))},
			Forged{"a group's maximum from the other group", addColumn("m/max maxima of 6", 0, 8, 3)}),
	})

	// Differences are wider than a table.
	_ = register(Scenario{
		Name:    "max/wide",
		Program: maximum(tensor.Shape{3, 2}, -100, 400, 1),
		Options: relation.Options{TableBits: 5},
		Inputs:  [][]int64{{-100, 400, 7, 2, -9, -7}},
		Forged: append(second(-100, 2, -9),
			Forged{"larger than all", add("m", 1, 1)},
			Forged{"far larger than all", set("m", 1, 400)},
			Forged{"just beyond the interval", set("m", 0, 401)}),
	})

	// The product of the differences of this lie is 0 modulo 2⁶⁴.
	_ = register(Scenario{
		Name:    "max/huge",
		Program: maximum(tensor.Shape{3, 3}, 0, 1<<40-1, 1),
		Options: relation.Options{TableBits: 10},
		Inputs: [][]int64{{
			0, 1 << 32, 1 << 33,
			1 << 33, 0, 1 << 32,
			1 << 32, 1 << 33, 0}},
		Forged: append(second(1<<32, 1<<32, 1<<32),
			Forged{"larger than all by 2³²", set("m", 0, 3<<32)},
			Forged{"larger than all", set("m", 0, 1<<33+1)},
			Forged{"the least", set("m", 0, 0)}),
	})
)
