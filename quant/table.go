// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// maxTable bounds a function table.
const maxTable = 1 << 18

// A table is a function table that grows to hold the arguments of every lookup
// that uses it: lookups of one function at the same scales share it.
type table struct {
	index int // in the program, or −1 before the first lookup
	name  string
	at    func(q int64) (int64, error)
}

// table returns the table of f from scale in to scale out, clamped to the range
// of an activation of the given width unless its values are integers.
func (c *compiler) table(f graph.Func, in, out float64, width int) *table {
	lo, hi := levels(f, width)
	key := fmt.Sprintf("%s in %g out %g clamp [%d, %d]", f, in, out, lo, hi)
	at := func(q int64) (int64, error) {
		y, err := roundedValue(f, q, in, out)
		return min(max(y, lo), hi), err
	}
	switch f.Name {
	case "step", "sign", "iszero": // of any scale
		in = 1
		key = f.Name
		at = func(q int64) (int64, error) { return roundedValue(f, q, in, out) }
	case "floor", "ceil", "trunc", "round":
		key = fmt.Sprintf("%s in %g", f, in)
		at = func(q int64) (int64, error) { return roundedValue(f, q, in, out) }
	}
	if from, to, ok := c.clamps(f, out, width); ok { // the scales cancel
		key = fmt.Sprintf("clamp [%d, %d]", from, to)
		if f.Name == "relu" {
			key = fmt.Sprintf("relu clamp [%d, %d]", from, to)
		}
		at = func(q int64) (int64, error) { return min(max(q, from), to), nil }
	}
	t, ok := c.tables[key]
	if !ok {
		t = &table{index: -1, name: key, at: at}
		c.tables[key] = t
	}
	return t
}

// has returns the number of rows of t.
func (c *compiler) has(t *table) int64 {
	if t.index < 0 {
		return 0
	}
	return int64(len(c.p.Tables[t.index].Values))
}

// rows returns the number of rows of t if it also held the arguments in r.
func (c *compiler) rows(t *table, r ir.Range) int64 { return c.union(t, r).Count() }

// union returns the arguments of t with those in r.
func (c *compiler) union(t *table, r ir.Range) ir.Range {
	if t.index < 0 {
		return r
	}
	it := &c.p.Tables[t.index]
	return r.Union(ir.Range{Lo: it.Lo, Hi: it.Hi()})
}

// grow extends t to the arguments in r.
func (c *compiler) grow(t *table, r ir.Range) error {
	r = c.union(t, r)
	if r.Count() > maxTable {
		return fmt.Errorf("table %s would need %d rows for arguments in %v, more than %d: the weights allow values far beyond the calibrated range", t.name, r.Count(), r, maxTable)
	}
	if t.index < 0 {
		t.index = len(c.p.Tables)
		c.p.Tables = append(c.p.Tables, ir.Table{Name: t.name})
	}
	it := &c.p.Tables[t.index]
	old := it.Values
	values := make([]int64, r.Count())
	for i := range values {
		q := r.Lo + int64(i)
		if k := q - it.Lo; k >= 0 && k < int64(len(old)) {
			values[i] = old[k]
			continue
		}
		var err error
		if values[i], err = t.at(q); err != nil {
			return err
		}
	}
	it.Lo, it.Values = r.Lo, values
	return nil
}
