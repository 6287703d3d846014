// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// embedded looks three of six constant rows up, by tokens that leave the last one
// out: the rows themselves would bound them.
func embedded() *ir.Program {
	b := newProgram()
	tokens := b.input("tokens", tensor.Shape{3}, 0, 4, ir.Public)
	rows := b.constant("rows", tensor.Shape{6, 2}, 1, -1, 20, -20, 40, 3, 60, 5, 80, -7, 9, 9)
	return b.output(b.add("y", ir.Gather{}, rows, tokens), ir.Public).p
}

// picked takes elements of each row of an input by indices that a table makes of
// another.
func picked() *ir.Program {
	b := newProgram()
	x := b.input("x", tensor.Shape{2, 3}, -9, 9, ir.Private)
	k := b.input("k", tensor.Shape{2, 2}, -4, 4, ir.Private)
	index := b.lookup("index", k, func(x int64) int64 { return (x%3 + 3) % 3 })
	return b.output(b.add("y", ir.Gather{Batch: 1}, x, index), ir.Public).p
}

// selected returns lies about the column of a gather that says which row is which:
// cells are those of an honest run whose second index is one.
func selected(cells, one int) []Forged {
	const h = "y/gather selection"
	other := (one + 1) % cells
	at := func(v int) int { return cells + v }
	return []Forged{
		{"no row", addColumn(h, 0, at(one), -1)},
		{"two rows", addColumn(h, 0, at(other), 1)},
		{"another row", all(addColumn(h, 0, at(one), -1), addColumn(h, 0, at(other), 1))},
		{"a row twice", addColumn(h, 0, at(one), 1)},
		{"a row added and another taken away", all(addColumn(h, 0, at(other), 1), addColumn(h, 0, at((one+2)%cells), -1))},
		{"a mixture of rows with the same sums", all(addColumn(h, 0, at(0), 1), addColumn(h, 0, at(1), -2), addColumn(h, 0, at(2), 1))},
		{"half of two rows", all(addFraction(h, at(one), -1, 2), addFraction(h, at(other), 1, 2))},
	}
}

var (
	_ = register(Scenario{
		Name:    "gather",
		Program: embedded(),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{4, 1, 0}},
		Forged: append(selected(6, 1),
			Forged{"no row, for index 0", addColumn("y/gather selection", 0, 2*6, -1)},
			Forged{"the row of another index", all(set("tokens", 0, 1), addColumn("y/gather selection", 0, 1, -1), addColumn("y/gather selection", 0, 4, 1))},
			// The row before the first, and the one after the last.
			Forged{"row −1", set("tokens", 2, -1)},
			Forged{"row 6", set("tokens", 0, 6)},
			Forged{"an index between two rows", addFraction("tokens", 1, 1, 2)}),
	})
	_ = register(Scenario{
		Name:    "gather/batch",
		Program: picked(),
		Options: relation.Options{TableBits: 4},
		Inputs:  [][]int64{{9, -3, 5, -9, 0, 7}, {-4, 0, 1, 4}},
		Forged: append(selected(3, 0),
			Forged{"another index", set("index", 2, 2)},
			Forged{"an index that only the field has", addFraction("index", 0, 1, 3)}),
	})
)
