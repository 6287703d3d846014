// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// argumentBits is how much finer than an activation the argument of a function
// is that is not made of lines, as far as its table stays below maxTable.
const argumentBits = 2

// maxTable bounds a function table.
const maxTable = 1 << 18

// A table is a function table that grows to hold the arguments of every lookup
// that uses it: lookups of one function at the same scales share it.
type table struct {
	index int
	at    func(q int64) (int64, error)
}

// mapped rescales the argument and looks the function up.
func (c *compiler) mapped(id graph.ID, n *graph.Node, op graph.Map) (value, error) {
	v, in := c.at[n.Args[0]], c.argumentScale(id, op.Func)
	if !piecewise(op.Func) {
		width := float64(c.p.Nodes[v.id].Range.Count()) * v.scale
		for k := 0; k < argumentBits && width/in > maxTable; k++ {
			in *= 2
		}
	}
	x, err := c.rescale(v, in)
	if err != nil {
		return value{}, err
	}
	out := c.resultScale(id, op.Func)
	t, err := c.table(op.Func, in, out)
	if err != nil {
		return value{}, err
	}
	if err := c.grow(t, c.p.Nodes[x.id].Range); err != nil {
		return value{}, err
	}
	y, err := c.add(ir.Lookup{Table: t.index}, x.id)
	return value{id: y, scale: out}, err
}

// argumentScale returns the scale of the argument of the function at node id. A
// function made of lines of slope 0 and 1 takes it at the scale of its result:
// its table is then exact.
func (c *compiler) argumentScale(id graph.ID, f graph.Func) float64 {
	if piecewise(f) {
		return c.resultScale(id, f)
	}
	arg := c.g.Nodes[id].Args[0]
	return positive(c.span(arg).maxAbs()/float64(int64(1)<<(c.opts.ActBits-1)-1)) / (1 << argumentBits)
}

// resultScale returns the scale of the result: a function that is never negative
// uses the levels of the sign, too.
func (c *compiler) resultScale(id graph.ID, f graph.Func) float64 {
	_, hi := c.clamp(f)
	return positive(c.span(id).maxAbs() / float64(hi))
}

// clamp returns the range of an activation that f computes.
func (c *compiler) clamp(f graph.Func) (lo, hi int64) {
	if f.NonNegative() {
		return 0, int64(1)<<c.opts.ActBits - 1
	}
	hi = int64(1)<<(c.opts.ActBits-1) - 1
	return -hi, hi
}

func piecewise(f graph.Func) bool { return f.Name == "relu" || f.Name == "clip" }

// table returns the table of f from scale in to scale out, clamped to the range
// of an activation.
func (c *compiler) table(f graph.Func, in, out float64) (*table, error) {
	lo, hi := c.clamp(f)
	key := fmt.Sprintf("%s in %g out %g clamp [%d, %d]", f, in, out, lo, hi)
	at := func(q int64) (int64, error) {
		y, err := roundedValue(f, q, in, out)
		return min(max(y, lo), hi), err
	}
	if f.Name == "relu" {
		key = fmt.Sprintf("relu clamp [%d, %d]", lo, hi) // the scales cancel
		at = func(q int64) (int64, error) { return min(max(q, lo), hi), nil }
	}
	if f.Name == "clip" {
		from, to := clipBounds(f, out)
		from, to = max(from, lo), min(to, hi)
		key = fmt.Sprintf("clamp [%d, %d]", from, to)
		at = func(q int64) (int64, error) { return min(max(q, from), to), nil }
	}
	t, ok := c.tables[key]
	if !ok {
		t = &table{index: len(c.p.Tables), at: at}
		c.tables[key] = t
		c.p.Tables = append(c.p.Tables, ir.Table{Name: key})
	}
	return t, nil
}

// clipBounds returns the integer bounds of clip(lo, hi) at scale.
func clipBounds(f graph.Func, scale float64) (lo, hi int64) {
	bound := func(x float64) int64 {
		return int64(math.Floor(min(max(x/scale, -1<<40), 1<<40) + 0.5))
	}
	return bound(f.Params[0]), bound(f.Params[1])
}

// grow extends t to the arguments in r.
func (c *compiler) grow(t *table, r ir.Range) error {
	it := &c.p.Tables[t.index]
	old := it.Values
	if len(old) > 0 {
		r = r.Union(ir.Range{Lo: it.Lo, Hi: it.Hi()})
	}
	if r.Count() > maxTable {
		return fmt.Errorf("table %s would need %d rows for arguments in %v, more than %d: the weights allow values far beyond the calibrated range", it.Name, r.Count(), r, maxTable)
	}
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
