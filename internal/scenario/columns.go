// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/relation"
)

// Columns returns the witness columns, elements of the field.
func (r *Run) Columns() map[relation.ColumnID][]fr.Element {
	if r.columns == nil {
		r.columns = map[relation.ColumnID][]fr.Element{}
		for id, data := range r.Model.System.Witness(r.Trace()) {
			for _, x := range data {
				r.columns[id] = append(r.columns[id], fromInt(x))
			}
		}
	}
	return r.columns
}

// Column returns, to be changed, the k-th witness column of that name.
func (r *Run) Column(name string, k int) []fr.Element {
	r.Relations = true
	for id := range r.Model.System.Columns {
		c := &r.Model.System.Columns[id]
		if c.Name != name || c.Kind != relation.Witness {
			continue
		}
		if k == 0 {
			return r.Columns()[relation.ColumnID(id)]
		}
		k--
	}
	panic(fmt.Sprintf("zkml: internal error: no witness column %q", name))
}

// Integers returns the columns as integers, if all are small.
func (r *Run) Integers() (map[relation.ColumnID][]int64, bool) {
	out := map[relation.ColumnID][]int64{}
	for id, col := range r.Columns() {
		out[id] = make([]int64, len(col))
		for i := range col {
			x := toInt(&col[i])
			if !x.IsInt64() {
				return nil, false
			}
			out[id][i] = x.Int64()
		}
	}
	return out, true
}

// Values returns the elements of every column that is not constant, computed
// over the field.
func (r *Run) Values() [][]fr.Element {
	return must(relation.Interpret(r.Model.System, tracer{}, r.Columns()))
}

// Told returns the elements of every column as the prover takes them to be: for a lie
// about a virtual column other ones than Values. It reports false for a lie in columns,
// which has no such values.
func (r *Run) Told() ([][]fr.Element, bool) {
	trace := r.Trace()
	for id, data := range r.Model.System.Witness(trace) {
		for i, x := range r.Columns()[id] {
			if told := fromInt(data[i]); !told.Equal(&x) {
				return nil, false
			}
		}
	}
	var out [][]fr.Element
	for _, data := range r.Model.System.Complete(trace) {
		column := make([]fr.Element, len(data))
		for i, x := range data {
			column[i] = fromInt(x)
		}
		out = append(out, column)
	}
	return out, true
}

// Counts returns, for every table, how often each row is looked up. Change them
// through Recount.
func (r *Run) Counts() [][]fr.Element {
	if r.counts == nil {
		r.counts = Multiplicities(r.Model.System, r.Columns())
	}
	return r.counts
}

// fromInt returns x as a field element.
func fromInt(x int64) (e fr.Element) {
	e.SetInt64(x)
	return e
}

// toInt returns the integer of least magnitude that is x modulo the field order.
func toInt(x *fr.Element) *big.Int {
	var neg fr.Element
	neg.Neg(x)
	if neg.Cmp(x) < 0 {
		n := neg.BigInt(new(big.Int))
		return n.Neg(n)
	}
	return x.BigInt(new(big.Int))
}
