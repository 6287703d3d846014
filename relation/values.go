// SPDX-License-Identifier: Apache-2.0

package relation

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// Needed returns a function that reports whether the relations need the elements of a
// value to be computed: a view that only contractions read is never laid out.
func (s *System) Needed() func(ir.ID) bool {
	needed := make([]bool, len(s.Program.Nodes))
	for id := range needed {
		_, _, ok := s.Source(ColumnID(id))
		needed[id] = !ok
	}
	for _, o := range s.Program.Outputs {
		needed[o.ID] = true
	}
	for i := range s.Program.Nodes {
		if n := &s.Program.Nodes[i]; n.Op.Kind() != (ir.Contract{}).Kind() {
			for _, a := range n.Args {
				needed[a] = true
			}
		}
	}
	return func(id ir.ID) bool { return needed[id] }
}

// Complete returns the elements of all columns: those of the program's values from
// trace, the auxiliary ones computed. It does not judge trace. Values that are not
// Needed may be nil, and stay so.
func (s *System) Complete(trace ir.Trace) [][]int64 {
	values := make([][]int64, len(s.Columns))
	copy(values, trace)
	s.complete(values)
	return values
}

// Evaluate returns e, over the integers, at every index of domain. values holds the
// elements of the columns.
func Evaluate(e Expr, domain tensor.Shape, values [][]int64) []int64 {
	return evaluate(e, domain, values)
}

// Source returns the column and the view that a virtual column is, if it is no more
// than another column, re-indexed with zeros as padding.
func (s *System) Source(id ColumnID) (ColumnID, tensor.View, bool) {
	if int(id) >= len(s.Program.Nodes) {
		return 0, tensor.View{}, false
	}
	n := &s.Program.Nodes[id]
	op, ok := n.Op.(ir.View)
	if !ok || s.Columns[id].Kind != Virtual || op.Fill != 0 && op.View.Pads() {
		return 0, tensor.View{}, false
	}
	return ColumnID(n.Args[0]), op.View, true
}
