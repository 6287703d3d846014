// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
)

// What an estimate counts beside relations, in R1CS constraints.
const (
	fixedCost = 700 // the challenges of the lookup and of the statement
	wordCost  = 40  // hashing a word of the statement and binding it
	wordBytes = 28
)

// Estimate returns about how many R1CS constraints the circuit has. It counts
// relations, not their elements, so it is there for models whose circuit is too
// large to be built:
//
//   - an element of a Member costs the inverse of its query, and the product with
//     the second challenge where the table has two columns
//   - a row of a table that is queried costs a quotient
//   - a product of two cells of a Zero or a Contract costs itself if neither is a
//     constant of the circuit; sums are free
//   - a Zero without a pivot costs its assertion
func (m *Model) Estimate() int {
	s := m.System
	count := fixedCost
	queried := map[relation.TableID]bool{}
	for _, r := range s.Relations {
		switch r := r.(type) {
		case relation.Member:
			count += r.Domain.Size() * len(r.Tuple)
			queried[r.Table] = true
			for _, e := range r.Tuple {
				count += r.Domain.Size() * m.products(e)
			}
		case relation.Zero:
			count += r.Domain.Size() * m.products(r.Expr)
			if r.Pivot == nil {
				count += r.Domain.Size()
			}
		case relation.Contract:
			if s.Columns[r.A].Kind != relation.Const && s.Columns[r.B].Kind != relation.Const {
				n := 1
				for _, e := range r.Contraction.Extents {
					n *= e
				}
				count += n
			}
		}
	}
	for t := range queried {
		count += s.Tables[t].Len()
	}
	for _, t := range m.tensors() {
		n := &s.Program.Nodes[t.id]
		if e, err := n.Range.Encoding(); err == nil && t.visibility != ir.Private {
			count += wordCost * (n.Shape.Size()*e.Bytes + wordBytes - 1) / wordBytes
		}
	}
	return count
}

// products returns how many products of cells that are not constant e has.
func (m *Model) products(e relation.Expr) int {
	n := 0
	switch e := e.(type) {
	case relation.Sum:
		for _, t := range e {
			n += m.products(t.Expr)
		}
	case relation.Product:
		n = max(0, m.System.Degree(e)-1)
	}
	return n
}
