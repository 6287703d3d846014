// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// A program is an ir.Program being written; mistakes panic.
type program struct{ p *ir.Program }

func newProgram() program { return program{&ir.Program{}} }

// input adds an input with elements in [lo, hi].
func (b program) input(name string, shape tensor.Shape, lo, hi int64, v ir.Visibility) ir.ID {
	return b.add(name, ir.Input{Name: name, Shape: shape, Declared: ir.Range{Lo: lo, Hi: hi}, Scale: 1, Visibility: v})
}

func (b program) constant(name string, shape tensor.Shape, data ...int64) ir.ID {
	return b.add(name, ir.NewConst(shape, data))
}

func (b program) view(name string, v tensor.View, fill int64, x ir.ID) ir.ID {
	return b.add(name, ir.View{View: v, Fill: fill}, x)
}

// lookup adds y = f(x) with a table that has one argument more than x on either
// side: it does not state the range of x.
func (b program) lookup(name string, x ir.ID, f func(int64) int64) ir.ID {
	r := b.p.Nodes[x].Range
	t := ir.Table{Name: name, Lo: r.Lo - 1}
	for a := t.Lo; a <= r.Hi+1; a++ {
		t.Values = append(t.Values, f(a))
	}
	b.p.Tables = append(b.p.Tables, t)
	return b.add(name, ir.Lookup{Table: len(b.p.Tables) - 1}, x)
}

func (b program) add(name string, op ir.Op, args ...ir.ID) ir.ID {
	return must(b.p.Add(name, op, args...))
}

// output makes value id an output and returns the program.
func (b program) output(id ir.ID, v ir.Visibility) program {
	b.p.Outputs = append(b.p.Outputs, ir.Output{Name: b.p.Nodes[id].Name + "'", ID: id, Scale: 1, Visibility: v})
	return b
}

func must[T any](x T, err error) T {
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return x
}
